"""Smooth and fractal random fields, and coordinates, that drawn scenes are made of."""
import numpy as np

from .draw import SIZE

_axis = ((np.arange(SIZE) + 0.5) / SIZE).astype(np.float32)
# 0 to 1 from left to right, and from top to bottom.
U, V = np.meshgrid(_axis, _axis)


def fractal(rng, fall=1.6, stretch=1.0):
    """A fractal field [SIZE, SIZE], 0 to 1; stretch above 1 draws it out sideways, below 1 upwards."""
    down, across = np.fft.fftfreq(SIZE)[:, None] * SIZE, np.fft.rfftfreq(SIZE)[None] * SIZE
    weight = 1 / np.maximum(np.hypot(down, across * stretch), 1) ** fall
    weight[0, 0] = 0
    phase = rng.uniform(0, 2 * np.pi, weight.shape)
    field = np.fft.irfft2(weight * np.exp(1j * phase) * rng.rayleigh(1, weight.shape), (SIZE, SIZE))
    field = (field - field.mean()) / (field.std() + 1e-9)
    return np.clip(0.5 + field * 0.22, 0, 1).astype(np.float32)


def ridge(rng, roughness=1.6):
    """A random outline [SIZE], about -1 to 1, from left to right."""
    k = np.arange(1, 20)
    weight = rng.normal(size=19) / k ** roughness
    line = (weight[:, None] * np.sin(2 * np.pi * k[:, None] * _axis[None] * 0.7 + rng.uniform(0, 7, 19)[:, None])).sum(0)
    return (line / (np.abs(line).max() + 1e-9)).astype(np.float32)


def colour(rng, *choices, spread=0.05):
    """Near one of the given RGB values (0 to 255): float [3] in 0..1."""
    return np.clip(np.array(choices[int(rng.integers(len(choices)))]) / 255 + rng.normal(0, spread, 3), 0, 1).astype(np.float32)


def blend(a, b, share):
    """From a to b by a field of shares."""
    share = np.asarray(share, np.float32)[..., None]
    return a * (1 - share) + b * share


def upright(rng, top, bottom):
    """A gradient from top to bottom."""
    return blend(top, bottom, np.clip(V * rng.uniform(0.9, 1.3), 0, 1))


def box(picture, left, top, right, bottom, value):
    """Fills a rectangle given in shares of the picture, in place."""
    columns, rows = [int(round(np.clip(s, 0, 1) * SIZE)) for s in (left, right)], [int(round(np.clip(s, 0, 1) * SIZE)) for s in (top, bottom)]
    picture[rows[0]:rows[1], columns[0]:columns[1]] = value
    return picture
