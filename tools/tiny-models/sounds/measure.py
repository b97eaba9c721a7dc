"""Measures a pair on scenes that it was not trained on, as a user would ask: labels in, best label out."""
import numpy as np
import torch

from scoring import best_scale, probabilities, table_of

from . import scenes
from . import statements as st
from .forms import NEVER_SEEN
from .kinds import COVERS, KINDS, NUMBER
from .model import to_input_features
from .phrases import TEMPLATE
from .pool import COLUMN, YES
from .recording import QUALITIES
from .unknown import unknown_phrase
from .words import WORDS

# The first model's questions: what it knew must still be known.
BASIC = {
    "bare words": ["silence", "tone", "noise", "clicks", "speech", "music"],
    "with articles": ["silence", "a tone", "a noise", "clicks", "speech", "a melody"],
    "other words": ["no sound", "a beep", "static", "ticking", "a person speaking", "a song"],
    "sentences": ["it is silent", "a steady tone is heard", "there is only noise", "a clock is ticking", "someone is talking", "music is playing"],
}
GROUPS = {
    "weather, water and fire": "rain thunder wind water waves fire".split(),
    "animals": "birds dog insects owl cat horse".split(),
    "machines and vehicles": "engine traffic train helicopter drill hum factory".split(),
    "signals": "siren alarm phone bell whistle horn tone sweep".split(),
    "acts and blows": "footsteps typing knocking creak explosion gunshots applause clicks".split(),
    "voices": "speech whisper robot cartoon babble laughter crying scream cheering choir".split(),
    "instruments": "piano,guitar,bass,strings,organ,flute,brass,saxophone,xylophone,harp,accordion,synthesizer,drums".split(","),
    "music of bands": "orchestra rock metal dance jazz folk".split(),
    "noises": "noise hiss rumble".split(),
}
# Asked about twice: in all recordings, and in those that are not spoilt.
PLAYED = ("instruments", "music of bands")
# Bare words of users; where none is given, the word's own name does.
SAID = {"robot": "a robot speaking", "cartoon": "a cartoon voice", "babble": "a crowd talking", "brass": "a trumpet", "rock": "rock music", "metal": "heavy metal music", "dance": "dance music", "jazz": "jazz music",
        "folk": "folk music", "phone": "a phone ringing", "dog": "a dog barking", "hum": "electrical hum", "creak": "a creaking door", "bell": "a bell ringing", "horn": "a car horn", "choir": "a choir singing", "strings": "a violin",
        "bass": "a bass guitar", "laser": "a laser gun", "knocking": "knocking on a door", "drone": "an eerie drone", "crackle": "vinyl crackle", "whisper": "whispering", "cat": "a cat meowing", "horse": "horses galloping", "owl": "an owl hooting"}
_PAIRS = [kind for kind in ("tone", "noise", "clicks", "speech", "music")]


def said_of(word):
    return SAID.get(word, word)


def _ask(drawn, labels, texts, chosen, templated=True):
    """Cases of one label set: (scene, texts, index of the true label), where exactly one is true."""
    grade = st.grades(drawn, labels)
    clear = ((grade == st.TRUE).sum(1) == 1) & chosen
    said = [TEMPLATE.format(t) for t in texts] if templated else texts
    return [(i, said, int(np.nanargmax(grade[i]))) for i in np.flatnonzero(clear)]


def questions(drawn, rng):
    """By task, the questions asked about the scenes."""
    steady = (drawn.share.max(1) == 1) & ~drawn.at_once
    changing = ~steady & ~drawn.at_once
    basic = [((kind,), ()) for kind in BASIC["bare words"]]
    tasks = {f"kind, among 6, {name}": _ask(drawn, basic, texts, steady) for name, texts in BASIC.items()}
    tasks["the same without the template"] = _ask(drawn, basic, BASIC["bare words"], steady, templated=False)
    tasks["kind, in windows with a change"] = _ask(drawn, basic, BASIC["bare words"], changing)
    for name, words in GROUPS.items():
        tasks[f"{name}, among {len(words)}"] = _of_group(drawn, words, steady)
        if name in PLAYED:
            tasks[f"{name}, among {len(words)}, where nothing spoils the recording"] = _of_group(drawn, words, steady & ~_spoilt(drawn))
    # "noise" and "guitar" are true of other kinds, too, so they are no kind's own word.
    leaves = [w for w in KINDS if w in COVERS and w not in ("noise", "guitar")] + ["acoustic guitar"]
    tasks[f"every kind, among {len(leaves)}"] = _ask(drawn, [((w,), ()) for w in leaves], [said_of(w) for w in leaves], steady)
    tasks |= _of_attributes(drawn, steady) | _of_two(drawn) | _of_unknown(drawn, steady, rng)
    return tasks


