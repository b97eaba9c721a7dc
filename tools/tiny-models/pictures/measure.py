"""Asks a pair about drawn shapes and colours, as a user would: labels in, best label out."""
import numpy as np
import torch

from . import draw
from . import statements as st
from .colours import GREY, NAMES
from .draw import DRAWN, SHAPES
from .model import to_pixel_values

SPECIALS = {"dark": "a dark picture", "bright": "a bright picture", "colourful": "a colourful picture"}


def _a(phrase):
    return ("an " if phrase[0] in "aeio" else "a ") + phrase


def label(statement):
    """The wording used for measuring."""
    kind, c, s, g = statement
    if kind == "colour":
        return NAMES[c]
    if kind == "shape":
        return SHAPES[s] if SHAPES[s] == "stripes" else _a(SHAPES[s])
    if kind == "object":
        return _a(f"{NAMES[c]} {SHAPES[s]}")
    if kind == "ground":
        return _a(f"{NAMES[g]} background")
    if kind == "scene":
        return f"{_a(f'{NAMES[c]} {SHAPES[s]}')} on {_a(f'{NAMES[g]} background')}"
    if kind == "pattern":
        return f"{NAMES[c]} and {NAMES[g]} stripes" if SHAPES[s] == "stripes" else f"a {NAMES[c]} and {NAMES[g]} checkerboard"
    return SPECIALS[kind]


def _fixed(scenes, chosen, labels, texts=None):
    """Cases of one label set: (scene, texts, index of the one true label), where exactly one is true and none open."""
    grade = st.grades(scenes, labels)
    clear = ((grade == st.TRUE).sum(1) == 1) & ((grade < st.TRUE).sum(1) == len(labels) - 1) & chosen
    texts = texts or [label(s) for s in labels]
    return [(i, texts, int(grade[i].argmax())) for i in np.flatnonzero(clear)]


def _random_scene_captions(rng, truth):
    c, s, g = truth[1:]
    others = set()
    while len(others) < 19:
        a, b = rng.permutation(len(NAMES))[:2]
        others.add(("scene", int(a), int(rng.integers(DRAWN)), int(b)))
        others.discard(truth)
    return [truth, *sorted(others)]


def cases(seed, count):
    """Scenes and, by task, the questions asked about them."""
    rng = np.random.default_rng(seed)
    scenes = draw.draw(rng, count)
    flat, one = scenes.kind == 0, (scenes.kind == 1) & (scenes.shape[:, 1] == draw.NONE)
    colours = [("colour", c, None, None) for c in range(len(NAMES))]
    tasks = {
        "colour of a flat frame, among 11": _fixed(scenes, flat, colours),
        "the same, as \"a photo of a red picture\"": _fixed(scenes, flat, colours, [f"a photo of {_a(n)} picture" for n in NAMES]),
        "shape, among 9": _fixed(scenes, one | (scenes.kind == 2), [("shape", None, s, None) for s in range(len(SHAPES))]),
        "colour of the shape, among 11": [case for s in range(DRAWN) for case in _fixed(scenes, one & (scenes.shape[:, 0] == s), [("object", c, s, None) for c in range(len(NAMES))])],
        "colour of the background, among 11": _fixed(scenes, one, [("ground", None, None, c) for c in range(len(NAMES))]),
    }
    among, exchanged = [], []
    for i in np.flatnonzero(one & (scenes.colour[:, 0] >= 0) & (scenes.ground >= 0)):
        truth = ("scene", int(scenes.colour[i, 0]), int(scenes.shape[i, 0]), int(scenes.ground[i]))
        captions = _random_scene_captions(rng, truth)
        clear = (st.grades(scenes, captions)[i][1:] < st.TRUE).all()
        if clear:
            among.append((i, [label(s) for s in captions], 0))
        exchanged.append((i, [label(truth), label(("scene", truth[3], truth[2], truth[1]))], 0))
    tasks["\"a red circle on a blue background\", among 20"] = among
    tasks["the same against its colours exchanged"] = exchanged
    pairs = [i for i in np.flatnonzero(scenes.pattern != draw.NONE) if scenes.pair[i].min() >= 0]
    patterns = [[("pattern", int(c), int(scenes.pattern[i]), int(g)) for c, g in [scenes.pair[i], *(rng.permutation(11)[:2] for _ in range(9))]] for i in pairs]
    tasks["\"red and white stripes\", among 10"] = [
        (i, [label(s) for s in p], 0) for i, p in zip(pairs, patterns) if (st.grades(scenes, p)[i][1:] < st.TRUE).all()]
    tasks["plain or textured"] = [(i, ["a plain picture", "a texture"], 0) for i in np.flatnonzero(flat)]
    everything = np.ones(count, bool)
    tasks["dark or bright"] = _fixed(scenes, everything, [("dark", None, None, None), ("bright", None, None, None)])
    coloured = scenes.chroma > 0.2
    toneless = (scenes.chroma < 0.05) & (scenes.named[:, :2].max(1) < 0.6)
    texts = ["a grey picture", "a colourful picture"]
    tasks["grey or colourful"] = [(i, texts, int(coloured[i])) for i in np.flatnonzero((coloured & (scenes.named[:, GREY] < 0.3)) | toneless)]
    return scenes, tasks


def embed_pictures(pair, pixels):
    """[count, EMBEDDING]"""
    with torch.no_grad():
        return torch.cat([pair.vision(to_pixel_values(pixels[k:k + 256])) for k in range(0, len(pixels), 256)])


def embed_texts(pair, tokenizer, texts):
    """[count, EMBEDDING]"""
    with torch.no_grad():
        return torch.cat([pair.text(torch.tensor(tokenizer.encode_batch(texts[k:k + 256]))) for k in range(0, len(texts), 256)])


def cosines(pair, tokenizer, asked):
    """By task: the cosines of each case's labels, and the index of the true one; asked are pairs of pixels and tasks."""
    found = {}
    for pixels, tasks in asked:
        pictures = embed_pictures(pair, pixels)
        texts = sorted({t for questions in tasks.values() for _, labels, _ in questions for t in labels})
        place = {t: k for k, t in enumerate(texts)}
        known = embed_texts(pair, tokenizer, texts)
        for task, questions in tasks.items():
            found.setdefault(task, []).extend(((known[[place[t] for t in labels]] @ pictures[i]).numpy(), true) for i, labels, true in questions)
    return found


def shape_cases(seed, count):
    """Pixels and questions about drawn shapes and colours."""
    scenes, tasks = cases(seed, count)
    return scenes.pixels, tasks
