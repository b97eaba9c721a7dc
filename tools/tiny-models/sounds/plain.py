"""Tones, sweeps, noises and clicks, one window at a time."""
import numpy as np

from .features import RATE, SAMPLES
from .waves import between, cut_at, limited_to, shaped, tilted

LOW_UP_TO, HIGH_FROM = 350, 1500  # what everybody calls a low or a high tone; between them it is open
LOW, HIGH = 0, 1
RISING, FALLING, BOTH = 0, 1, 2
_T = np.arange(SAMPLES) / RATE


def tone(rng):
    """A steady tone or regular beeps, and its fundamental in Hz."""
    hertz = float(np.exp(rng.uniform(np.log(90), np.log(6500))))
    sound = _steady(rng, hertz)
    if rng.random() < 0.3:  # slowly louder or softer
        sound = sound * 10 ** (np.interp(_T, [0, 1, 2], rng.uniform(-4, 0, 3)) / 20)
    return (sound * _beeps(rng) if rng.random() < 0.2 else sound), hertz


def _steady(rng, hertz):
    phase = 2 * np.pi * hertz * _T + rng.uniform(0, 2 * np.pi)
    if rng.random() < 0.6:
        return np.sin(phase)
    highest = max(1, int(min(30, 7600 / hertz)))
    numbers = np.arange(1, highest + 1)
    shape = rng.integers(4)
    weights = [1 / numbers, (numbers % 2) / numbers, (numbers % 2) / numbers ** 2.0, rng.random(highest) / numbers ** rng.uniform(0.3, 1.5)][shape]
    weights = weights.copy()
    weights[0] = max(weights[0], 0.3)
    offsets = rng.uniform(0, 2 * np.pi, highest) if shape == 3 else np.zeros(highest)
    return sum(w * np.sin(k * phase + o) for k, w, o in zip(numbers, weights, offsets) if w > 1e-3)


def _beeps(rng):
    """On and off, with edges of some milliseconds."""
    on, off = rng.uniform(0.12, 0.8), rng.uniform(0.08, 0.6)
    edge = rng.uniform(0.001, 0.02)
    at = (_T + rng.uniform(0, on + off)) % (on + off)
    return np.clip(np.minimum(at / edge, (on - at) / edge), 0, 1)


def noise(rng):
    """Noise of one of many colours, and where its power has its centre, in Hz."""
    if rng.random() < 0.25:
        sound = rng.uniform(-1, 1, SAMPLES)
    else:
        sound = rng.normal(size=SAMPLES)
    colour = rng.random()
    if colour < 0.6:
        sound = shaped(sound, tilted(rng.choice([-3.0, -6.0, rng.uniform(-7, 3)])))
    if rng.random() < 0.35:
        low = np.exp(rng.uniform(np.log(30), np.log(2000)))
        sound = shaped(sound, limited_to(low, min(9000, low * 2 ** rng.uniform(1.7, 7))))
    if rng.random() < 0.3:
        sound = shaped(sound, cut_at(rng.uniform(3300, 7500)))
    if rng.random() < 0.3:
        sound = sound * 10 ** (np.interp(_T, np.linspace(0, 2, 6), rng.uniform(-6, 0, 6)) / 20)
    return sound, _centre(sound)


def _centre(sound):
    power = np.abs(np.fft.rfft(sound)) ** 2
    return float((power * np.fft.rfftfreq(len(sound), 1 / RATE)).sum() / power.sum())


def clicks(rng):
    """Two or more short clicks, regular or not."""
    sound = np.zeros(SAMPLES)
    kinds = [_one_click(rng) for _ in range(int(rng.choice([1, 1, 2, 4])))]
    jitter = rng.choice([0.0, 0.3])
    for k, at in enumerate(_times(rng)):
        click = kinds[k % len(kinds)] * rng.uniform(1 - jitter, 1)
        start = int(at * RATE)
        length = min(len(click), SAMPLES - start)
        sound[start:start + length] += click[:length]
    return sound


def _times(rng):
    rate = float(np.exp(rng.uniform(np.log(1.0), np.log(14))))
    if rng.random() < 0.7:
        return np.arange(rng.uniform(0, 1 / rate), 1.995, 1 / rate)
    times, at = [], rng.uniform(0, 0.4)
    while at < 1.995 or len(times) < 2:
        times.append(min(at, 1.98))
        at += 0.04 + rng.exponential(1 / rate)
    return times


def _one_click(rng):
    seconds = np.exp(rng.uniform(np.log(0.0002), np.log(0.006)))
    t = np.arange(max(2, int(seconds * 6 * RATE))) / RATE
    kind = rng.integers(4)
    if kind == 0:
        click = np.ones(max(1, int(rng.uniform(0.0001, 0.004) * RATE))) * rng.choice([-1, 1])
    elif kind == 1:
        click = np.exp(-t / seconds) * np.sin(2 * np.pi * rng.uniform(300, 6500) * t + rng.uniform(0, 6))
    elif kind == 2:
        click = np.exp(-t / seconds) * rng.normal(size=len(t))
    else:
        gate = t < rng.uniform(0.002, 0.012)
        click = np.sin(2 * np.pi * rng.uniform(400, 6000) * t) * gate
    return click / (np.abs(click).max() + 1e-9)


def sweep(rng):
    """A tone that rises, falls, or does both, by an octave or more; and which it does."""
    octaves, seconds = rng.uniform(1.2, 5), between(rng, 0.25, 2)
    low = between(rng, 80, 7000 / 2 ** octaves)
    turn = np.clip((_T % seconds) / seconds * rng.uniform(1.0, 1.2), 0, 1)
    way = int(rng.choice([RISING, FALLING, BOTH], p=[0.4, 0.4, 0.2]))
    shape = turn if way == RISING else 1 - turn if way == FALLING else np.abs(2 * turn - 1)
    hertz = low * 2 ** (octaves * shape) if rng.random() < 0.7 else low * (1 + (2 ** octaves - 1) * shape)
    phase = 2 * np.pi * np.cumsum(hertz) / RATE
    tones = int(rng.choice([1, 1, 1, 3, 6]))
    sound = sum(np.sin(k * phase) / k ** 1.2 * (k * hertz < 7600) for k in range(1, tones + 1))
    edge = np.clip(np.minimum(_T % seconds, seconds - _T % seconds) / 0.008, 0, 1)
    return sound * edge, way
