"""The 11 basic colour names: which RGB values carry which name, and values to draw each name with.

Names have gaps between them on purpose (teal, gold, salmon, ...): a value in a gap has no certain name, only
plausible ones, so that no picture is ever called wrong for a colour that people would argue about.
"""
import numpy as np

NAMES = ["black", "white", "grey", "red", "orange", "yellow", "green", "blue", "purple", "pink", "brown"]
INDEX = {name: i for i, name in enumerate(NAMES)}
BLACK, WHITE, GREY = 0, 1, 2
CELLS = 32  # cells per channel of the lookup tables

# CSS values that users and ffmpeg call by, or near, these names.
CSS = {
    "black": ["000000", "0a0a0a"],
    "white": ["ffffff", "fafafa", "f5f5f5"],
    "grey": ["808080", "a9a9a9", "696969", "c0c0c0", "707070", "999999"],
    "red": ["ff0000", "ff0000", "ee1111", "dc143c", "cc0000", "e60000"],
    "orange": ["ffa500", "ff8c00", "ff7f00", "f28c0f"],
    "yellow": ["ffff00", "ffff00", "ffee00", "f5e61e", "fff04d"],
    "green": ["008000", "008000", "00ff00", "228b22", "32cd32", "006400", "2e8b57"],
    "blue": ["0000ff", "0000ff", "000080", "4169e1", "1e90ff", "0000cd", "4682b4"],
    "purple": ["800080", "800080", "4b0082", "9400d3", "8a2be2", "663399"],
    "pink": ["ffc0cb", "ffc0cb", "ffb6c1", "ff69b4", "ff85c0"],
    "brown": ["a52a2a", "a52a2a", "8b4513", "a0522d", "654321", "7b3f00"],
}

# Hues (degrees) between names, and what people call them: cyan, magenta, violet, gold, olive, rose.
BETWEEN = [
    (150, 206, ["green", "blue"]),
    (248, 270, ["blue", "purple"]),
    (284, 326, ["purple", "pink"]),
    (42, 52, ["orange", "yellow"]),
    (40, 86, ["yellow", "green", "brown"]),
    (320, 360, ["red", "pink"]),
    (8, 24, ["red", "orange", "brown"]),
]


def hsv(rgb):
    """Hue in degrees, saturation, value and chroma of float RGB in 0..1."""
    r, g, b = rgb[..., 0], rgb[..., 1], rgb[..., 2]
    high, low = rgb.max(-1), rgb.min(-1)
    chroma = high - low
    safe = np.maximum(chroma, 1e-6)
    hue = np.where(high == r, ((g - b) / safe) % 6, np.where(high == g, (b - r) / safe + 2, (r - g) / safe + 4))
    return hue * 60, chroma / np.maximum(high, 1e-6), high, chroma


def name_masks(rgb):
    """For float RGB [..., 3]: booleans [..., 11], true where the name is beyond doubt."""
    h, s, v, c = hsv(rgb)
    low = v - c
    masks = {
        "black": (v < 0.14) & (c < 0.1),
        "white": (low > 0.9) & (c < 0.06),
        "grey": (c < 0.055) & (low > 0.27) & (v < 0.82),
        "red": (((h > 344) & (s > 0.78)) | ((h < 9) & (s > 0.86))) & (v > 0.56) | ((h < 9) & (s > 0.8) & (v > 0.8)),
        "orange": (h > 21) & (h < 43) & (s > 0.75) & (v > 0.86),
        "yellow": (h > 51.5) & (h < 66) & (s > 0.5) & (v > 0.82),
        "green": (h > 84) & (h < 156) & (s > 0.38) & (v > 0.26) & (c > 0.2),
        "blue": (h > 203) & (h < 249) & (s > 0.45) & (v > 0.36) & (c > 0.3),
        "purple": (s > 0.45) & (v > 0.3) & (c > 0.25) & (((h > 266) & (h < 288)) | ((h > 285) & (h < 306) & (v < 0.74))),
        "pink": (v > 0.9) & (((h > 322) & (h < 343) & (s > 0.22) & (s < 0.75)) | ((h > 338) & (h < 358) & (s > 0.19) & (s < 0.42))),
        "brown": (((h < 14) & (s > 0.5) & (s < 0.79) & (v > 0.3) & (v < 0.67)) | ((h >= 13) & (h < 36) & (s > 0.5) & (v > 0.25) & (v < 0.65))),
    }
    return np.stack([masks[name] for name in NAMES], -1)


