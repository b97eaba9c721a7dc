"""Statements about sounds, and how true each is of each scene: see grades.py.

A statement is (what, loudness, pitch), unused places None. What is one of KINDS, "hiss", or "other".
"""
import numpy as np

from grades import FALSE, OPEN, OTHER, PARTLY, TRUE

from .plain import HIGH, LOW
from .pool import KINDS, NONE, SILENCE, UNKNOWN
from .scenes import LOUD, QUIET

SOUNDING = ["tone", "noise", "hiss", "clicks", "speech", "music"]
# All that can be said.
ALL = [
    *((kind, None, None) for kind in ["silence", *SOUNDING]),
    *((None, loudness, None) for loudness in (QUIET, LOUD)),
    *((kind, loudness, None) for kind in SOUNDING for loudness in (QUIET, LOUD)),
    *(("tone", None, pitch) for pitch in (LOW, HIGH)),
    *(("tone", loudness, pitch) for loudness in (QUIET, LOUD) for pitch in (LOW, HIGH)),
    ("other", None, None),
]


def grades(scenes, statements):
    """Grades float32 [scenes, statements]."""
    return np.stack([_grade(scenes, *s) for s in statements], 1).astype(np.float32)


def _grade(scenes, what, loudness, pitch):
    if what == "other":
        return np.full(len(scenes.share), OTHER)
    grade = np.full(len(scenes.share), TRUE) if what is None else _what(scenes, what)
    if loudness is not None:
        grade = _both(grade, _loudness(scenes, what, loudness))
    return grade if pitch is None else _both(grade, _attribute(scenes.pitch, pitch))


def _both(first, second):
    """As true as the less true of two; false if one is false, else open if one is open."""
    return np.where((first == FALSE) | (second == FALSE), FALSE, np.minimum(first, second))


def _what(scenes, what):
    if what == "hiss":
        noise = _what(scenes, "noise")
        return np.where((noise == TRUE) & ~scenes.hissing, OPEN, noise)
    share, silent = scenes.share[:, KINDS.index(what)], scenes.share[:, SILENCE]
    if what == "silence":
        return np.where(share > 0.95, TRUE, np.where(share > 0.1, OPEN, FALSE))
    alone = share + silent > 0.99  # pauses do not change what is heard
    grade = np.where((share > 0.65) | (alone & (share > 0.3)), TRUE, np.where(share > 0.05, OPEN, FALSE))
    # Silence may be faint noise, but "silence" says it better.
    return np.where(silent > 0.95, PARTLY, grade) if what == "noise" else grade


def _loudness(scenes, what, loudness):
    grade = _attribute(scenes.loudness, loudness)
    if loudness == LOUD or what not in (None, "noise", "hiss"):
        return grade
    # Silence is quiet, but "silence" says it better; whether it is quiet noise, people would argue.
    return np.where(scenes.loudness == NONE, PARTLY if what is None else OPEN, grade)


def _attribute(values, wanted):
    return np.where(values == wanted, TRUE, np.where(values == UNKNOWN, OPEN, FALSE))
