"""What is done to waveforms (float64 at RATE), whatever they are of."""
import numpy as np

from .features import RATE, SAMPLES, SECONDS


def resampled(samples, ratio):
    """As many samples as ratio says, through the spectrum; also speeds a sound up or down."""
    count = int(len(samples) * ratio)
    spectrum = np.fft.rfft(samples)
    bins = count // 2 + 1
    kept = np.zeros(bins, complex)
    kept[:min(bins, len(spectrum))] = spectrum[:bins]
    return np.fft.irfft(kept, count) * ratio


def shaped(samples, gain):
    """The sound with its spectrum multiplied by gain(frequencies)."""
    frequencies = np.fft.rfftfreq(len(samples), 1 / RATE)
    return np.fft.irfft(np.fft.rfft(samples) * gain(frequencies), len(samples))


def limited_to(lowest, highest):
    """Gain of a band with soft edges (24 dB an octave)."""
    return lambda f: 1 / np.sqrt((1 + (lowest / np.maximum(f, 1e-3)) ** 8) * (1 + (f / highest) ** 8))


def cut_at(highest):
    """Gain of a source of a low sample rate: all up to a frequency, and nothing above."""
    return lambda f: np.clip((highest - f) / (0.04 * highest), 0, 1)


def tilted(decibels_per_octave):
    """Gain that falls or rises around 1 kHz."""
    return lambda f: 10 ** (decibels_per_octave * np.log2(np.clip(f, 40, None) / 1000) / 20)


def worn(rng, samples, tilt=4.0, room=0.3):
    """As if through another microphone, room or source: tone control, echo, a band of its own."""
    if rng.random() < room:
        samples = _in_room(rng, samples)
    if rng.random() < 0.5:
        samples = shaped(samples, tilted(rng.uniform(-tilt, tilt)))
    if rng.random() < 0.3:
        samples = shaped(samples, limited_to(np.exp(rng.uniform(np.log(40), np.log(350))), rng.uniform(3000, 9000)))
    if rng.random() < 0.25:
        samples = shaped(samples, cut_at(rng.uniform(3300, 7500)))
    return samples


def _in_room(rng, samples):
    seconds = rng.uniform(0.15, 0.7)
    count = int(seconds * RATE)
    echo = rng.normal(size=count) * np.exp(-6.9 * np.arange(count) / count)
    echo *= rng.uniform(0.1, 0.6) / np.sqrt((echo ** 2).sum())
    echo[0] += 1
    size = 1 << (len(samples) + count).bit_length()  # long enough that the end does not come round to the beginning
    return np.fft.irfft(np.fft.rfft(samples, size) * np.fft.rfft(echo, size), size)[:len(samples)]


def loudest(samples, seconds=0.05):
    """RMS of the loudest part of so many seconds."""
    length = int(seconds * RATE)
    energy = np.concatenate([[0.0], np.cumsum(samples ** 2)])
    return np.sqrt(np.maximum((energy[length:] - energy[:-length]).max(), 0) / length)


def active_share(samples, below=30.0):
    """Share of 10 ms parts that are at most so many dB below the loudest."""
    parts = samples[:len(samples) // 160 * 160].reshape(-1, 160)
    power = (parts ** 2).mean(1)
    return float((power > power.max() * 10 ** (-below / 10)).mean())


def white(rng, count=SAMPLES):
    """Noise that holds all frequencies alike."""
    return rng.normal(size=count)


def between(rng, low, high):
    """A number between two, every octave alike."""
    return float(np.exp(rng.uniform(np.log(low), np.log(high))))


def times(rng, per_second):
    """When something happens that happens at random so often, in the seconds of a window."""
    return np.sort(rng.uniform(0, SECONDS, rng.poisson(SECONDS * per_second)))


def add_at(sound, at, part):
    """Adds a part in place, from a second on; what lies outside is left out."""
    start = int(at * RATE)
    part = part[max(0, -start):]
    start = max(0, start)
    length = max(0, min(len(part), len(sound) - start))
    sound[start:start + length] += part[:length]


def smooth(rng, seconds, decibels):
    """A strength around 1 that wanders by about so many decibels, turning about every so many seconds."""
    points = max(3, int(SECONDS / seconds) + 2)
    return 10 ** (np.interp(np.arange(SAMPLES) / RATE, np.linspace(0, SECONDS, points), rng.normal(0, decibels, points)) / 20)


def glide(rng, low, high, octaves):
    """A frequency between two that wanders by about so many octaves."""
    points = np.log2(between(rng, low, high)) + rng.normal(0, octaves / 2, 5)
    return 2 ** np.clip(np.interp(np.arange(SAMPLES) / RATE, np.linspace(0, SECONDS, 5), points), np.log2(low) - 0.5, np.log2(high) + 0.5)


def resonance(samples, hertz, sharpness, block=800):
    """The sound through a resonance that moves: in short overlapping parts, each with a peak of its own."""
    out = np.zeros(len(samples) + 2 * block)
    fade = np.hanning(2 * block + 1)[:-1]
    padded = np.pad(samples, block)
    for start in range(0, len(samples) + block, block):
        part = padded[start:start + 2 * block]
        if len(part) < 2 * block:
            break
        peak = hertz[min(start, len(hertz) - 1)]
        out[start:start + 2 * block] += fade * shaped(part, lambda f: 1 / (1 + (sharpness * (np.maximum(f, 1) / peak - peak / np.maximum(f, 1))) ** 2))
    return out[block:block + len(samples)]
