"""Questions about pictures of the pool that were held out: a set of icons by another artist, clip art, scenes of another seed, photographs; and about known icons in new scenes."""
import numpy as np

from grades import TRUE

from .artists import HELD_OUT_SET, INK_SETS
from .batch import Batches
from .colours import NAMES
from .concepts import KINDS, WORDS_FOR
from .pool import ICON, PHOTO, SCENE

SCENERY = ["sky", "grass", "water", "beach", "desert", "fire", "forest", "mountains", "snow", "sunset", "space", "city", "street", "room", "stage"]
WRITTEN = ["title", "credits", "page", "slide", "screen"]
PAIRS = {"sharp or blurred": ("sharp", "blurry"), "clean or noisy": ("clean", "noisy"), "drawn or photographic": ("drawn", "photographic"), "day or night": ("day", "night"),
         "indoor or outdoor": ("indoor", "outdoor")}
MAN_OR_WOMAN = ["man", "woman"]
DEGRADED = ["blurry", "noisy", "pixelated", "washed-out", "old film", "widescreen", "security", "black-and-white", "sepia"]
# Each picture in so many scenes, lest chance decide: with few, two trainings that were equal looked as if each named some kinds much worse.
REPEATS, KNOWN_REPEATS = 8, 4
KNOWN_SEED = 7  # beside the seed of what was held out


def _a(word):
    return word if word.endswith("s") and word not in ("glasses", "bus", "cactus") else ("an " if word[0] in "aeiou" else "a ") + word


def _worded(phrases, concept):
    return WORDS_FOR[concept][0], phrases.concepts[concept][0]


def _ask(truth, rows, columns, labels):
    """Cases where exactly one of the columns is true, and none is open or true in part."""
    part = truth[rows][:, columns]
    clear = ((part == TRUE).sum(1) == 1) & ((part == 0).sum(1) == len(columns) - 1)
    return [(int(i), labels, int(p.argmax())) for i, p in zip(rows[clear], part[clear] == TRUE)]


def _compositions(rng, scenes, phrases, rows):
    """"a dog on a red background" among 10: the thing, the ground or both are others."""
    things = [phrases.column[w] for w in KINDS["animals"] + KINDS["vehicles"] + KINDS["food"] if w in phrases.column]
    found = []
    for i in rows:
        own = [c for c in things if scenes.truth[i, c] == TRUE]
        if not own or scenes.ground[i] < 0:
            continue
        others = [c for c in things if scenes.truth[i, c] == 0]
        truth = (own[0], int(scenes.ground[i]))
        grounds = [g for g in range(len(NAMES)) if g != truth[1]]
        wrong = [(truth[0], int(g)) for g in rng.choice(grounds, 3, replace=False)] + [(int(c), truth[1]) for c in rng.choice(others, 3, replace=False)]
        wrong += [(int(c), int(g)) for c, g in zip(rng.choice(others, 3, replace=False), rng.choice(grounds, 3, replace=False))]
        found.append((int(i), [f"{_a(phrases.texts[c])} on {'an' if NAMES[g][0] in 'aeio' else 'a'} {NAMES[g]} background" for c, g in [truth, *wrong]], 0))
    return found