def _of_group(drawn, words, chosen):
    return _ask(drawn, [((w,), ()) for w in words], [said_of(w) for w in words], chosen)


def _spoilt(drawn):
    """Whether a recording is noisy, muffled, distorted and so on; half of all music is, and then its instruments are hard to tell."""
    return (drawn.attributes[:, [COLUMN[name] for name in QUALITIES if name != "clean"]] == YES).any(1)


def _of_attributes(drawn, steady):
    tasks = {}
    for loud in ("a {} sound", "{}"):
        tasks[f'"{loud.format("loud")}" or "{loud.format("quiet")}"'] = _ask(drawn, [((), ("quiet",)), ((), ("loud",))], [loud.format("quiet"), loud.format("loud")], steady & (drawn.share[:, 0] == 0))
    both, texts = [], []
    for kind in _PAIRS:
        article = "a " if kind == "tone" else ""
        two, said = [((kind,), (loudness,)) for loudness in st.LOUDNESS], [f"{article}{loudness} {kind}" for loudness in st.LOUDNESS]
        tasks[f'"{said[1]}" or "{said[0]}"'] = _ask(drawn, two, said, steady)
        both, texts = both + two, texts + said
    tasks['"loud speech", "quiet music" ..., among 10'] = _ask(drawn, both, texts, steady)
    for word, names, said in (
            ("tone", ("low", "high"), ["a low tone", "a high tone"]), ("sweep", ("rising", "falling"), ["a rising tone", "a falling tone"]), ("speech", ("man", "woman"), ["a man speaking", "a woman speaking"]),
            ("music", ("slow", "fast"), ["slow music", "fast music"]), ("music", ("sad", "happy"), ["sad music", "happy music"])):
        tasks[" or ".join(f'"{text}"' for text in said)] = _ask(drawn, [((word,), (name,)) for name in names], said, steady)
    for word in st.PERFORMED:
        said = [f"a clean recording of {word}", f"noisy {word}", f"muffled {word}", f"distorted {word}", f"echoing {word}", "a telephone call" if word == "speech" else "music over the phone", f"an old recording of {word}"]
        asked = steady & ((drawn.attributes[:, COLUMN["clean"]:COLUMN["old"] + 1] == YES).sum(1) == 1)
        tasks[f"quality of {word}, among 7"] = _ask(drawn, [((word,), (quality,)) for quality in QUALITIES], said, asked)
    return tasks


def _of_two(drawn):
    """Two sounds at once: which two, and whether it is one or both."""
    pairs = [("speech", other) for other in ("music", "rain", "wind", "waves", "birds", "applause", "engine", "traffic", "typing", "footsteps", "siren", "noise")]
    tasks = {f'"speech and music", "speech and rain" ..., among {len(pairs)}': _ask(drawn, [(pair, ()) for pair in pairs], [f"{a} and {b}" for a, b in pairs], drawn.at_once)}
    clear = ~drawn.at_once & (drawn.share.max(1) == 1) | drawn.at_once
    tasks['"speech", "music", or "speech and music"'] = _ask(drawn, [(("speech",), ()), (("music",), ()), (("speech", "music"), ())], ["speech", "music", "speech and music"], clear)
    tasks['"speech", "rain", or "speech in the rain"'] = _ask(drawn, [(("speech",), ()), (("rain",), ()), (("speech", "rain"), ())], ["speech", "rain", "speech with rain in the background"], clear)
    return tasks


