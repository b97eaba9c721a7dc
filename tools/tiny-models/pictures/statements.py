"""Statements about scenes, and how true each is of each scene.

A statement is (kind, colour, shape, ground), unused places None. Statements with phrases carry their columns instead of
colours and shapes: ("word", column), ("word-on", column, ground), ("tinted", colour, column), ("styled", column, concept's
first column), and ("sentence", number).
"""
import numpy as np

from grades import FALSE, OPEN, OTHER, PARTLY, TRUE

from .colours import BLACK, GREY, NAMES, WHITE
from .draw import CHECKERBOARD, DRAWN, NONE, SHAPES, STRIPES, UNKNOWN

RECTANGLE, SQUARE = SHAPES.index("rectangle"), SHAPES.index("square")
GLOBAL = ["dark", "bright", "colourful", "colourless", "plain", "other"]


def about_word(rng, scenes, i, columns, looks):
    """A statement with one of the phrases said of picture i: bare, on its ground, with its colour, or with a look."""
    column = int(rng.choice(columns))
    choice = rng.random()
    if choice < 0.12 and scenes.ground[i] >= 0:
        return ("word-on", None, column, int(scenes.ground[i]))
    if choice < 0.24 and scenes.colour[i, 0] >= 0:
        return ("tinted", int(scenes.colour[i, 0]), column, None)
    if choice < 0.36:
        true = [look for look in looks if scenes.truth[i, look] == TRUE and look != column]
        return ("styled", None, column, int(rng.choice(true))) if true else ("word", None, column, None)
    return ("word", None, column, None)


def near_word(rng, statement, columns, looks):
    """A statement that differs from this one in one part; None where there is only one."""
    kind, c, s, g = statement
    if kind == "word":
        return None
    if rng.random() < 0.5:
        return kind, c, int(rng.choice(columns)), g
    if kind == "word-on":
        return kind, c, s, _another(rng, len(NAMES), g)
    return (kind, _another(rng, len(NAMES), c), s, g) if kind == "tinted" else (kind, c, s, int(rng.choice(looks)))


def simple_statements():
    """Every statement of one word's worth: all colours, shapes, backgrounds and properties of the whole."""
    found = [("colour", c, None, None) for c in range(len(NAMES))]
    found += [("shape", None, s, None) for s in range(len(SHAPES))]
    found += [("ground", None, None, c) for c in range(len(NAMES))]
    found += [("thing", c, None, None) for c in range(len(NAMES))]
    return found + [(name, None, None, None) for name in GLOBAL]


def random_statement(rng):
    """A random statement of several parts."""
    c, g = rng.permutation(len(NAMES))[:2]
    s = int(rng.integers(DRAWN))
    kind = rng.choice(["object", "object", "scene", "scene", "scene", "shape-on", "pattern"])
    return _of_kind(kind, int(c), s if kind != "pattern" else int(rng.integers(DRAWN, len(SHAPES))), int(g))


def _of_kind(kind, c, s, g):
    if kind == "object":
        return ("object", c, s, None)
    if kind == "shape-on":
        return ("shape-on", None, s, g)
    return (str(kind), c, s, g)


def true_statement(rng, scenes, i):
    """A statement of several parts that is true of scene i, or None where there is none."""
    if scenes.pattern[i] != NONE:
        a, b = rng.permutation(scenes.pair[i])
        return ("pattern", int(a), int(scenes.pattern[i]), int(b)) if min(a, b) >= 0 else None
    present = np.flatnonzero((scenes.shape[i] >= 0) & (scenes.colour[i] >= 0))
    if not len(present):
        return None
    k = rng.choice(present)
    kind = rng.choice(["object", "scene", "scene", "shape-on"]) if scenes.ground[i] >= 0 else "object"
    return _of_kind(kind, int(scenes.colour[i, k]), int(scenes.shape[i, k]), int(scenes.ground[i]))


def near_miss(rng, statement):
    """A statement that differs from this one in one part, or has its colours exchanged."""
    kind, c, s, g = statement
    choice = rng.random()
    if choice < 0.3 and c is not None and g is not None and kind != "pattern":
        return kind, g, s, c
    if choice < 0.55 and g is not None:
        return kind, c, s, _another(rng, len(NAMES), g, c)
    if choice < 0.8 and c is not None:
        return kind, _another(rng, len(NAMES), c, g), s, g
    first, last = (0, DRAWN) if s < DRAWN else (DRAWN, len(SHAPES))
    return kind, c, first + _another(rng, last - first, s - first, None), g


def _another(rng, count, *but):
    while True:
        pick = int(rng.integers(count))
        if pick not in but:
            return pick


def grades(scenes, statements, sentences=()):
    """Grades float32 [scenes, statements]; sentences are (text, columns of looks, columns of things)."""
    out = np.empty((len(scenes.kind), len(statements)), np.float32)
    for j, (kind, c, s, g) in enumerate(statements):
        out[:, j] = sentence_grade(scenes.truth, *sentences[s][1:]) if kind == "sentence" else _GRADERS[kind](scenes, c, s, g)
    return out


def sentence_grade(truth, looks, things):
    """Grades of a sentence: every look, and any of the things; as good as an unknown word where only a part holds."""
    parts = [truth[:, look] for look in looks]
    if things:
        found = truth[:, things]
        best = np.nanmax(np.where(np.isnan(found), -1, found), 1)
        parts.append(np.where(best >= PARTLY, best, np.where(np.isnan(found).any(1), OPEN, FALSE)))
    parts = np.stack(parts, 1)
    true, false, unclear = (parts >= PARTLY).any(1), (parts == FALSE).any(1), np.isnan(parts).any(1)
    whole = np.where(unclear, OPEN, parts.min(1))
    return np.where(false, np.where(true, OTHER, FALSE), whole)


