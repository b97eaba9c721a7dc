"""Music of our own: progressions, melodies, bass and drums, played by additive instruments; three of them held out."""
import numpy as np

from .features import RATE

_TRAINING = ["plucked", "piano", "organ", "bell", "strings", "flute", "square", "sine", "sine"]
_HELD_OUT = ["reed", "mallet", "brass"]
_SCALES = [[0, 2, 4, 5, 7, 9, 11], [0, 2, 3, 5, 7, 8, 10], [0, 2, 4, 7, 9], [0, 3, 5, 7, 10], [0, 2, 3, 5, 7, 9, 10]]
_PROGRESSIONS = [[0, 4, 5, 3], [0, 3, 4, 0], [5, 3, 0, 4], [0, 5, 3, 4], [1, 4, 0, 0], [0, 0, 3, 4], [0, 2, 3, 4], [0, 6, 5, 4]]


def play(rng, held, seconds):
    """A piece: chords, a melody or both, often with bass and drums."""
    names = _HELD_OUT if held.performers else _TRAINING
    beat = 60 / rng.uniform(70, 170)
    scale, key = _SCALES[rng.integers(len(_SCALES))], int(rng.integers(45, 62))
    progression = _PROGRESSIONS[rng.integers(len(_PROGRESSIONS))]
    piece = np.zeros(int((seconds + 2) * RATE))
    parts = [("melody",), ("chords",), ("melody", "chords"), ("melody", "chords", "bass"), ("melody", "chords", "bass", "drums"), ("melody", "bass", "drums"), ("chords", "drums")]
    chosen = parts[rng.choice(len(parts), p=[0.24, 0.18, 0.2, 0.1, 0.14, 0.07, 0.07])]
    notes = {"melody": _melody, "chords": _chords, "bass": _bass}
    for part in chosen:
        if part == "drums":
            _drums(rng, piece, beat, seconds)
            continue
        instrument = _instrument(rng, str(rng.choice(names)))
        level = {"melody": rng.uniform(0.6, 1), "chords": rng.uniform(0.25, 0.5), "bass": rng.uniform(0.5, 0.9)}[part]
        for at, length, note in notes[part](rng, scale, key, progression, beat, seconds):
            _add(piece, at, level * rng.uniform(0.75, 1) * instrument(440 * 2 ** ((note - 69) / 12), length))
    return piece[:int(seconds * RATE)]


def _add(piece, at, samples):
    start = int(at * RATE)
    length = max(0, min(len(samples), len(piece) - start))
    piece[start:start + length] += samples[:length]


