"""Engines, vehicles, signals and other machines, one window at a time."""
import numpy as np

from .features import RATE, SAMPLES
from .waves import add_at, between, glide, limited_to, resonance, shaped, smooth, tilted, white

_T = np.arange(SAMPLES) / RATE


def _phase(hertz):
    return 2 * np.pi * np.cumsum(np.broadcast_to(hertz, SAMPLES)) / RATE


def _noise(rng, lowest, highest):
    sound = shaped(white(rng), limited_to(lowest, highest))
    return sound / sound.std()


def engine(rng):
    """Explosions in a row: many harmonics of a low note that wanders or revs up, with the noise of each stroke."""
    rate = glide(rng, 18, 110, rng.choice([0.02, 0.1, 0.5]))
    phase = _phase(rate) + rng.uniform(0, 6)
    sound = sum(rng.uniform(0.2, 1) / k ** rng.uniform(0.3, 0.9) * np.sin(k * phase + rng.uniform(0, 6)) for k in range(1, 25))
    sound = shaped(sound, limited_to(40, between(rng, 400, 2500)))
    return sound / sound.std() + rng.uniform(0.1, 0.7) * _noise(rng, 60, between(rng, 500, 3000)) * (1 + 0.6 * np.sin(phase))


def traffic(rng):
    """Cars that pass: wide noise that swells and falls, over a distant hum."""
    sound = 0.25 * _noise(rng, 40, 300)
    for _ in range(int(rng.integers(1, 4))):
        centre, width = rng.uniform(0, 2), rng.uniform(0.25, 0.8)
        swell = np.exp(-((_T - centre) / width) ** 2)
        sound += rng.uniform(0.5, 1) * swell * (_noise(rng, 150, between(rng, 900, 3500)) + 0.7 * _noise(rng, 50, 200))
    return sound


def train(rng):
    """Wheels over joints, two by two, in a steady beat over a rumble; sometimes they squeal."""
    sound = _noise(rng, 40, between(rng, 250, 900)) * smooth(rng, 0.2, 3) * rng.uniform(0.3, 0.8) + rng.uniform(0, 0.15) * _noise(rng, 800, 4500)
    period, gap = rng.uniform(0.35, 1.0), rng.uniform(0.08, 0.2)
    tone, at = between(rng, 90, 350), -rng.uniform(0, period)
    while at < 2:
        for part in (0, gap):
            t = np.arange(int(0.15 * RATE)) / RATE
            knock = np.exp(-t / rng.uniform(0.015, 0.05)) * (np.sin(2 * np.pi * tone * t) + 0.8 * rng.normal(size=len(t)) + 0.3 * np.sin(2 * np.pi * 6.1 * tone * t))
            add_at(sound, at + part, knock * rng.uniform(1.2, 2.6))
        at += period
    return sound + (rng.uniform(0.1, 0.6) * np.sin(_phase(glide(rng, 1800, 4500, 0.05))) * smooth(rng, 0.3, 12) if rng.random() < 0.2 else 0)


def helicopter(rng):
    """Blades that beat the air ten to twenty times a second, over a whine."""
    beat = rng.uniform(9, 22) * (1 + 0.03 * np.sin(2 * np.pi * rng.uniform(0.1, 0.6) * _T))
    phase = _phase(beat) + rng.uniform(0, 6)
    thud = np.clip(np.sin(phase), 0, 1) ** rng.uniform(2, 6)
    sound = thud * _noise(rng, 50, between(rng, 300, 1500)) * 2 + thud * _noise(rng, 30, 150)
    return sound + rng.uniform(0.05, 0.4) * _noise(rng, 400, 4000) + rng.uniform(0, 0.15) * np.sin(_phase(between(rng, 500, 3000)))


def drill(rng):
    """Motors of tools: a harsh buzz of some hundred hertz with much above it, and its speed falls under load."""
    rate = glide(rng, 110, 480, rng.choice([0.02, 0.1, 0.3]))
    phase = _phase(rate)
    sound = sum(rng.uniform(0.3, 1) / k ** 0.35 * np.sin(k * phase + rng.uniform(0, 6)) for k in range(1, int(7000 / rate.max()) + 1))
    return sound / sound.std() + rng.uniform(0.3, 1.2) * _noise(rng, 700, 6500) * (1 + 0.5 * np.sin(phase * rng.choice([0.5, 1])))


