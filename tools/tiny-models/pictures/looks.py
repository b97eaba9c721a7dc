"""How pictures look: turns scenes into cartoons, and degrades pictures; numpy, one picture [SIZE, SIZE, 3] at a time."""
import numpy as np
from PIL import Image, ImageFilter

from .draw import SIZE
from .noise import U, V, blend
from .writing import subtitle_over

_LUMA = np.array([0.299, 0.587, 0.114], np.float32)


def _image(picture):
    return Image.fromarray(np.round(np.clip(picture, 0, 1) * 255).astype(np.uint8))


def _array(image):
    return np.asarray(image, np.float32) / 255


def blur(picture, radius):
    return _array(_image(picture).filter(ImageFilter.GaussianBlur(radius)))


def cartoon(rng, picture):
    """Few flat colours, with or without dark outlines."""
    image = _image(picture).filter(ImageFilter.MedianFilter(5 if rng.random() < 0.7 else 3))
    flat = _array(image.quantize(int(rng.integers(4, 11)), dither=Image.Dither.NONE).convert("RGB").filter(ImageFilter.ModeFilter(3)))
    grey = flat.mean(-1, keepdims=True)
    flat = np.clip(grey + (flat - grey) * rng.uniform(1.0, 1.9), 0, 1)
    if rng.random() < 0.5:
        edges = np.maximum(np.abs(np.diff(flat, axis=0, append=flat[-1:])).sum(-1), np.abs(np.diff(flat, axis=1, append=flat[:, -1:])).sum(-1))
        flat = blend(flat, np.full(3, 0.05, np.float32), np.clip(edges * rng.uniform(1.5, 4), 0, 1) * rng.uniform(0.6, 1))
    return flat


def _noisy(rng, picture):
    strength = rng.uniform(0.11, 0.25)
    grain = rng.standard_normal((SIZE, SIZE, 3 if rng.random() < 0.5 else 1)).astype(np.float32)
    return picture + grain * strength


def _pixelated(rng, picture):
    cells = int(rng.choice([8, 10, 12, 16]))
    return _array(_image(picture).resize((cells, cells), Image.BOX).resize((SIZE, SIZE), Image.NEAREST))


def _grey(picture):
    return (picture @ _LUMA)[..., None].repeat(3, -1)


def _sepia(rng, picture):
    tone = np.array([1.0, rng.uniform(0.76, 0.86), rng.uniform(0.5, 0.64)], np.float32)
    return np.clip(_grey(picture) * rng.uniform(0.85, 1.1) + 0.05, 0, 1) * tone


def _scratched(rng, picture):
    style = rng.random()
    picture = _grey(picture) if style < 0.4 else _sepia(rng, picture) if style < 0.7 else 0.25 + 0.6 * picture * np.float32([1, 0.9, 0.75])
    picture = picture * (1.05 - 0.5 * (np.hypot(U - 0.5, V - 0.5)[..., None] / 0.7) ** 2)
    for _ in range(int(rng.integers(2, 7))):
        picture = blend(picture, np.full(3, rng.choice([0.05, 0.95]), np.float32), np.repeat((np.arange(SIZE) == rng.integers(SIZE))[None], SIZE, 0) * (rng.random((SIZE, 1)) < 0.8) * 0.8)
    dust = rng.random((SIZE, SIZE)) < 0.012
    return blend(picture, np.full(3, 0.95, np.float32), dust) + rng.normal(0, 0.04, (SIZE, SIZE, 1))


def _barred(rng, picture):
    rows = int(SIZE * rng.uniform(0.1, 0.17))
    whole = np.zeros_like(picture)
    whole[rows:SIZE - rows] = _array(_image(picture).resize((SIZE, SIZE - 2 * rows), Image.BILINEAR))
    return whole


def _watched(rng, picture):
    """A surveillance camera's: grey, noisy, soft, with figures in a corner."""
    picture = blur(_grey(picture) * rng.uniform(0.5, 0.9) * np.float32([0.9, 1, 0.92]), 0.8) + rng.standard_normal((SIZE, SIZE, 1)) * rng.uniform(0.05, 0.12)
    x, y = rng.choice([2, 34]), rng.choice([2, 57])
    picture[y:y + 5, x:x + 28] = np.where(rng.random((5, 28, 1)) < 0.5, 0.95, 0.1)
    return picture


# Look: (how, what it makes true, what it leaves open).
DEGRADED = {
    "underexposed": (lambda rng, p: p * rng.uniform(0.12, 0.3), ["underexposed"], ["night", "noisy", "vivid", "photographic"]),
    "overexposed": (lambda rng, p: p * rng.uniform(0.6, 0.9) + rng.uniform(0.45, 0.6), ["overexposed"], ["washed-out", "fog", "snow"]),
    "washed-out": (lambda rng, p: 0.38 + (p - p.mean()) * rng.uniform(0.25, 0.4) + rng.uniform(0, 0.2), ["washed-out"], ["overexposed", "fog"]),
    "black-and-white": (lambda rng, p: _grey(p), ["black-and-white"], ["old film", "security"]),
    "sepia": (_sepia, ["sepia"], ["old film", "sunset"]),
    "blurry": (lambda rng, p: blur(p, rng.uniform(2.0, 4.0)), ["blurry"], ["fog"]),
    "noisy": (_noisy, ["noisy"], ["security", "old film", "texture", "stone"]),
    "pixelated": (_pixelated, ["pixelated"], ["blurry", "sharp"]),
    "old film": (_scratched, ["old film"], ["sepia", "black-and-white", "noisy", "washed-out"]),
    "widescreen": (_barred, ["widescreen"], []),
    "security": (_watched, ["security", "noisy"], ["black-and-white", "blurry", "text", "old film", "underexposed"]),
    "subtitles": (lambda rng, p: subtitle_over(rng, p), ["subtitles", "text"], []),
}
SHARES = np.array([3.0 if look == "blurry" else 2.0 if look == "noisy" else 1.0 for look in DEGRADED])
SHARES_FREELY = np.where(SHARES == 3, 6.0, SHARES)  # to train on: what is blurred is learnt last
SHARES, SHARES_FREELY = SHARES / SHARES.sum(), SHARES_FREELY / SHARES_FREELY.sum()
TONES = ["underexposed", "overexposed", "washed-out", "black-and-white", "sepia"]
_HARM = {"blurry": (0, 1), "pixelated": (0, 1), "noisy": (1, 0), "old film": (1, 0), "security": (1, 1)}  # by look: not clean, not sharp


def degrade(rng, picture, look):
    return np.clip(DEGRADED[look][0](rng, picture), 0, 1).astype(np.float32)


def slightly(rng, picture):
    """Worn a little, as most video is: nothing that would be named."""
    if rng.random() < 0.5:
        picture = blur(picture, rng.uniform(0.3, 0.8))
    return np.clip(picture + rng.standard_normal(picture.shape).astype(np.float32) * rng.uniform(0.0, 0.035), 0, 1)


def said_of(look):
    """What is true and what is open of a picture with this look; None is an unworn one."""
    if look is None:
        return ["sharp", "clean"], []
    true, opened = list(DEGRADED[look][1]), list(DEGRADED[look][2])
    noise, soft = _HARM.get(look, (0, 0))
    true += ["clean"] if not noise and look != "underexposed" and look != "pixelated" else []
    opened += ["clean"] if look == "pixelated" else []
    opened += [] if soft else ["sharp"]
    return true, [o for o in opened if o not in true]
