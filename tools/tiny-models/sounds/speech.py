"""Speech by espeak-ng: many voices, rates and pitches; some voices and languages are held out for measuring.

flite, another synthesiser altogether, speaks only where it is asked for: to measure.
"""
import subprocess

import numpy as np

from .features import RATE, SAMPLES
from .sentences import sentences
from .waves import active_share, between, limited_to, resampled, shaped

MAN, WOMAN = "man", "woman"
_TRAINING = {
    "languages": "en-us en-us en-us en-gb en-gb en-gb-scotland en-us-nyc de fr-fr es it pl nl pt sv tr fi hu".split(),
    MAN: "m1 m2 m3 m5 m7 Alex Andy Denis Gene Hugo Lee Mike Mr david ed john klatt klatt3 paul travis pablo pedro max iven".split(),
    WOMAN: "f1 f2 f4 Annie anika belinda grandma linda steph steph2".split(),
    "whisper": ["whisper"], "robot": "robosoft robosoft2 robosoft4 robosoft6 robosoft8 UniRobot".split(),
}
_HELD_OUT = {
    "languages": "en-gb-x-rp en-029 en-gb-x-gbclan da cs ro sk".split(),
    MAN: "m4 m6 m8 Marco Michael edward grandpa klatt2 quincy victor robert".split(),
    WOMAN: "f3 f5 Alicia aunty shelby steph3".split(),
    "whisper": ["whisperf"], "robot": "robosoft3 robosoft5 robosoft7".split(),
}
# Where espeak-ng's own pitch leaves no doubt whether a man or a woman speaks.
_PITCHES = {MAN: (5, 50), WOMAN: (45, 90)}
_FLITE = {MAN: ["kal16", "rms", "awb"], WOMAN: ["slt"]}


def voice_of(rng):
    return MAN if rng.random() < 0.55 else WOMAN


def speak(rng, held, voice, seconds=7):
    """Some seconds of speech at RATE; voice is one of the names above."""
    stock = _HELD_OUT if held.performers else _TRAINING
    name = f"{rng.choice(stock['languages'])}+{rng.choice(stock[voice])}"
    pitch = int(rng.integers(*_PITCHES.get(voice, (20, 80))))
    options = ["-v", name, "-s", int(rng.integers(115, 250)), "-p", pitch, "-g", int(rng.choice([0, 0, 1, 3])), "-a", 100]
    return _spoken(["espeak-ng", *map(str, options), "--stdout", sentences(rng, held.pieces, seconds)])


def _spoken(command):
    spoken = subprocess.run(command, check=True, capture_output=True).stdout
    rate = int.from_bytes(spoken[24:28], "little")
    samples = np.frombuffer(spoken[44:len(spoken) // 2 * 2], "<i2") / 32768
    tenth = rate // 10  # whole tenths of a second: a length of small factors, which the transform likes
    return resampled(samples[:len(samples) // tenth * tenth], RATE / rate)


def by_flite(rng, voice, seconds=7):
    """Some seconds of English by flite."""
    return _spoken(["flite", "-voice", str(rng.choice(_FLITE[voice])), "-t", sentences(rng, True, seconds, made_up=False), "-o", "/dev/stdout"])


def windows(samples, rng, count, share=0.5):
    """Windows of an utterance in which somebody speaks about half of the time or more."""
    found = []
    for _ in range(20 * count):
        if len(found) == count or len(samples) < SAMPLES:
            break
        start = int(rng.integers(len(samples) - SAMPLES + 1))
        window = samples[start:start + SAMPLES]
        if active_share(window) > share:
            found.append(window)
    return found


def robot(rng, held):
    """A voice of metal: a robot's, or any voice times a tone, or on one note through a comb."""
    samples = speak(rng, held, "robot" if rng.random() < 0.5 else voice_of(rng))
    if rng.random() < 0.7:
        samples = samples * np.sin(2 * np.pi * between(rng, 30, 220) * np.arange(len(samples)) / RATE)
    delay = int(RATE / between(rng, 70, 220))
    combed = samples.copy()
    for k in range(1, 5):
        combed[k * delay:] += 0.75 ** k * samples[:-k * delay]
    return combed


def cartoon(rng, held):
    """A squeaky little creature: a voice played far too fast."""
    samples = speak(rng, held, voice_of(rng), 10)
    return resampled(samples, 1 / rng.uniform(1.6, 2.1))


def babble(rng, held):
    """A crowd: a dozen voices at once, near and far, and what a room makes of them."""
    total = np.zeros(6 * RATE)
    voices = [speak(rng, held, voice_of(rng)) for _ in range(3)]
    voices += [resampled(voice, rng.uniform(0.85, 1.2)) for voice in voices]
    for _ in range(int(rng.integers(9, 24))):
        voice = voices[int(rng.integers(len(voices)))]
        total += np.resize(np.roll(voice, int(rng.integers(len(voice)))), len(total)) * rng.uniform(0.3, 1)
    return shaped(total, limited_to(80, between(rng, 1500, 7000)))
