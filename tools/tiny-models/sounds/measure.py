"""Measures a pair on scenes that it was not trained on, as a user would ask: labels in, best label out."""
import numpy as np
import torch

from scoring import best_scale, table_of

from . import scenes
from . import statements as st
from .captions import TEMPLATE
from .model import to_input_features
from .plain import HIGH, LOW
from .pool import KINDS
from .scenes import LOUD, QUIET
from .words import WORDS

WORDINGS = {
    "bare words": ["silence", "tone", "noise", "clicks", "speech", "music"],
    "with articles": ["silence", "a tone", "a noise", "clicks", "speech", "a melody"],
    "other words": ["no sound", "a beep", "static", "ticking", "a person speaking", "a song"],
    "sentences": ["it is silent", "a steady tone is heard", "there is only noise", "a clock is ticking", "someone is talking", "music is playing"],
}
_PAIRS = {
    "tone": ["a quiet tone", "a loud tone"], "noise": ["quiet noise", "loud noise"], "clicks": ["quiet clicks", "loud clicks"],
    "speech": ["quiet speech", "loud speech"], "music": ["quiet music", "loud music"],
}


def _ask(drawn, labels, texts, chosen, templated=True):
    """Cases of one label set: (scene, texts, index of the true label), where exactly one is true."""
    grade = st.grades(drawn, labels)
    clear = ((grade == st.TRUE).sum(1) == 1) & chosen
    said = [TEMPLATE.format(t) for t in texts] if templated else texts
    return [(i, said, int(np.nanargmax(grade[i]))) for i in np.flatnonzero(clear)]


def questions(drawn):
    """By task, the questions asked about the scenes."""
    steady = drawn.share.max(1) == 1
    kinds = [(kind, None, None) for kind in KINDS]
    both = [(kind, loudness, None) for kind in _PAIRS for loudness in (QUIET, LOUD)]
    pitches = [("tone", None, LOW), ("tone", None, HIGH)]
    tasks = {f"kind, among 6, {name}": _ask(drawn, kinds, texts, steady) for name, texts in WORDINGS.items()}
    tasks["the same without the template"] = _ask(drawn, kinds, WORDINGS["bare words"], steady, templated=False)
    tasks["kind, in windows with a change"] = _ask(drawn, kinds, WORDINGS["bare words"], ~steady)
    for loud in ("a {} sound", "{}"):
        tasks[f'"{loud.format("loud")}" or "{loud.format("quiet")}"'] = _ask(drawn, [(None, QUIET, None), (None, LOUD, None)], [loud.format("quiet"), loud.format("loud")], steady & (drawn.loudness >= 0))
    for kind, texts in _PAIRS.items():
        tasks[f'"{texts[1]}" or "{texts[0]}"'] = _ask(drawn, [(kind, QUIET, None), (kind, LOUD, None)], texts, steady)
    tasks['"loud speech", "quiet music" ..., among 10'] = _ask(drawn, both, [t for pair in _PAIRS.values() for t in pair], steady)
    tasks['"a low tone" or "a high tone"'] = _ask(drawn, pitches, ["a low tone", "a high tone"], steady)
    return tasks


def cosines(pair, drawn):
    """By task: the cosines of each case's labels, and the index of the true one."""
    with torch.no_grad():
        sounds = torch.cat([pair.audio(to_input_features(drawn.features[k:k + 128])) for k in range(0, len(drawn.features), 128)])
        embedded = {}
        tasks = {}
        for task, cases in questions(drawn).items():
            tasks[task] = []
            for i, labels, true in cases:
                key = tuple(labels)
                if key not in embedded:
                    embedded[key] = pair.text(torch.tensor(WORDS.encode_batch(labels)))
                tasks[task].append(((embedded[key] @ sounds[i]).numpy(), true))
    return tasks


def calibrate(pair, pool, seed, count):
    """The scale at which true labels get the best mean log probability."""
    return best_scale(cosines(pair, scenes.draw_many(np.random.default_rng(seed), pool, count)))


def measure(pair, scale, pool, seed, count):
    """The table of tasks, and how often each kind (row) was called by the bare word of each (column)."""
    found = cosines(pair, scenes.draw_many(np.random.default_rng(seed), pool, count))
    confusion = np.zeros((len(KINDS), len(KINDS)), int)
    for c, true in found["kind, among 6, bare words"]:
        confusion[true, c.argmax()] += 1
    return table_of(found, scale), confusion.tolist()


def print_confusion(confusion):
    print(" " * 10 + "".join(f"{k:>9}" for k in KINDS))
    for kind, row in zip(KINDS, confusion):
        print(f"{kind:10}" + "".join(f"{n:9}" for n in row))