def _pitch(scale, key, degree):
    return key + 12 * (degree // len(scale)) + scale[degree % len(scale)]


def _melody(rng, scale, key, progression, beat, seconds):
    degree, at, up = int(rng.integers(3, 9)), 0.0, 12 * int(rng.integers(0, 3))
    lengths = rng.choice([0.25, 0.5, 1.0, 1.5], size=4) * beat  # few lengths make a rhythm
    while at < seconds:
        length = max(0.11, float(rng.choice(lengths)))
        if rng.random() < 0.92:
            yield at, length * rng.choice([0.6, 1.0]), _pitch(scale, key + up, degree)
        degree = int(np.clip(degree + rng.choice([-4, -2, -1, -1, 1, 1, 2, 4]), -2, 14))
        at += length


def _chords(rng, scale, key, progression, beat, seconds):
    length, sizes = beat * float(rng.choice([1, 2, 2, 4])), int(rng.choice([3, 3, 4]))
    broken, up = rng.random() < 0.35, int(rng.choice([0, 12]))
    for k in range(int(seconds / length) + 1):
        root = progression[k % len(progression)]
        tones = [_pitch(scale, key + up, root + 2 * i) for i in range(sizes)]
        if broken:
            step = length / 4
            yield from ((k * length + i * step, step * 1.5, tones[i % sizes]) for i in range(4))
        else:
            yield from ((k * length, length, tone) for tone in tones)


def _bass(rng, scale, key, progression, beat, seconds):
    for k in range(int(seconds / beat) + 1):
        yield k * beat, beat * 0.9, _pitch(scale, key - 12, progression[k // 4 % len(progression)])


def _drums(rng, piece, beat, seconds):
    t = np.arange(int(0.25 * RATE)) / RATE
    kick = np.sin(2 * np.pi * (50 * t + 6 * (1 - np.exp(-t * 25)))) * np.exp(-t * rng.uniform(10, 25))
    snare = (0.6 * rng.normal(size=len(t)) + 0.5 * np.sin(2 * np.pi * 190 * t)) * np.exp(-t * rng.uniform(15, 35)) * 0.5
    hat = np.diff(rng.normal(size=len(t) + 1)) * np.exp(-t * rng.uniform(40, 110)) * 0.2
    level = rng.uniform(0.3, 0.9)
    for k in range(int(seconds / beat * 2)):
        at = k * beat / 2
        _add(piece, at, level * hat)
        if k % 4 == 0:
            _add(piece, at, level * kick)
        if k % 4 == 2:
            _add(piece, at, level * snare)


def _instrument(rng, name):
    """A player: (hertz, seconds) -> samples. Its timbre varies from piece to piece."""
    ratios, weights, decay, attack, sustained = _timbre(rng, name)
    vibrato = rng.uniform(0.002, 0.006) if name in ("strings", "flute", "reed", "brass") and rng.random() < 0.7 else 0.0
    speed, breath = rng.uniform(4, 6.5), 0.02 if name == "flute" else 0.0

    def player(hertz, seconds):
        release = 0.05 if sustained else 0.25
        t = np.arange(int((seconds + release) * RATE)) / RATE
        phase = 2 * np.pi * (hertz * t - vibrato * hertz / (2 * np.pi * speed) * np.cos(2 * np.pi * speed * t))
        audible = ratios * hertz < 7700
        sound = breath * rng.normal(size=len(t))
        for ratio, weight, fall in zip(ratios[audible], weights[audible], decay[audible]):
            sound = sound + weight * np.sin(ratio * phase) * (1 if sustained else np.exp(-fall * t))
        return sound * np.clip(np.minimum(t / attack, (seconds + release - t) / release), 0, 1)
    return player


def _timbre(rng, name):
    """Ratios of the partials, their weights and decays (1/s), the attack in seconds, and whether notes are held."""
    n = np.arange(1, 15.0)
    dull = rng.uniform(0.8, 1.3)
    if name == "plucked":
        return n, np.abs(np.sin(np.pi * n * rng.uniform(0.1, 0.4))) / n ** dull, rng.uniform(2, 5) * (1 + 0.35 * n), 0.003, False
    if name == "piano":
        return n * np.sqrt(1 + rng.uniform(1e-4, 6e-4) * n * n), n ** (-1.3 * dull), rng.uniform(1, 3) * (1 + 0.2 * n), 0.004, False
    if name == "organ":
        stops = np.array([1, 2, 3, 4, 6, 8, 0.5])
        return stops, rng.random(7) * np.array([1, 0.8, 0.6, 0.5, 0.3, 0.3, 0.5]) + 0.05, np.zeros(7), 0.02, True
    if name == "bell":
        partials = np.array([0.5, 1, 1.2, 1.5, 2, 2.67, 3, 4.1, 5.4]) * rng.uniform(0.98, 1.02, 9)
        return partials, rng.uniform(0.2, 1, 9) / partials ** 0.7, rng.uniform(1.5, 4) * partials ** 0.8, 0.002, False
    if name == "strings":
        return n, n ** -dull, np.zeros(14), rng.uniform(0.04, 0.15), True
    if name == "flute":
        return n[:4], np.array([1, 0.35, 0.12, 0.05]) * rng.uniform(0.6, 1.4, 4), np.zeros(4), 0.05, True
    if name == "square":
        return n[::2], 1 / n[::2], np.zeros(7), 0.005, True
    if name == "reed":
        return n, np.where(n % 2 == 1, 1.0, 0.35) / n ** (0.6 * dull), np.zeros(14), 0.03, True
    if name == "mallet":
        return np.array([1, 3.93, 9.2]), np.array([1, 0.35, 0.1]), np.array([5, 14, 30.0]) * dull, 0.002, False
    if name == "brass":
        return n, np.exp(-((n - rng.uniform(1.5, 4)) / 4) ** 2), np.zeros(14), 0.06, True
    return np.ones(1), np.ones(1), np.array([rng.uniform(0, 4)]), 0.01, bool(rng.random() < 0.5)  # "sine"
