"""Weather, water, fire and animals, one window at a time. None of these is a recording: each is what makes the sound, in short."""
import numpy as np

from .features import RATE, SAMPLES
from .waves import add_at, between, glide, limited_to, resonance, shaped, smooth, tilted, times, white

_T = np.arange(SAMPLES) / RATE


def rain(rng):
    """Very many drops: a bright, even noise with single drops on top."""
    sound = shaped(white(rng), limited_to(between(rng, 150, 900), between(rng, 5500, 12000)))
    sound = shaped(sound, tilted(rng.uniform(-2.5, 1.5))) * smooth(rng, 0.15, 1.5)
    sound /= sound.std()
    for at in times(rng, between(rng, 15, 220)):
        add_at(sound, at, rng.exponential(1.2) * _drop(rng))
    return sound


def _drop(rng):
    t = np.arange(int(0.012 * RATE)) / RATE
    fall = np.exp(-t / between(rng, 0.0006, 0.003))
    return fall * (rng.normal(size=len(t)) if rng.random() < 0.6 else np.sin(2 * np.pi * between(rng, 800, 6000) * t))


def thunder(rng):
    """A crack, or none, and a roll of low noise that swells and dies."""
    swell = np.zeros(SAMPLES)
    start = rng.uniform(-0.6, 0.9)
    for _ in range(int(rng.integers(3, 9))):
        since = _T - start - rng.uniform(0, 1.0)
        swell += rng.uniform(0.3, 1) * np.where(since > 0, np.exp(-since / rng.uniform(0.15, 0.8)), 0) * np.clip(since / 0.03, 0, 1)
    sound = shaped(white(rng), limited_to(25, between(rng, 90, 350)))
    sound = sound / sound.std() * swell
    if rng.random() < 0.5 and start > 0:
        crack = white(rng, int(0.4 * RATE))
        add_at(sound, start, shaped(crack, tilted(-4)) * np.exp(-np.arange(len(crack)) / RATE / between(rng, 0.03, 0.12)) * rng.uniform(0.5, 2))
    return sound + 0.004 * white(rng)


def wind(rng):
    """Noise whose colour and strength wander; sometimes it howls, sometimes it rumbles in a microphone."""
    strength = smooth(rng, 0.5, 6)
    sound = shaped(white(rng), limited_to(between(rng, 40, 150), between(rng, 250, 900)))
    sound = sound / sound.std() * strength
    if rng.random() < 0.6:
        howl = resonance(white(rng), glide(rng, 250, 1100, 0.5), between(rng, 6, 25))
        sound += rng.uniform(0.4, 2.0) * howl / howl.std() * smooth(rng, 0.4, 8)
    return sound


def water(rng):
    """A brook, or pouring: bubbles whose pitch rises, over a soft rush."""
    sound = shaped(white(rng), limited_to(between(rng, 200, 600), between(rng, 1500, 5000)))
    sound *= rng.uniform(0.03, 0.5) / sound.std()
    for at in times(rng, between(rng, 25, 140)):
        length = between(rng, 0.01, 0.09)
        t = np.arange(int(length * RATE)) / RATE
        hertz = between(rng, 350, 2600)
        add_at(sound, at, rng.exponential(0.8) * np.sin(2 * np.pi * hertz * t * (1 + rng.uniform(0, 3) * t / length * 0.3)) * np.exp(-t * 4 / length) * np.clip(t / 0.002, 0, 1))
    return sound


def waves(rng):
    """Surf: a rush that swells and draws back within seconds."""
    centre, width = rng.uniform(0.2, 1.8), rng.uniform(0.35, 0.9)
    swell = np.exp(-np.abs(_T - centre) ** 2 / (2 * width ** 2)) + rng.uniform(0.02, 0.12)
    low = shaped(white(rng), limited_to(40, between(rng, 300, 900)))
    high = shaped(white(rng), limited_to(between(rng, 500, 1500), between(rng, 4000, 9000)))
    return low / low.std() * swell + rng.uniform(0.3, 1.2) * high / high.std() * swell ** rng.uniform(1.3, 2.5)


def fire(rng):
    """Crackles of all sizes over a faint roar."""
    sound = shaped(white(rng), limited_to(40, between(rng, 200, 900)))
    sound *= rng.uniform(0.02, 0.15) / sound.std()
    for at in times(rng, between(rng, 8, 50)):
        t = np.arange(int(0.02 * RATE)) / RATE
        snap = rng.normal(size=len(t)) * np.exp(-t / between(rng, 0.0008, 0.006))
        add_at(sound, at, min(6, rng.pareto(1.6) + 0.1) * 0.4 * snap)
    return sound


def birds(rng):
    """Chirps, trills and whistles, in phrases, high up."""
    sound = np.zeros(SAMPLES)
    for _ in range(int(rng.integers(1, 4))):
        level, base = rng.uniform(0.3, 1), between(rng, 1800, 5200)
        at, kind = rng.uniform(0, 0.6), rng.integers(3)
        while at < 1.95:
            for _ in range(int(rng.integers(1, 8))):
                length = between(rng, 0.03, 0.2) if kind else between(rng, 0.02, 0.06)
                add_at(sound, at, level * _chirp(rng, base * rng.uniform(0.8, 1.25), length))
                at += length + (rng.uniform(0.01, 0.1) if kind else 0.02)
            at += rng.uniform(0.1, 0.7)
    return sound + rng.uniform(0, 0.01) * white(rng)