def hum(rng):
    """Mains: 50 or 60 Hz and what is above it, steady."""
    mains = rng.choice([50.0, 60.0, 100.0, 120.0])
    many = int(rng.integers(4, 40))
    fall = rng.uniform(0.3, 1.4)
    sound = sum((1.0 if k % 2 == 0 else rng.uniform(0.2, 1)) / k ** fall * np.sin(2 * np.pi * mains * k * _T + rng.uniform(0, 6)) for k in range(1, many) if mains * k < 6500)
    return sound / sound.std() + rng.uniform(0, 0.08) * white(rng)


def siren(rng):
    """Up and down without a break (wail, yelp), or two notes in turn."""
    low, ratio = between(rng, 380, 1000), rng.uniform(1.3, 2.3)
    if rng.random() < 0.3:
        hertz = np.where((_T * rng.uniform(0.7, 2.2) + rng.random()) % 1 < 0.5, low, low * rng.uniform(1.2, 1.45))
    else:
        turn = (_T * between(rng, 0.25, 4.5) + rng.random()) % 1
        shape = np.abs(2 * turn - 1) if rng.random() < 0.7 else 0.5 + 0.5 * np.sin(2 * np.pi * turn)
        hertz = low * ratio ** shape
    phase = _phase(hertz)
    tones = int(rng.integers(1, 8))
    sound = sum(np.sin(k * phase) / k ** rng.uniform(0.8, 1.6) for k in range(1, tones + 1) if k * hertz.max() < 7600)
    return sound + rng.uniform(0, 0.05) * white(rng)


def alarm(rng):
    """Fast beeps of a buzzer, or two notes in fast turn: clocks, smoke alarms, trucks in reverse."""
    hertz = between(rng, 900, 4000)
    rate, share = rng.uniform(2.5, 9), rng.uniform(0.35, 0.65)
    gate = ((_T * rate + rng.random()) % 1) < share
    if rng.random() < 0.4:  # four beeps and a pause
        gate = gate & (((_T * rate / 4) % 2) < 1)
    pitch = np.where(gate, hertz, hertz * rng.uniform(0.6, 0.85)) if rng.random() < 0.3 else hertz
    phase = _phase(pitch)
    sound = np.sin(phase) + rng.uniform(0.2, 0.7) * np.sin(3 * phase) * (3 * hertz < 7600) + rng.uniform(0, 0.4) * np.sin(2 * phase)
    return sound * (1.0 if np.ndim(pitch) else gate) + rng.uniform(0, 0.01) * white(rng)


def phone(rng):
    """A bell that is struck 20 times a second, or the warble of an electronic one, with pauses."""
    gate = ((_T / rng.uniform(0.8, 3.2) + rng.random()) % 1) < rng.uniform(0.4, 0.75)
    if gate.mean() < 0.3:
        gate = ~gate
    soft = np.convolve(gate, np.ones(160) / 160, "same")
    first = between(rng, 420, 1700)
    if rng.random() < 0.5:
        partials = [(first, 1), (first * rng.uniform(1.15, 1.3), 0.9), (first * 2.6, 0.6), (first * 3.9, 0.4)]
        strokes = (_T * rng.uniform(16, 28)) % 1
        return soft * sum(w * np.sin(2 * np.pi * f * _T) for f, w in partials if f < 7600) * (0.35 + 0.65 * np.exp(-3 * strokes))
    second = first * rng.uniform(1.1, 1.35)
    if rng.random() < 0.4:  # a ring tone of a network: two notes at once
        return soft * (np.sin(2 * np.pi * 440 * _T) + np.sin(2 * np.pi * 480 * _T))
    turn = ((_T * rng.uniform(10, 24)) % 1) < 0.5
    phase = _phase(np.where(turn, first, second))
    return soft * (np.sin(phase) + 0.3 * np.sin(2 * phase) + 0.15 * np.sin(3 * phase))


