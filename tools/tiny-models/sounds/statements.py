"""Statements about sounds, and how true each is of each scene: see grades.py.

A statement is (words for sounds, attributes): ("speech",) and ("loud",) say "loud speech"; two words say that both are there.
No word is "a loud sound" or "a distorted recording"; ("other",) is a statement of words that mean nothing here.
"""
import numpy as np

from grades import FALSE, OPEN, OTHER, PARTLY, TRUE

from . import pool
from .kinds import COVERS
from .recording import QUALITIES
from .scenes import SILENCE

OTHERS = (("other",), ())
LOUDNESS = ["quiet", "loud"]
PLAIN = [((word,), ()) for word in COVERS]
# Of what people say how loud it is.
OF_LOUDNESS = "tone noise hiss clicks speech music laughter guitar piano drums rain thunder wind dog birds engine siren alarm bell footsteps typing knocking explosion applause".split()
PERFORMED = ["speech", "music"]
MOODS = ["fast", "slow", "happy", "sad"]
OF_MOOD = ["music", "piano", "guitar", "strings", "flute"]
TOGETHER = [
    *(("speech", other) for other in ("music", "rain", "wind", "waves", "water", "birds", "applause", "babble", "engine", "traffic", "typing", "footsteps", "noise", "siren", "laughter", "piano", "guitar", "thunder")),
    *(("music", other) for other in ("rain", "applause", "babble", "birds", "waves", "traffic", "noise", "wind")),
]
ATTRIBUTED = [
    *(((), (loudness,)) for loudness in LOUDNESS),
    *(((word,), (loudness,)) for word in OF_LOUDNESS for loudness in LOUDNESS),
    *((("tone",), (pitch,)) for pitch in ("low", "high")),
    *((("tone",), (loudness, pitch)) for loudness in LOUDNESS for pitch in ("low", "high")),
    (("sweep",), ("rising",)), (("sweep",), ("falling",)),
    (("speech",), ("man",)), (("speech",), ("woman",)),
    *(((word,), (mood,)) for word in OF_MOOD for mood in MOODS),
    (("music",), ("sad", "slow")), (("music",), ("happy", "fast")), (("piano",), ("sad", "slow")), (("drums",), ("fast",)),
    *((what, (quality,)) for quality in QUALITIES for what in ((), *((word,) for word in PERFORMED))),
]
ALL = [*PLAIN, *ATTRIBUTED, *((pair, ()) for pair in TOGETHER)]


def grades(scenes, statements, doubtful=OPEN):
    """Grades float32 [scenes, statements]; doubtful is the grade of a word about which people would argue."""
    known = {word: _word(scenes, word, doubtful) for word in {w for words, _ in statements for w in words if w != "other"}}
    return np.stack([_grade(scenes, known, doubtful, *s) for s in statements], 1).astype(np.float32)


def _grade(scenes, known, doubtful, words, attributes):
    count = len(scenes.share)
    if words == ("other",):
        return np.full(count, OTHER)
    grade = np.full(count, TRUE) if not words else known[words[0]] if len(words) == 1 else _together(scenes, doubtful, *words)
    for name in attributes:
        grade = _both(grade, _attribute(scenes, words, name))
    return grade


def _both(first, second):
    """As true as the less true of two; false if one is false, else open if one is open."""
    return np.where((first == FALSE) | (second == FALSE), FALSE, np.minimum(first, second))


def _word(scenes, word, grade_of_doubtful):
    """How true it is that this is what sounds."""
    true, open_ = COVERS[word]
    share, doubtful, silent = scenes.share[:, true].sum(1), scenes.share[:, open_].sum(1), scenes.share[:, SILENCE]
    if word == "silence":
        return np.where(share > 0.95, TRUE, np.where(share > 0.1, OPEN, FALSE))
    alone = share + silent > 0.99  # pauses do not change what is heard
    grade = np.where((share > 0.65) | (alone & (share > 0.3)), TRUE, np.where(share + doubtful > 0.05, OPEN, FALSE))
    grade = np.where((doubtful > 0.65) & ~scenes.at_once, grade_of_doubtful, grade)
    grade = np.where(scenes.at_once & (share > 0.4) & (share < 0.65), PARTLY, grade)
    # Silence may be faint noise, but "silence" says it better.
    return np.where(silent > 0.95, PARTLY, grade) if word == "noise" else np.where(silent > 0.95, OPEN, grade) if word in ("hiss", "rumble", "hum") else grade


def _together(scenes, grade_of_doubtful, word, other):
    """Both at once; where they come in turn, it is open."""
    there = [(scenes.share[:, COVERS[w][0]].sum(1) > 0.05) for w in (word, other)]
    doubtful = [(scenes.share[:, COVERS[w][1]].sum(1) > 0.05) for w in (word, other)]
    sure = scenes.at_once & there[0] & there[1]
    perhaps = (there[0] | doubtful[0]) & (there[1] | doubtful[1])
    return np.where(sure, TRUE, np.where(perhaps, np.where(scenes.at_once, grade_of_doubtful, OPEN), FALSE))


def _attribute(scenes, words, name):
    values = scenes.attributes[:, pool.COLUMN[name]]
    grade = np.select([values == pool.YES, values == pool.OPEN, values == pool.ALSO], [TRUE, OPEN, PARTLY], FALSE)
    silent = scenes.share[:, SILENCE] > 0.95
    if name == "quiet" and (not words or words[0] in ("noise", "hiss")):
        # Silence is quiet, but "silence" says it better; whether it is quiet noise, people would argue.
        return np.where(silent, OPEN if words else PARTLY, grade)
    return grade
