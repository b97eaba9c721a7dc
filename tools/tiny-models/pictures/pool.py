"""All pictures that are rendered once: icons, clip art, photographs and drawn scenes, with what is true of each.

Truths are a table of grades, pictures by phrases: 0 false, 1 in part, 2 true, OPENED open.
"""
from dataclasses import dataclass

import numpy as np

from grades import PARTLY, TRUE

from . import artists, concepts, icons, looks, names, photos
from .wordnet import Nouns

OPENED = 9
ICON, SCENE, PHOTO = 0, 1, 2
VIEWS, HELD_OUT_VIEWS = 150, 60  # of each panorama


@dataclass
class Pool:
    """pixels uint8 [N, SIZE, SIZE, 4], kind [N], truth uint8 [N, phrases], phrases said of each (lists of columns)."""
    pixels: np.ndarray
    kind: np.ndarray
    source: list
    subject: list  # what icons of several sets, or scenes, have in common
    truth: np.ndarray
    said: list
    phrases: "Phrases"

    def of(self, kind):
        return np.flatnonzero(self.kind == kind)


class Phrases:
    """Phrases by column. The words for a concept are so many columns with one truth."""

    def __init__(self, found):
        self.texts = sorted(found)
        self.column = {text: k for k, text in enumerate(self.texts)}
        self.concepts = {concept: [self.column[w] for w in dict.fromkeys(words)] for concept, words in concepts.WORDS_FOR.items()}


def _opaque(pictures):
    return np.concatenate([pictures, np.full((*pictures.shape[:3], 1), 255, np.uint8)], -1)


def drawn_scenes(rng, count):
    """Pictures uint8 [N, SIZE, SIZE, 3], for each (what is true, what is open), and its name."""
    pictures, shows, subjects = [], [], []
    total = sum(share for _, share, *_ in concepts.SCENES.values())
    for name, (draw, share, true, opened) in concepts.SCENES.items():
        for _ in range(round(count * share / total)):
            picture = np.clip(draw(rng), 0, 1).astype(np.float32)
            cartoon = name not in concepts.GRAPHIC and rng.random() < 0.4
            picture = looks.cartoon(rng, picture) if cartoon else picture
            style = ["drawn"] if cartoon else [] if name in concepts.GRAPHIC else ["photographic"]
            graphic = ["drawn"] if name in concepts.GRAPHIC else []
            blotted = ["texture", "sharp"] if cartoon else []
            true_here = [t for t in true if t not in blotted]
            pictures.append(np.round(picture * 255).astype(np.uint8))
            shows.append((true_here + style, opened + graphic + blotted + (["sharp"] if name in concepts.SMOOTH else [])))
            subjects.append(name)
    return np.stack(pictures), shows, subjects


def entries_by_word(entries, called):
    """Entries of emojibase by their labels, and by the words for common kinds: these as entries of their own, "tree" of evergreen and palm."""
    found = {entry["label"].lower().removesuffix(" face"): entry for entry in entries}
    for word in [word for name, words in concepts.KINDS.items() if name != "broad kinds" for word in words]:
        like = [entry for entry in entries if called[entry["label"]].get(word) == TRUE]
        if word not in found and like:
            best = next((entry for entry in like if entry["label"].endswith(word)), like[0])  # a waving hand is more of a hand than one before a face
            found[word] = {**best, "label": word, "tags": [], "subject": None}
    return found


def _icons(folders, nouns):
    """[(set, entry, what it is called, svg)] of all artists' icons."""
    entries = icons.entries(folders["emojibase-data"])
    called = {entry["label"]: names.of_emoji(nouns, entry) for entry in entries}
    found = artists.emoji(folders, entries) + artists.by_word(folders, entries_by_word(entries, called))
    return [(name, entry, called.get(entry["label"]) or names.of_emoji(nouns, entry), svg) for name, entry, svg in found]


def _collect(folders, work, seed, scenes, threads):
    """Everything there is: (pixels, kind, source, subject, {phrase: grade} or (true, open), held out)."""
    nouns = Nouns()
    emoji = _icons(folders, nouns)
    known = {p for _, _, phrases, _ in emoji for p, grade in phrases.items() if grade == TRUE and " " not in p and len(p) > 2}
    art = [(path, svg, names.of_clip_art(nouns, path, title, keywords, known)) for path, title, keywords, svg in icons.clip_art(folders["openclipart-svg"])]
    art = [a for a in art if a[2]]
    pixels, fine = icons.rendered(work / "icons.npz", [svg for *_, svg in emoji] + [svg for _, svg, _ in art], threads)
    ink = [k for k, (name, *_) in enumerate(emoji) if name in artists.INK_SETS]
    pixels[ink] = icons.filled(pixels[ink])
    items = [(name, entry.get("subject", entry["label"]), phrases, name == artists.HELD_OUT_SET) for name, entry, phrases, _ in emoji]
    items += [("openclipart", None, phrases, k % 10 == 0) for k, (_, _, phrases) in enumerate(art)]
    found = [(pixels[k], ICON, *item) for k, item in enumerate(items) if fine[k]]
    for held_out in (False, True):
        rng = np.random.default_rng([seed, int(held_out)])
        made, shows, subjects = drawn_scenes(rng, scenes // 4 if held_out else scenes)
        found += [(p, SCENE, "drawn", n, s, held_out) for p, n, s in zip(_opaque(made), subjects, shows)]
        made, shows = photos.views(rng, folders, work, HELD_OUT_VIEWS if held_out else VIEWS, held_out)
        found += [(p, PHOTO, "photo", None, (true + ["photographic"], opened), held_out) for p, (true, opened) in zip(_opaque(made), shows)]
    return found


def build(folders, work, seed, scenes, threads):
    """The pools to train on and to measure with, over the same phrases."""
    found = _collect(folders, work, seed, scenes, threads)
    count = {}
    for *_, shows, _ in found:
        for phrase in [p for p, grade in shows.items() if grade > 0] if isinstance(shows, dict) else []:
            count[phrase] = count.get(phrase, 0) + 1
    phrases = Phrases({p for p, times in count.items() if times >= 3} | {w for words in concepts.WORDS_FOR.values() for w in words})
    return tuple(_pool([f for f in found if f[5] == held_out], phrases) for held_out in (False, True))


def _pool(found, phrases):
    truth = np.zeros((len(found), len(phrases.texts)), np.uint8)
    for row, (_, kind, _, _, shows, _) in zip(truth, found):
        _write(row, phrases, kind, shows)
    said = [np.flatnonzero((row == TRUE) | (row == PARTLY)) for row in truth]
    return Pool(np.stack([f[0] for f in found]), np.array([f[1] for f in found]), [f[2] for f in found], [f[3] for f in found], truth, said, phrases)


def _write(row, phrases, kind, shows):
    """The grades of one picture."""
    if kind == ICON:
        # An icon's own names; what a scene of that kind would be called is open where a name sounds alike.
        for concept, words in concepts.WORDS_FOR.items():
            if any(w.split(" ")[-1] in shows or w in shows for w in [concept, *words[:3]]):
                row[phrases.concepts[concept]] = OPENED
        for phrase, grade in shows.items():
            if phrase in phrases.column:
                row[phrases.column[phrase]] = OPENED if np.isnan(grade) else grade
        row[phrases.concepts["drawn"]] = TRUE
        row[phrases.concepts["photographic"]] = 0
        return
    true, opened = shows
    for concept in opened:
        row[phrases.concepts[concept]] = OPENED
    for concept in true:
        known = phrases.concepts.get(concept, [])
        row[known] = TRUE
        if concept in phrases.column:
            row[phrases.column[concept]] = TRUE