def _of_unknown(drawn, steady, rng):
    """Words that no caption of training held, among those that mean something here."""
    tasks = {"a true word, or unknown ones": [], "a false word, or unknown ones": []}
    for i in np.flatnonzero(steady)[::3]:
        kind = KINDS[int(drawn.share[i].argmax())]
        other = KINDS[int(rng.integers(len(KINDS)))]
        unknown = TEMPLATE.format(unknown_phrase(rng, held_out=True))
        if kind in COVERS:
            tasks["a true word, or unknown ones"].append((i, [TEMPLATE.format(said_of(kind)), unknown], 0))
        if other in COVERS and NUMBER[kind] not in COVERS[other][0] + COVERS[other][1]:
            tasks["a false word, or unknown ones"].append((i, [TEMPLATE.format(said_of(other)), unknown], 1))
    words = list(dict.fromkeys(NEVER_SEEN.values()))
    texts = [next(text for text, word in NEVER_SEEN.items() if word == w) for w in words]
    tasks[f"forms never seen (guitarlike, rainstorm ...), among {len(words)}"] = _ask(drawn, [((w,), ()) for w in words], texts, steady)
    return tasks


def cosines(pair, drawn, tasks):
    """By task: the cosines of each case's labels, and the index of the true one."""
    with torch.no_grad():
        sounds = torch.cat([pair.audio(to_input_features(drawn.features[k:k + 128])) for k in range(0, len(drawn.features), 128)])
        embedded = {}
        found = {}
        for task, cases in tasks.items():
            found[task] = []
            for i, labels, true in cases:
                key = tuple(labels)
                if key not in embedded:
                    embedded[key] = pair.text(torch.tensor(WORDS.encode_batch(labels)))
                found[task].append(((embedded[key] @ sounds[i]).numpy(), true))
    return {task: cases for task, cases in found.items() if cases}


def _asked(pair, pool, seed, count):
    rng = np.random.default_rng(seed)
    drawn = scenes.draw_many(rng, pool, count)
    return cosines(pair, drawn, questions(drawn, rng))


def calibrate(pair, pool, seed, count):
    """The scale at which true labels get the best mean log probability."""
    return best_scale(_asked(pair, pool, seed, count))


def measure(pair, scale, pool, seed, count):
    """The table of tasks, with how far probabilities are off."""
    return _table(_asked(pair, pool, seed, count), scale)


def _table(found, scale):
    table = table_of(found, scale)
    for task, row in table.items():
        row["calibrationError"] = round(calibration_error([(probabilities(c, scale), true) for c, true in found[task]]), 4)
    return table


def calibration_error(cases):
    """Mean distance between the probability of the chosen label and how often it is right, over ten parts of 0 to 1."""
    chosen = np.array([p.max() for p, _ in cases])
    right = np.array([p.argmax() == true for p, true in cases])
    parts = np.minimum((chosen * 10).astype(int), 9)
    return float(sum(abs(chosen[parts == k].mean() - right[parts == k].mean()) * (parts == k).mean() for k in range(10) if (parts == k).any()))


def by_kind(pair, pool, seed, count):
    """{kind: [share of its windows called by its own word among all kinds' words, the most frequent other word]}."""
    drawn = scenes.draw_many(np.random.default_rng(seed), pool, count, changing=0.0, mixed=0.0)
    words = [kind for kind in KINDS if kind in COVERS]
    with torch.no_grad():
        texts = pair.text(torch.tensor(WORDS.encode_batch([TEMPLATE.format(said_of(w)) for w in words])))
        sounds = torch.cat([pair.audio(to_input_features(drawn.features[k:k + 128])) for k in range(0, count, 128)])
        called = (sounds @ texts.T).argmax(1).numpy()
    kinds, table = drawn.share.argmax(1), {}
    for word in words:
        heard = [words[k] for k in called[kinds == NUMBER[word]]]
        others = [w for w in heard if w != word]
        if heard:
            table[word] = [round(heard.count(word) / len(heard), 3), max(set(others), key=lambda w: (others.count(w), w)) if others else ""]
    return table


def measure_speech(pair, scale, pool, seed, count):
    """The questions about speech, asked of a pool of nothing else, without what needs other sounds."""
    rng = np.random.default_rng(seed)
    drawn = scenes.draw_steady(rng, pool, count)
    speech = np.ones(count, bool)
    tasks = {"kind, among 6, bare words": _ask(drawn, [((kind,), ()) for kind in BASIC["bare words"]], BASIC["bare words"], speech),
             "voices, among 10": _ask(drawn, [((w,), ()) for w in GROUPS["voices"]], [said_of(w) for w in GROUPS["voices"]], speech)}
    tasks |= {task: cases for task, cases in _of_attributes(drawn, speech).items() if "speech" in task or "speaking" in task}
    return _table(cosines(pair, drawn, tasks), scale)