def _grid():
    steps = (np.arange(CELLS) + 0.5) / CELLS
    return np.stack(np.meshgrid(steps, steps, steps, indexing="ij"), -1).astype(np.float32)


def _dilate(mask, radius):
    """Grows a [CELLS]^3 mask by a ball of so many cells."""
    grown = mask.copy()
    padded = np.pad(mask, radius)
    span = range(-radius, radius + 1)
    for i in span:
        for j in span:
            for k in span:
                if i * i + j * j + k * k <= radius * radius:
                    grown |= padded[radius + i:radius + i + CELLS, radius + j:radius + j + CELLS, radius + k:radius + k + CELLS]
    return grown


def _tables():
    masks = name_masks(_grid())
    masks[0, 0, 0, BLACK] = True
    certain = masks.any(-1)
    # Per cell: what it may be called by someone. Certain cells keep their own name only.
    plausible = np.stack([_dilate(masks[..., i], 5) for i in range(len(NAMES))], -1)
    h, sat, v, _ = hsv(_grid())
    for first, last, names in BETWEEN:
        for name in names:
            plausible[..., INDEX[name]] |= (h >= first) & (h <= last) & (sat > 0.2) & (v > 0.15)
    plausible = np.where(certain[..., None], masks, plausible)
    return certain.reshape(-1), masks.reshape(-1, len(NAMES)), plausible.reshape(-1, len(NAMES))


CERTAIN, NAMED, PLAUSIBLE = _tables()
CERTAIN_F, NAMED_F, PLAUSIBLE_F = (t.astype(np.float32) for t in (CERTAIN, NAMED, PLAUSIBLE))
_CELLS_OF = [np.flatnonzero(NAMED[:, i]) for i in range(len(NAMES))]
_NAMELESS = np.flatnonzero(~CERTAIN)
_CSS_RGB = [np.array([[int(x[i:i + 2], 16) / 255 for i in (0, 2, 4)] for x in CSS[name]], np.float32) for name in NAMES]


def cell_index(rgb):
    """Flat lookup-table index of float RGB in 0..1."""
    q = np.minimum((rgb * CELLS).astype(np.int32), CELLS - 1)
    return (q[..., 0] * CELLS + q[..., 1]) * CELLS + q[..., 2]


def coverage(rgb):
    """Shares of each picture of [B, N, 3] pixels: certainly named, and possibly named so, each [B, 11]."""
    cells = cell_index(rgb)
    return NAMED_F[cells].mean(1), PLAUSIBLE_F[cells].mean(1)


def sample(rng, colour):
    """One RGB value of the colour with this index; -1 draws a colour between the names."""
    if colour < 0:
        return _from_cell(rng, _NAMELESS)
    if rng.random() < 0.5:
        pick = _CSS_RGB[colour][rng.integers(len(_CSS_RGB[colour]))]
        near = np.clip(pick + rng.normal(0, 0.02, 3), 0, 1) if rng.random() < 0.6 else pick
        return near if NAMED[cell_index(near), colour] else pick
    return _from_cell(rng, _CELLS_OF[colour])


def _from_cell(rng, cells):
    cell = cells[rng.integers(len(cells))]
    corner = np.array([cell // CELLS ** 2, cell // CELLS % CELLS, cell % CELLS])
    return (corner + rng.random(3)) / CELLS
