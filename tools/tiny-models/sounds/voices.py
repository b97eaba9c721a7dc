"""What voices do beside speaking: laughing, screaming, cheering, crying; vowels made of a source and of formants."""
import numpy as np

from .features import RATE, SAMPLES
from .waves import add_at, between, limited_to, shaped, smooth, white

# The first three formants of a grown man, in Hz.
_VOWELS = {"a": (730, 1090, 2440), "e": (530, 1840, 2480), "o": (570, 840, 2410), "i": (270, 2290, 3010), "u": (300, 870, 2240)}


def vowel(rng, hertz, name, breath, size):
    """A vowel along a path of frequencies; size stretches the formants (1 a man, 1.25 a child)."""
    phase = 2 * np.pi * np.cumsum(hertz * (1 + 0.012 * rng.normal(size=len(hertz)))) / RATE
    source = sum(np.sin(k * phase) / k ** 0.7 for k in range(1, int(min(24, 6000 / hertz.max())) + 1))
    source = source + breath * rng.normal(size=len(hertz)) * 1.5
    formants = np.array(_VOWELS[name]) * size

    def gain(f):
        return sum(w / (1 + ((f - centre) / width) ** 2) for centre, width, w in zip(formants, (110, 140, 220), (1, 0.7, 0.4))) + 0.01
    voiced = shaped(source, gain)
    return voiced / (np.abs(voiced).max() + 1e-9)


def laughter(rng):
    """Ha ha ha: short breathy vowels, four to six a second, that fall; one person or a few."""
    sound = np.zeros(SAMPLES)
    for _ in range(int(rng.choice([1, 1, 2, 4, 7]))):
        base, size, name = between(rng, 130, 480), rng.uniform(0.95, 1.3), str(rng.choice(list("aeoi")))
        at, rate, level = rng.uniform(-0.2, 0.5), rng.uniform(3.6, 6.2), rng.uniform(0.5, 1)
        while at < 1.95:
            count = int(rng.integers(4, 11))
            for k in range(count):
                length = 0.55 / rate
                t = np.arange(int(length * RATE)) / RATE
                hertz = base * (1.25 - 0.4 * k / count) * (1 + 0.1 * np.sin(np.pi * t / length))
                burst = np.sin(np.pi * np.clip(t / length, 0, 1)) ** 0.7
                add_at(sound, at, level * (1 - 0.5 * k / count) * burst * vowel(rng, hertz, name, rng.uniform(0.2, 0.8), size))
                puff = shaped(white(rng, len(t)), limited_to(600, 4000)) * np.hanning(len(t))
                add_at(sound, at + length * 0.8, 0.12 * level * puff)
                at += 1 / rate
            at += rng.uniform(0.2, 0.5)
    return sound + rng.uniform(0, 0.004) * white(rng)


def crying(rng):
    """Sobs and wails: long vowels that fall and tremble, with gasps between."""
    sound, at = np.zeros(SAMPLES), rng.uniform(-0.5, 0.3)
    base, size, name = between(rng, 240, 560), rng.uniform(1.0, 1.35), str(rng.choice(list("aeu")))
    while at < 1.8:
        length = rng.uniform(0.45, 1.1)
        t = np.arange(int(length * RATE)) / RATE
        hertz = base * (1.15 - 0.35 * t / length) * (1 + 0.05 * np.sin(2 * np.pi * rng.uniform(6, 10) * t))
        tremble = 1 + 0.35 * np.sin(2 * np.pi * rng.uniform(6, 10) * t)
        add_at(sound, at, vowel(rng, hertz, name, rng.uniform(0.1, 0.5), size) * np.sin(np.pi * t / length) ** 0.6 * tremble)
        gasp = shaped(white(rng, int(0.12 * RATE)), limited_to(900, 5000)) * np.hanning(int(0.12 * RATE))
        add_at(sound, at + length + 0.03, 0.25 * gasp)
        at += length + rng.uniform(0.12, 0.35)
    return sound + rng.uniform(0, 0.004) * white(rng)


def scream(rng):
    """One high, rough vowel at full strength."""
    length = rng.uniform(0.7, 1.8)
    t = np.arange(int(length * RATE)) / RATE
    arch = np.sin(np.pi * np.clip(t / length, 0, 1)) ** 0.4
    hertz = between(rng, 650, 1500) * (0.8 + 0.25 * arch) * (1 + 0.03 * np.sin(2 * np.pi * rng.uniform(40, 90) * t))
    voice = vowel(rng, hertz, str(rng.choice(list("aei"))), rng.uniform(0.2, 0.8), rng.uniform(1.1, 1.4))
    voice *= arch * (1 + 0.3 * np.sin(2 * np.pi * rng.uniform(50, 110) * t))
    sound = 0.003 * white(rng)
    add_at(sound, rng.uniform(0, 2 - length), voice)
    return sound


def cheering(rng):
    """A stadium: many long open vowels at once, whistles, and a roar."""
    sound = np.zeros(SAMPLES)
    for _ in range(int(rng.integers(8, 15))):
        length = rng.uniform(0.5, 1.8)
        t = np.arange(int(length * RATE)) / RATE
        hertz = between(rng, 180, 750) * (1 + 0.15 * np.sin(np.pi * t / length) + 0.05 * rng.normal())
        voice = vowel(rng, hertz, str(rng.choice(list("aeo"))), 0.4, rng.uniform(0.95, 1.3))
        add_at(sound, rng.uniform(-0.7, 1.7), voice * np.sin(np.pi * t / length) ** 0.5 * rng.uniform(0.3, 1))
    for _ in range(int(rng.integers(0, 3))):
        length = rng.uniform(0.2, 0.6)
        t = np.arange(int(length * RATE)) / RATE
        path = between(rng, 1500, 3200) * (1 + rng.uniform(-0.3, 0.3) * t / length)
        add_at(sound, rng.uniform(0, 1.7), 0.5 * np.sin(2 * np.pi * np.cumsum(path) / RATE) * np.sin(np.pi * t / length))
    roar = shaped(white(rng), limited_to(250, between(rng, 1500, 4500)))
    return sound / sound.std() + rng.uniform(0.4, 1.3) * roar / roar.std() * smooth(rng, 0.4, 2)