def _pair_cases(scenes, phrases, rows, first, second):
    (a, at_a), (b, at_b) = _worded(phrases, first), _worded(phrases, second)
    one = (scenes.truth[:, at_a] == TRUE) & (scenes.truth[:, at_b] == 0)
    other = (scenes.truth[:, at_b] == TRUE) & (scenes.truth[:, at_a] == 0)
    sides = [[(int(i), [a, b], side) for i in rows if here[i]] for side, here in enumerate((one, other))]
    fewest = min(map(len, sides))  # as many of either, so that always saying the same is right half of the time
    return [case for side in sides for case in side[::max(1, len(side) // max(fewest, 1))][:fewest]]


def _against_unknown(rng, truth, rows, columns, labels, unseen):
    """A true word against one that no picture shows, and that against a false word: how well unknown words stand between."""
    true, false = [], []
    for i in rows:
        right = [k for k, c in enumerate(columns) if truth[i, c] == TRUE]
        wrong = [k for k, c in enumerate(columns) if truth[i, c] == 0]
        if right and wrong:
            other = _a(unseen[int(rng.integers(len(unseen)))])
            true.append((int(i), [labels[right[0]], other], 0))
            false.append((int(i), [other, labels[int(rng.choice(wrong))]], 0))
    return true, false


def _put_together(pool, rng, rows):
    """Scenes of these rows of the pool."""
    batches = Batches(pool)
    parts = [batches.make(rng, 0, rows[k:k + 256]) for k in range(0, len(rows), 256)]
    scenes = parts[0]
    for name in ("truth", "pixels", "ground"):
        setattr(scenes, name, np.concatenate([getattr(part, name) for part in parts]))
    return scenes


def _legible(truth, phrases):
    """Not those that are blurred, covered by noise and the like: what they show people would not tell either."""
    return ~np.any([truth[:, phrases.concepts[look][0]] == TRUE for look in ("blurry", "pixelated", "security", "underexposed", "overexposed", "noisy", "old film")], 0)


def _about_things(rng, scenes, phrases, icons, art, icons_called, art_called, unseen):
    """Questions about what the legible ones of these rows of icons and clip art show, known or never seen as they are called."""
    truth, tasks = scenes.truth, {}
    for name, words in KINDS.items():
        columns = [phrases.column[w] for w in words]
        for rows, what in ((icons, icons_called), (art, art_called)):
            asked = _ask(_certain(truth, name), rows, columns, [_a(w) for w in words])
            if len(asked) >= 20:
                tasks[f"{name}, among {len(words)}: {what}"] = asked
    # Nearly all people are a man or a woman, and nearly all mistakes about people are about which.
    pair = [phrases.column[w] for w in MAN_OR_WOMAN]
    others = [w for w in KINDS["people and faces"] if w not in MAN_OR_WOMAN]
    tasks[f"a man or a woman: {icons_called}"] = _ask(truth, icons, pair, [_a(w) for w in MAN_OR_WOMAN])
    tasks[f"people and faces but men and women, among {len(others)}: {icons_called}"] = _ask(truth, icons, [phrases.column[w] for w in others], [_a(w) for w in others])
    words = [w for name in ("animals", "food", "vehicles", "things") for w in KINDS[name]]
    tasks[f"a true word or one that no picture shows: {icons_called}"], tasks[f"one that no picture shows or a false word: {icons_called}"] = _against_unknown(
        rng, truth, icons, [phrases.column[w] for w in words], [_a(w) for w in words], unseen)
    tasks[f"\"a dog on a red background\", among 10: {icons_called}"] = _compositions(rng, scenes, phrases, icons)
    return tasks


def known_cases(pool, seed, half, unseen):
    """Pixels and questions about every other icon in colours, and every other clip art, of the pool that was trained on (half 0 or 1), in scenes of this seed."""
    rng = np.random.default_rng([seed, KNOWN_SEED])
    phrases, source = pool.phrases, np.array(pool.source)
    rows = np.flatnonzero((pool.kind == ICON) & ~np.isin(source, list(INK_SETS)))[half::2]
    columns = [phrases.column[word] for name, words in KINDS.items() if name != "broad kinds" for word in words]
    common = rows[(pool.truth[rows][:, columns] == TRUE).any(1)]
    rows = np.concatenate([rows, *[common] * KNOWN_REPEATS])
    scenes = _put_together(pool, rng, rows)
    legible = _legible(scenes.truth, phrases)
    art = source[rows] == "openclipart"
    tasks = _about_things(rng, scenes, phrases, np.flatnonzero(legible & ~art), np.flatnonzero(legible & art), "known icons in new scenes", "known clip art in new scenes", unseen)
    return scenes.pixels, {name: asked for name, asked in tasks.items() if asked}


def pool_cases(pool, seed, half, unseen):
    """Pixels and questions about every other picture of the pool (half 0 or 1), put together by this seed."""
    rng = np.random.default_rng(seed)
    every = np.tile(np.arange(half, len(pool.kind), 2), REPEATS)
    scenes = _put_together(pool, rng, every)
    truth, pixels = scenes.truth, scenes.pixels
    phrases, kind = pool.phrases, pool.kind[every]
    source = np.array(pool.source)[every]
    noto, art = np.flatnonzero(source == HELD_OUT_SET), np.flatnonzero(source == "openclipart")
    drawn, photo = np.flatnonzero(kind == SCENE), np.flatnonzero(kind == PHOTO)
    at, legible = phrases.concepts, _legible(truth, phrases)
    tasks = _about_things(rng, scenes, phrases, noto[legible[noto]], art[legible[art]], "icons of a set never seen", "clip art never seen", unseen)
    for name, concepts, rows in (("scenery", SCENERY, drawn[legible[drawn]]), ("titles, credits, pages, slides, screens", WRITTEN, drawn[legible[drawn]])):
        labels, columns = zip(*[_worded(phrases, c) for c in concepts])
        tasks[f"{name}, among {len(concepts)}: drawn"] = _ask(truth, rows, list(columns), list(labels))
    for name, (first, second) in PAIRS.items():
        for rows, what in ((np.concatenate([noto, art, drawn]), "icons and drawn scenes"), (photo, "photographs never seen")):
            asked = _pair_cases(scenes, phrases, rows, first, second)
            if len(asked) >= 20 and not (first == "drawn" and what.startswith("photo")):
                tasks[f"{name}: {what}"] = asked
    everything = np.arange(len(every))
    tasks["drawn or photographic: everything"] = _pair_cases(scenes, phrases, everything, "drawn", "photographic")
    labels, columns = zip(*[_worded(phrases, c) for c in DEGRADED])
    tasks[f"what ails or marks the picture, among {len(DEGRADED)}"] = _ask(truth, everything, list(columns), list(labels))
    tasks["text or nature: drawn"] = _pair_cases(scenes, phrases, drawn, "text", "nature")
    tasks["plain or textured"] = [(int(i), ["a plain picture", "a texture"], 1) for i in drawn if truth[i, at["texture"][0]] == TRUE and legible[i]]
    return pixels, {name: asked for name, asked in tasks.items() if asked}


def _certain(truth, name):
    """Broad kinds are true in part of most; there they count as true."""
    return np.where(truth == 1, TRUE, truth) if name == "broad kinds" else truth