def bell(rng):
    """Church bells and hand bells: partials that are no harmonics, and die slowly."""
    sound, at = np.zeros(SAMPLES + 3 * RATE), rng.uniform(-0.6, 0.6)
    ratios = np.array([0.5, 1, 1.19, 1.5, 2, 2.51, 2.66, 3.01, 4.1, 5.4]) * rng.uniform(0.985, 1.015, 10)
    weights, strike = rng.uniform(0.2, 1, 10) / ratios ** 0.5, between(rng, 180, 1900)
    notes = [strike] if rng.random() < 0.6 else list(strike * np.array([1, 1.125, 1.25, 1.5]))
    decay, pause = between(rng, 0.5, 2.0), rng.uniform(0.35, 1.6)
    while at < 1.9:
        note = notes[int(rng.integers(len(notes)))]
        t = np.arange(int(3 * RATE)) / RATE
        tone = sum(w * np.sin(2 * np.pi * note * r * t) * np.exp(-t * r ** 0.8 / decay) for r, w in zip(ratios, weights) if note * r < 7700)
        start = max(0, int((at + 0.6) * RATE))
        sound[start:start + len(t)] += (tone * np.clip(t / 0.002, 0, 1))[:len(sound) - start]
        at += pause
    return sound[int(0.6 * RATE):][:SAMPLES]


def whistle(rng):
    """A referee's whistle: a high tone that a pea makes flutter, in blasts."""
    hertz = between(rng, 1900, 3900)
    flutter = np.sin(2 * np.pi * rng.uniform(22, 48) * _T)
    blasts = ((_T / rng.uniform(0.35, 2.5) + rng.random()) % 1) < rng.uniform(0.55, 0.9)
    soft = np.convolve(blasts, np.ones(320) / 320, "same")
    phase = _phase(hertz * (1 + rng.uniform(0.01, 0.035) * flutter))
    return soft * ((1 + rng.uniform(0.3, 0.8) * flutter) * (np.sin(phase) + 0.15 * np.sin(2 * phase)) + 0.12 * resonance(white(rng), np.full(SAMPLES, hertz), 5)) + 0.002 * white(rng)


def horn(rng):
    """Horns of cars and ships: two harsh notes held together."""
    base = between(rng, 140, 520)
    sound = np.zeros(SAMPLES)
    for note in [base, base * rng.choice([1.19, 1.26, 1.34])]:
        sound += sum(np.sin(2 * np.pi * note * k * _T + rng.uniform(0, 6)) / k ** rng.uniform(0.2, 0.6) for k in range(1, int(6000 / note)))
    period, share = rng.uniform(0.5, 3), rng.uniform(0.5, 0.9)
    gate = ((_T / period + rng.random()) % 1) < share
    return sound * np.convolve(gate, np.ones(240) / 240, "same") + 0.01 * white(rng)


def laser(rng):
    """Shots of science fiction: tones that fall several octaves within a fraction of a second."""
    sound, at = np.zeros(SAMPLES), rng.uniform(0, 0.3)
    length, top, bottom = rng.uniform(0.1, 0.4), between(rng, 2500, 7000), between(rng, 80, 500)
    while at < 1.9:
        t = np.arange(int(length * RATE)) / RATE
        phase = 2 * np.pi * np.cumsum(bottom + (top - bottom) * np.exp(-t * 5 / length)) / RATE
        add_at(sound, at, (np.sin(phase) + 0.4 * np.sin(2 * phase)) * (1 - t / length) ** 0.5)
        at += rng.uniform(0.15, 0.7)
    return sound


def factory(rng):
    """Machines that stamp and turn: clanks in a strict beat, a motor, air."""
    sound = 0.3 * engine(rng) + 0.2 * _noise(rng, 300, 5000)
    period, tone = rng.uniform(0.18, 0.6), between(rng, 300, 1600)
    for k in range(int(2 / period) + 1):
        t = np.arange(int(0.2 * RATE)) / RATE
        clank = np.exp(-t / rng.uniform(0.01, 0.06)) * (sum(np.sin(2 * np.pi * tone * r * t) for r in (1, 1.48, 2.2, 3.7)) + rng.normal(size=len(t)))
        add_at(sound, k * period, clank)
    return shaped(sound, tilted(rng.uniform(-1.5, 1.5)))