def _chirp(rng, hertz, length):
    t = np.arange(int(length * RATE)) / RATE
    bend = rng.uniform(-0.5, 0.5) * t / length + rng.uniform(0, 0.12) * np.sin(2 * np.pi * rng.uniform(15, 60) * t)
    path = np.clip(hertz * (1 + bend), 900, 7600)
    return np.sin(2 * np.pi * np.cumsum(path) / RATE) * np.sin(np.pi * t / length) ** rng.uniform(0.5, 1.5)


def dog(rng):
    """Barks: a rough voice that jumps up and falls, within a fifth of a second, alone or in pairs."""
    sound = np.zeros(SAMPLES)
    base, length, at = between(rng, 160, 750), rng.uniform(0.09, 0.22), rng.uniform(0, 0.5)
    formants = [between(rng, 500, 1100), between(rng, 1200, 2400)]
    pause = rng.uniform(0.12, 0.7)
    while at < 1.8:
        t = np.arange(int(length * rng.uniform(0.85, 1.15) * RATE)) / RATE
        rise = np.sin(np.pi * np.clip(t / t[-1], 0, 1) ** rng.uniform(0.5, 0.9))
        hertz = base * (0.75 + 0.5 * rise) * (1 + 0.04 * rng.normal())
        phase = 2 * np.pi * np.cumsum(hertz) / RATE
        voice = sum(np.sin(k * phase + rng.uniform(0, 6)) / k ** 0.6 for k in range(1, 14) if k * base < 6000)
        voice = voice + rng.uniform(0.3, 1.5) * rng.normal(size=len(t))
        bark = sum(shaped(voice, limited_to(f * 0.7, f * 1.4)) for f in formants)
        add_at(sound, at, bark / np.abs(bark).max() * rise ** 0.5)
        at += length + (pause if rng.random() < 0.7 else rng.uniform(0.3, 0.9))
    return sound + rng.uniform(0, 0.003) * white(rng)


def insects(rng):
    """Crickets (pulses of one high tone, in chirps) or cicadas (a rough, unbroken buzz)."""
    sound = np.zeros(SAMPLES)
    for _ in range(int(rng.integers(1, 5))):
        hertz, pulses = between(rng, 2600, 6500), between(rng, 18, 70)
        gate = np.clip(np.sin(2 * np.pi * pulses * _T), 0, 1) ** 0.7
        if rng.random() < 0.7:
            chirps = rng.uniform(1.2, 5)
            gate = gate * (((_T * chirps + rng.random()) % 1) < rng.uniform(0.25, 0.7))
        carrier = np.sin(2 * np.pi * hertz * _T)
        if rng.random() < 0.35:
            carrier = shaped(white(rng), limited_to(hertz * 0.85, hertz * 1.18)) * 2
        sound += rng.uniform(0.2, 1) * gate * carrier
    return sound + rng.uniform(0, 0.02) * white(rng)


def owl(rng):
    """Hoots: soft low whistles with a breath."""
    sound, hertz, at = np.zeros(SAMPLES), between(rng, 280, 650), rng.uniform(0, 0.5)
    while at < 1.8:
        length = rng.uniform(0.12, 0.6)
        t = np.arange(int(length * RATE)) / RATE
        path = hertz * (1 + 0.06 * np.sin(np.pi * t / length)) * (1 + 0.01 * np.sin(2 * np.pi * 7 * t))
        voice = np.sin(2 * np.pi * np.cumsum(path) / RATE) + 0.12 * np.sin(4 * np.pi * np.cumsum(path) / RATE) + 0.03 * rng.normal(size=len(t))
        add_at(sound, at, voice * np.sin(np.pi * t / length) ** 0.6)
        at += length + rng.uniform(0.08, 0.7)
    return sound + rng.uniform(0, 0.004) * white(rng)


def cat(rng):
    """Meows: a voice that opens and closes, half a second or more."""
    sound, at = np.zeros(SAMPLES), rng.uniform(0, 0.7)
    while at < 1.5:
        length = rng.uniform(0.4, 1.0)
        t = np.arange(int(length * RATE)) / RATE
        arch = np.sin(np.pi * t / length)
        hertz = between(rng, 420, 800) * (1 + 0.25 * arch - 0.2 * t / length)
        phase = 2 * np.pi * np.cumsum(hertz) / RATE
        opening = 900 + 1500 * arch
        voice = sum(np.sin(k * phase) * np.exp(-((k * hertz - opening) / 1300) ** 2) for k in range(1, 10))
        add_at(sound, at, voice * arch ** 0.5)
        at += length + rng.uniform(0.2, 0.9)
    return sound + rng.uniform(0, 0.004) * white(rng)


def horse(rng):
    """Hooves in a gallop or trot: hollow clops in groups."""
    sound, beat = np.zeros(SAMPLES), rng.uniform(0.28, 0.6)
    pattern = [[0, 0.18, 0.36], [0, 0.25, 0.42], [0, 0.5]][rng.integers(3)]
    hertz, at = between(rng, 350, 1100), -rng.uniform(0, beat)
    while at < 2:
        for part in pattern:
            t = np.arange(int(0.06 * RATE)) / RATE
            f = hertz * rng.uniform(0.85, 1.2)
            clop = np.exp(-t / rng.uniform(0.006, 0.014)) * (np.sin(2 * np.pi * f * t) + 0.5 * np.sin(2 * np.pi * 2.7 * f * t) + 0.3 * rng.normal(size=len(t)))
            add_at(sound, at + part * beat, clop * rng.uniform(0.6, 1))
        at += beat
    return sound + rng.uniform(0, 0.01) * white(rng)
