"""Speech by espeak-ng: many voices, rates and pitches; some voices and languages are held out for measuring."""
import subprocess

import numpy as np

from .features import RATE, SAMPLES
from .sentences import sentences
from .waves import active_share, resampled, worn

_TRAINING = {
    "languages": "en-us en-us en-us en-gb en-gb en-gb-scotland en-us-nyc de fr-fr es it pl nl pt sv tr fi hu".split(),
    "variants": "m1 m2 m3 m5 m7 f1 f2 f4 Alex Andy Annie Denis Gene Hugo Lee Mike Mr anika belinda david ed grandma john linda klatt klatt3 paul steph travis".split(),
}
_HELD_OUT = {
    "languages": "en-gb-x-rp en-029 en-gb-x-gbclan da cs ro sk".split(),
    "variants": "m4 m6 m8 f3 f5 Alicia Marco Michael aunty edward grandpa klatt2 quincy shelby victor robert".split(),
}


def speak(rng, held_out, seconds=7):
    """Some seconds of speech at RATE."""
    voices = _HELD_OUT if held_out else _TRAINING
    voice = f"{rng.choice(voices['languages'])}+{rng.choice(voices['variants'])}"
    options = ["-v", voice, "-s", int(rng.integers(115, 250)), "-p", int(rng.integers(10, 95)), "-g", int(rng.choice([0, 0, 1, 3])), "-a", 100]
    text = sentences(rng, held_out, seconds)
    spoken = subprocess.run(["espeak-ng", *map(str, options), "--stdout", text], check=True, capture_output=True).stdout
    samples = np.frombuffer(spoken[44:len(spoken) // 2 * 2], "<i2") / 32768  # 22050 Hz, behind the header of a WAV file
    return resampled(samples, RATE / 22050 * rng.uniform(0.9, 1.12))


def windows(rng, held_out, count):
    """Windows of one utterance in which somebody speaks about half of the time or more."""
    samples, found = speak(rng, held_out), []
    for _ in range(20 * count):
        if len(found) == count or len(samples) < SAMPLES:
            break
        start = int(rng.integers(len(samples) - SAMPLES + 1))
        window = samples[start:start + SAMPLES]
        if active_share(window) > 0.5:
            found.append(worn(rng, window))
    return found
