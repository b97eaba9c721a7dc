"""What people and things do that is heard: steps, keys, doors, blows, shots and hands, one window at a time."""
import numpy as np

from .features import RATE, SAMPLES
from .waves import add_at, between, limited_to, shaped, smooth, tilted, times, white

_T = np.arange(SAMPLES) / RATE


def _blow(rng, seconds, hertz, fall, hardness):
    """A hit on something that rings at hertz for about so long; hardness 0 to 1 is how bright it starts."""
    t = np.arange(int(seconds * RATE)) / RATE
    ring = sum(np.sin(2 * np.pi * hertz * r * t + rng.uniform(0, 6)) * np.exp(-t * r / fall) / r for r in (1, rng.uniform(1.5, 1.9), rng.uniform(2.3, 3.1)))
    return ring + hardness * 2 * rng.normal(size=len(t)) * np.exp(-t / between(rng, 0.001, 0.006))


def footsteps(rng):
    """Heel and sole, one to three a second, on something hard or soft."""
    sound, period = rng.uniform(0.0, 0.006) * white(rng), rng.uniform(0.32, 0.95)
    hertz, fall, hardness = between(rng, 70, 420), between(rng, 0.012, 0.06), rng.uniform(0.1, 1)
    at, scrape = rng.uniform(0, period), rng.uniform(0, 0.5)
    while at < 1.95:
        add_at(sound, at, rng.uniform(0.7, 1) * _blow(rng, 0.2, hertz * rng.uniform(0.9, 1.1), fall, hardness))
        sole = white(rng, int(0.09 * RATE)) * np.hanning(int(0.09 * RATE))
        add_at(sound, at + rng.uniform(0.05, 0.12), scrape * shaped(sole, limited_to(500, 5000)))
        at += period * rng.uniform(0.94, 1.06)
    return sound


def typing(rng):
    """Keys of a keyboard: each goes down and up, in bursts, each a little different."""
    sound = rng.uniform(0.0, 0.02) * shaped(white(rng), tilted(-3))
    at, rate = rng.uniform(0, 0.25), between(rng, 4, 13)
    hertz = between(rng, 500, 3800)
    while at < 1.97:
        strength = rng.uniform(0.4, 1)
        add_at(sound, at, strength * _key(rng, hertz))
        add_at(sound, at + rng.uniform(0.04, 0.1), 0.4 * strength * _key(rng, hertz * 1.3))
        at += rng.exponential(0.65 / rate) + 0.35 / rate + (rng.uniform(0.2, 0.5) if rng.random() < 0.06 else 0)
    return sound


def _key(rng, hertz):
    t = np.arange(int(0.05 * RATE)) / RATE
    f = hertz * rng.uniform(0.75, 1.35)
    return np.exp(-t / between(rng, 0.002, 0.008)) * (0.6 * np.sin(2 * np.pi * f * t) + rng.normal(size=len(t)) * 0.8 + 0.5 * np.sin(2 * np.pi * 0.3 * f * t))


def knocking(rng):
    """Knuckles on wood: three or four blows, close together, hollow."""
    sound, hertz, fall = rng.uniform(0, 0.004) * white(rng), between(rng, 110, 480), between(rng, 0.02, 0.07)
    at, step = rng.uniform(0, 0.5), rng.uniform(0.12, 0.28)
    while at < 1.9:
        for k in range(int(rng.integers(2, 6))):
            add_at(sound, at + k * step * rng.uniform(0.95, 1.05), _blow(rng, 0.25, hertz, fall, rng.uniform(0.4, 0.9)))
        at += 6 * step + rng.uniform(0.3, 0.9)
    return sound


def creak(rng):
    """Stick and slip: bursts at a rate that wanders between a rattle and a groan, through wood that rings."""
    rate = np.exp(np.interp(_T, np.linspace(0, 2, 6), np.log(_between_many(rng, 25, 260, 6))))
    phase = np.cumsum(rate) / RATE
    clicks = np.diff(np.floor(phase), prepend=0) * (1 + 0.3 * rng.normal(size=SAMPLES))
    sound = sum(w * shaped(clicks, _peak(f, q)) for f, q, w in zip(_between_many(rng, 350, 3800, 4), rng.uniform(6, 20, 4), rng.uniform(0.3, 1, 4)))
    start, length = rng.uniform(0, 0.7), rng.uniform(0.7, 1.6)
    return sound / sound.std() * np.clip(np.sin(np.pi * np.clip((_T - start) / length, 0, 1)) * 2, 0, 1) + 0.01 * white(rng)


def _peak(hertz, sharpness):
    return lambda f: 1 / (1 + (sharpness * (np.maximum(f, 1) / hertz - hertz / np.maximum(f, 1))) ** 2)


def _between_many(rng, low, high, count):
    return np.exp(rng.uniform(np.log(low), np.log(high), count))


def explosion(rng):
    """A blast: all at once, then a low roar that dies within a second or two, and what falls down."""
    start = rng.uniform(0, 0.6)
    since = _T - start
    fall = between(rng, 0.25, 0.9)
    low = shaped(white(rng), limited_to(25, between(rng, 120, 500)))
    wide = shaped(white(rng), tilted(-4.5))
    sound = low / low.std() * np.where(since > 0, np.exp(-since / fall), 0) * 1.5 + wide / wide.std() * np.where(since > 0, np.exp(-since / (0.35 * fall)), 0)
    for at in start + 0.15 + times(rng, rng.uniform(2, 25))[:30]:
        add_at(sound, at, 0.15 * rng.random() * _blow(rng, 0.06, between(rng, 300, 2500), 0.01, 0.8))
    return sound + 0.002 * white(rng)


def gunshots(rng):
    """Cracks with a short tail; single, or a burst."""
    sound, burst = 0.002 * white(rng), rng.random() < 0.5
    step = rng.uniform(0.07, 0.14) if burst else rng.uniform(0.3, 0.9)
    at, fall, colour = rng.uniform(0, 0.4), between(rng, 0.02, 0.12), rng.uniform(-4, -1)
    t = np.arange(int(0.6 * RATE)) / RATE
    while at < 1.9:
        crack = shaped(white(rng, len(t)), tilted(colour))
        crack = crack / crack.std() * (np.exp(-t / 0.004) * 2 + 0.7 * np.exp(-t / fall) + 0.08 * np.exp(-t / 0.2))
        add_at(sound, at, crack * rng.uniform(0.8, 1))
        at += step + (rng.uniform(0.3, 0.7) if burst and rng.random() < 0.12 else 0)
    return sound


def applause(rng):
    """Many pairs of hands, each with its own pace and pitch."""
    sound, hands = np.zeros(SAMPLES), int(between(rng, 4, 90))
    t = np.arange(int(0.03 * RATE)) / RATE
    for _ in range(hands):
        rate, hertz, level = rng.uniform(2.6, 5.2), between(rng, 700, 2600), rng.exponential(0.7) + 0.1
        at = rng.uniform(-0.3, 0.3)
        while at < 2:
            clap = rng.normal(size=len(t)) * np.exp(-t / between(rng, 0.0025, 0.007))
            add_at(sound, at, level * shaped(clap, limited_to(hertz * 0.5, hertz * 1.8)))
            at += rng.normal(1, 0.12) / rate
    return sound * smooth(rng, 0.1, 1.5)
