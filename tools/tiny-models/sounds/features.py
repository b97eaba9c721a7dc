"""Log-mel features, as ClapFeatureExtractor of Hugging Face makes them with truncation "rand_trunc" and padding "repeatpad"."""
import numpy as np

RATE, SECONDS, WINDOW, HOP = 16000, 2, 512, 160
SAMPLES = RATE * SECONDS
FRAMES, BANDS = SAMPLES // HOP + 1, 64
# Resamplers differ in what they leave above 7.2 kHz, so nothing up there is looked at.
LOWEST, HIGHEST = 50, 7000
FLOOR = 1e-10

_HANN = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(WINDOW) / WINDOW)


def _to_mel(hertz):
    """Slaney's scale: linear below 1 kHz, logarithmic above."""
    return np.where(hertz < 1000, 3 * hertz / 200, 15 + np.log(np.maximum(hertz, 1) / 1000) * 27 / np.log(6.4))


def _to_hertz(mel):
    return np.where(mel < 15, 200 * mel / 3, 1000 * np.exp((mel - 15) * np.log(6.4) / 27))


def mel_filters(bands=BANDS, lowest=LOWEST, highest=HIGHEST):
    """Triangles of equal area (Slaney's norm), float64 [WINDOW / 2 + 1, bands]."""
    corners = _to_hertz(np.linspace(_to_mel(lowest), _to_mel(highest), bands + 2))
    away = corners[None] - np.linspace(0, RATE // 2, WINDOW // 2 + 1)[:, None]
    width = np.diff(corners)
    triangles = np.maximum(0, np.minimum(-away[:, :-2] / width[:-1], away[:, 2:] / width[1:]))
    return triangles * (2 / (corners[2:] - corners[:-2]))


_FILTERS = mel_filters()


def band_centres():
    """Hertz in the middle of each band, and how wide each is: float64 [BANDS] both."""
    corners = _to_hertz(np.linspace(_to_mel(LOWEST), _to_mel(HIGHEST), BANDS + 2))
    return corners[1:-1], (corners[2:] - corners[:-2]) / 2


def repeat_to(samples, length=SAMPLES):
    """Whole repeats, then zeros ("repeatpad"); a longer sound is cut."""
    repeated = np.tile(samples[:length], max(1, length // len(samples)))
    return np.pad(repeated, (0, length - len(repeated)))


def mel_powers(samples, filters=_FILTERS):
    """float64 [frames, bands] of a sound of full length; no floor, no logarithm."""
    padded = np.pad(np.asarray(samples, np.float64), WINDOW // 2, mode="reflect")
    frames = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[::HOP]
    return np.abs(np.fft.rfft(frames * _HANN, axis=1)) ** 2 @ filters


def decibels(powers):
    """float32 dB with the extractor's floor at -100 dB."""
    return (10 * np.log10(np.maximum(powers, FLOOR))).astype(np.float32)
