"""What a recording does to what is recorded: the quality that a listener names, or none that is worth a name."""
import numpy as np

from .features import RATE
from .waves import between, limited_to, shaped, tilted, times, white, worn

QUALITIES = ["clean", "noisy", "muffled", "distorted", "echoing", "telephone", "old"]
# What else a listener might say, without being right or wrong.
ALSO = {"noisy": ["old"], "muffled": ["telephone", "old"], "distorted": ["noisy", "old", "telephone"], "echoing": [], "telephone": ["muffled", "noisy", "distorted", "old"],
        "old": ["noisy", "telephone", "muffled", "distorted"], "clean": []}


def recorded(rng, samples):
    """The sound after some microphone, and its quality; None where people would argue."""
    chance = rng.random()
    if chance < 0.30:
        return (shaped(samples, tilted(rng.uniform(-2, 2))) if rng.random() < 0.5 else samples), "clean"
    if chance < 0.46:
        return worn(rng, samples), None
    quality = QUALITIES[1 + int(rng.integers(len(QUALITIES) - 1))]
    return _MADE[quality](rng, samples / (samples.std() + 1e-9)), quality


def _noisy(rng, samples):
    noise = shaped(white(rng, len(samples)), tilted(rng.uniform(-5, 0.5)))
    if rng.random() < 0.2:
        t = np.arange(len(samples)) / RATE
        mains = rng.choice([50.0, 60.0])
        noise = noise / noise.std() + sum(2 / k * np.sin(2 * np.pi * mains * 2 * k * t) for k in range(1, 8))
    return samples + noise / noise.std() * 10 ** (-rng.uniform(0, 13) / 20)


def _muffled(rng, samples):
    highest = between(rng, 450, 1100)
    for _ in range(2):
        samples = shaped(samples, limited_to(30, highest))
    return samples


def _distorted(rng, samples):
    driven = samples * 10 ** (rng.uniform(14, 32) / 20)
    return np.clip(driven, -1, 1) if rng.random() < 0.75 else np.tanh(driven + rng.uniform(-0.5, 0.5))


def _echoing(rng, samples):
    count = int(between(rng, 1.2, 2.6) * RATE)
    at = np.arange(count) / RATE
    echo = rng.normal(size=count) * np.exp(-6.9 * at / at[-1])
    echo *= rng.uniform(0.7, 1.6) / np.sqrt((echo ** 2).sum())
    echo[0] += rng.uniform(0.2, 0.7)
    if rng.random() < 0.35:  # a wall far away
        echo *= 0.4
        step = rng.uniform(0.14, 0.4)
        for k in range(4):
            echo[min(count - 1, int(k * step * RATE))] += 0.6 ** k
    size = 1 << (len(samples) + count).bit_length()
    wet = np.fft.irfft(np.fft.rfft(samples, size) * np.fft.rfft(echo, size), size)[:len(samples)]
    # As if it had sounded before the window began.
    tail = np.fft.irfft(np.fft.rfft(samples, size) * np.fft.rfft(echo, size), size)[len(samples):len(samples) + count]
    wet[:len(tail)] += tail[:len(wet)]
    return wet


def _telephone(rng, samples):
    for _ in range(2):
        samples = shaped(samples, limited_to(between(rng, 280, 420), between(rng, 2600, 3300)))
    samples = samples / (samples.std() + 1e-9)
    return np.tanh(samples * rng.uniform(0.5, 1.5)) + 10 ** (-rng.uniform(25, 45) / 20) * shaped(white(rng, len(samples)), limited_to(300, 3300))


def crackle(rng, count):
    """Dust and scratches of a record: many tiny clicks, a few big ones, sometimes once a turn."""
    sound = np.zeros(count)
    for rate, level in ((between(rng, 15, 90), 0.25), (between(rng, 1, 9), 1.0)):
        at = (times(rng, rate) / 2 * count).astype(int)
        sound[at] += level * rng.exponential(1, len(at)) * rng.choice([-1, 1], len(at))
    if rng.random() < 0.4:
        sound[int(rng.integers(RATE // 2))::int(RATE * 60 / 78)] += 1.5
    return shaped(sound, limited_to(between(rng, 200, 800), between(rng, 3000, 9000))) * 3


def _old(rng, samples):
    for _ in range(2):
        samples = shaped(samples, limited_to(between(rng, 120, 320), between(rng, 2400, 5000)))
    samples = samples / (samples.std() + 1e-9)
    hiss = shaped(white(rng, len(samples)), limited_to(200, 6000))
    return samples + crackle(rng, len(samples)) * rng.uniform(0.9, 2.5) + 10 ** (-rng.uniform(14, 30) / 20) * hiss / hiss.std()


_MADE = {"noisy": _noisy, "muffled": _muffled, "distorted": _distorted, "echoing": _echoing, "telephone": _telephone, "old": _old}