def _steps(value, *steps):
    """Grades by bounds: (upper bound, grade), ..., (None, grade)."""
    out = np.full(len(value), steps[-1][1])
    for bound, grade in reversed(steps[:-1]):
        out = np.where(value < bound, grade, out)
    return out


def _colour(scenes, c, s, g):
    grade = np.where(scenes.plausible[:, c] < 0.03, FALSE, OPEN)
    grade = np.where(scenes.named[:, c] > 0.15, PARTLY, grade)
    grade = np.where(scenes.named[:, c] > 0.7, TRUE, grade)
    if c == GREY:  # "a grey picture" is also one without colours
        toneless = scenes.chroma < 0.05
        extreme = scenes.named[:, [BLACK, WHITE]].max(1) > 0.6
        grade = np.where(toneless & (grade != TRUE), np.where(extreme, PARTLY, np.where(scenes.kind >= 3, TRUE, PARTLY)), grade)
    return grade


def _shape(scenes, c, s, g):
    if s in (STRIPES, CHECKERBOARD):
        return np.where(scenes.pattern == s, TRUE, FALSE)
    grade = np.where((scenes.shape == s).any(1), TRUE, FALSE)
    if s == RECTANGLE:  # a square is one too, but "square" says it better
        grade = np.where((grade == FALSE) & (scenes.shape == SQUARE).any(1), PARTLY, grade)
    return grade


def _object(scenes, c, s, g):
    if s in (STRIPES, CHECKERBOARD):
        known = np.where((scenes.pair == c).any(1), PARTLY, np.where((scenes.pair == UNKNOWN).any(1), OPEN, FALSE))
        return np.where(scenes.pattern == s, known, FALSE)
    of_shape = scenes.shape == s
    if s == RECTANGLE:
        of_shape = of_shape | (scenes.shape == SQUARE)
    grade = np.where((of_shape & (scenes.colour == UNKNOWN)).any(1), OPEN, FALSE)
    if s == RECTANGLE:
        grade = np.where(((scenes.shape == SQUARE) & (scenes.colour == c)).any(1), PARTLY, grade)
    return np.where(((scenes.shape == s) & (scenes.colour == c)).any(1), TRUE, grade)


def _ground(scenes, c, s, g):
    grade = np.where(scenes.ground == g, TRUE, np.where(scenes.ground == UNKNOWN, OPEN, FALSE))
    filling = (scenes.kind == 3) | (scenes.pattern != NONE) | (scenes.kind == 4) & (scenes.ground == NONE)
    return np.where(filling, np.where(scenes.plausible[:, g] < 0.03, FALSE, OPEN), grade)


def _both(first, second):
    """As true as the less true of two; false if one is false, else open if one is open."""
    return np.where((first == FALSE) | (second == FALSE), FALSE, np.minimum(first, second))


def _scene(scenes, c, s, g):
    return _both(_object(scenes, c, s, None), _ground(scenes, None, None, g))


def _shape_on(scenes, c, s, g):
    return _both(_shape(scenes, None, s, None), _ground(scenes, None, None, g))


def _pattern(scenes, c, s, g):
    has = [((scenes.pair == x).any(1)) for x in (c, g)]
    open_pair = (scenes.pair == UNKNOWN).any(1)
    grade = np.where(has[0] & has[1], TRUE, np.where(open_pair, OPEN, FALSE))
    return np.where(scenes.pattern == s, grade, FALSE)


def _thing(scenes, c, s, g):
    elsewhere = np.where(scenes.plausible[:, c] < 0.03, FALSE, OPEN)
    return np.where((scenes.colour == c).any(1), TRUE, elsewhere)


def _dark(scenes, c, s, g):
    return _steps(scenes.brightness, (0.26, TRUE), (0.4, OPEN), (None, FALSE))


def _bright(scenes, c, s, g):
    return _steps(scenes.brightness, (0.46, FALSE), (0.6, OPEN), (None, TRUE))


def _colourful(scenes, c, s, g):
    grade = _steps(scenes.chroma, (0.06, FALSE), (0.2, OPEN), (None, PARTLY))
    return np.where((scenes.hues >= 2) & (scenes.chroma > 0.2), TRUE, grade)


def _colourless(scenes, c, s, g):
    return _steps(scenes.chroma, (0.045, TRUE), (0.12, OPEN), (None, FALSE))


def _plain(scenes, c, s, g):
    return np.select([scenes.kind == 0, scenes.kind == 3], [TRUE, OPEN], FALSE)


def _word(scenes, c, s, g):
    return scenes.truth[:, s]


def _word_on(scenes, c, s, g):
    return _both(scenes.truth[:, s], _ground(scenes, None, None, g))


def _tinted(scenes, c, s, g):
    colour = np.where(scenes.colour[:, 0] == c, TRUE, np.where(scenes.colour[:, 0] >= 0, FALSE, OPEN))
    return _both(scenes.truth[:, s], np.where(scenes.plausible[:, c] < 0.03, FALSE, colour))


def _styled(scenes, c, s, g):
    return sentence_grade(scenes.truth, [g], [s])


def _other(scenes, c, s, g):
    return np.full(len(scenes.kind), OTHER)


_GRADERS = {
    "colour": _colour, "shape": _shape, "ground": _ground, "object": _object, "scene": _scene, "shape-on": _shape_on,
    "pattern": _pattern, "thing": _thing, "dark": _dark, "bright": _bright, "colourful": _colourful,
    "colourless": _colourless, "plain": _plain, "other": _other,
    "word": _word, "word-on": _word_on, "tinted": _tinted, "styled": _styled,
}
