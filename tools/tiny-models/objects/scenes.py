"""Draws scenes: shapes and icons, small and large, some across an edge or partly hidden, on grounds with clutter, worn like real video."""
from dataclasses import dataclass
from io import BytesIO

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from . import material
from .shapes import SHAPES, other_form, shape

CLASSES = [*SHAPES, *material.CLASSES]
# How often each comes, where what is harder to learn shall come more often.
HARD = np.array([{"rectangle": 2, "face": 1.5, "person": 3, "animal": 3}.get(name, 1) for name in CLASSES]) / 16.5
HARDER = np.sqrt(HARD) / np.sqrt(HARD).sum()  # half the way there
BORDER = 114  # what a letterbox is filled with
NOTHING = np.empty((0, 5))
FINE = 3  # forms are drawn so many times as large, and reduced


@dataclass
class Scene:
    """RGB uint8 [side, side, 3]; a row for each object: left, top, right, bottom in pixels, class."""
    pixels: np.ndarray
    objects: np.ndarray


def _colour(rng):
    """Any colour; bright ones, and those near the corners of RGB, more often."""
    if rng.random() < 0.5:
        return np.clip(rng.choice([0, 255, 128], 3, p=[0.42, 0.42, 0.16]) + rng.normal(0, 22, 3), 0, 255)
    return rng.uniform(0, 255, 3)


def _colour_apart(rng, ground):
    for _ in range(20):
        colour = _colour(rng)
        if np.abs(colour - ground).sum() > 130:
            break
    return colour


def _smooth(rng, width, height, cells):
    """RGB of smooth noise, -1 to 1."""
    small = Image.fromarray(rng.integers(0, 256, (cells, cells, 3), np.uint8))
    return np.asarray(small.resize((width, height), Image.BICUBIC), np.float32) / 127.5 - 1


def _ground(rng, width, height):
    base = _colour(rng)
    picture = np.empty((height, width, 3), np.float32)
    picture[:] = base
    kind = rng.random()
    if kind < 0.25:
        across, down = np.linspace(0, 1, width)[None, :, None], np.linspace(0, 1, height)[:, None, None]
        share = across if rng.random() < 0.5 else down
        picture += (share * (_colour(rng) - base)).astype(np.float32)
    elif kind < 0.6:
        picture += _smooth(rng, width, height, int(rng.choice([3, 5, 9, 20]))) * rng.uniform(10, 120)
        if rng.random() < 0.5:
            picture += _smooth(rng, width, height, int(rng.choice([32, 64, 96]))) * rng.uniform(5, 60)
    if rng.random() < 0.5:
        grey = picture.mean(2, keepdims=True)
        picture = grey + (picture - grey) * rng.uniform(0, 0.8)
    return Image.fromarray(np.clip(picture, 0, 255).astype(np.uint8))


def _turned(polygons, turn):
    turning = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    return [polygon @ turning for polygon in polygons]


def _fitted(polygons, size):
    """Moved and scaled so that the longer side of what they fill is so many pixels."""
    low, high = polygons[0].min(0), polygons[0].max(0)
    scale = size / (high - low).max()
    return [(polygon - low) * scale for polygon in polygons]


def _mask(polygons):
    """What polygons fill, smooth at the edges."""
    width, height = np.ceil(polygons[0].max(0)).astype(int) + 1
    fine = Image.new("L", (int(width) * FINE, int(height) * FINE))
    pen = ImageDraw.Draw(fine)
    for i, polygon in enumerate(polygons):
        pen.polygon([tuple(point) for point in polygon * FINE], fill=0 if i else 255)
    return fine.reduce(FINE)


def _turn(rng):
    return rng.uniform(0, 2 * np.pi) if rng.random() < 0.4 else rng.normal(0, 0.08) + np.pi / 2 * int(rng.integers(4)) * (rng.random() < 0.3)


def _ink(rng, size, ground):
    """What a form is filled with: a colour, at times shaded."""
    colour = _colour_apart(rng, ground)
    if rng.random() < 0.75:
        return Image.new("RGB", size, tuple(int(c) for c in colour))
    shade = colour + _smooth(rng, *size, int(rng.choice([2, 3, 6]))) * rng.uniform(8, 45)
    return Image.fromarray(np.clip(shade, 0, 255).astype(np.uint8))


def _paint(rng, mask, polygons, ground):
    """What a form is filled with; some have a line around them."""
    ink = _ink(rng, mask.size, ground)
    size = max(mask.size)
    if rng.random() < 0.2 and size > 24:
        pen = ImageDraw.Draw(ink)
        width = max(1, int(size * rng.uniform(0.02, 0.07)))
        colour = tuple(int(c) for c in _colour(rng))
        for polygon in polygons:
            points = [tuple(point) for point in polygon]
            pen.line([*points, points[0]], fill=colour, width=2 * width, joint="curve")
    return ink


def _icon(rng, icons, size):
    """One of the icons, mirrored, turned a little, stretched, outlined, or in other colours."""
    icon = Image.fromarray(icons[int(rng.integers(len(icons)))])
    if rng.random() < 0.5:
        icon = icon.transpose(Image.FLIP_LEFT_RIGHT)
    if rng.random() < 0.35:
        icon = icon.rotate(rng.normal(0, 9), Image.BILINEAR, expand=True)
        icon = icon.crop(icon.getchannel("A").point(lambda alpha: 255 if alpha > 100 else 0).getbbox())
    sides = np.array(icon.size) * (np.exp(rng.normal(0, 0.13, 2)) if rng.random() < 0.4 else 1)
    icon = icon.resize([max(4, round(side)) for side in sides * size / sides.max()], Image.BILINEAR, reducing_gap=2)
    if size > 30 and rng.random() < 0.2:
        icon = _outlined(rng, icon)
    if rng.random() < 0.4:  # so that colours do not tell the classes
        values = np.asarray(icon.convert("RGB"), np.float32)
        values = values[..., rng.permutation(3)] if rng.random() < 0.5 else values * rng.uniform(0.6, 1.1) + rng.normal(0, 20, 3)
        changed = Image.fromarray(np.clip(values, 0, 255).astype(np.uint8))
        changed.putalpha(icon.getchannel("A"))
        return changed
    return icon


def _outlined(rng, icon):
    """A line around the icon, mostly dark, as some sets have it."""
    alpha = ImageChops.invert(icon.getchannel("A").filter(ImageFilter.MinFilter(3 if icon.height < 90 else 5)))
    colour = tuple(int(c) for c in (rng.uniform(0, 50, 3) if rng.random() < 0.8 else _colour(rng)))
    lined = icon.copy()
    lined.paste(colour, (0, 0), alpha)
    lined.putalpha(icon.getchannel("A"))
    return lined


def _add(rng, picture, size, thing, others, share):
    """Puts polygons or an icon at a place where no more than a share of it hides others; returns its box, or None without such a place."""
    is_form = isinstance(thing, list)
    polygons = _fitted(_turned(thing, _turn(rng)), size) if is_form else None
    extent = polygons[0].max(0) if is_form else np.array(thing.size, float)
    for _ in range(6):
        corner = np.round(_place(rng, extent, *picture.size)).astype(int)
        box = np.clip(np.concatenate([corner, corner + extent]), 0, picture.size * 2)
        if _hidden(box, others) > share:
            continue
        if is_form:
            mask = _mask(polygons)
            ground = np.asarray(picture.resize((1, 1), Image.BOX, tuple(box)))[0, 0].astype(float)
            picture.paste(_paint(rng, mask, polygons, ground), tuple(corner), mask)
        else:
            picture.paste(thing, tuple(corner), thing)
        return box
    return None


def _size(rng, smallest, largest):
    """Pixels of the longer side, small ones more often."""
    return smallest * (largest / smallest) ** rng.beta(1, 1.25)


def _place(rng, extent, width, height):
    """The corner of an object of this extent; some reach across an edge by up to a third."""
    room = np.array([width, height]) - extent
    over = extent * (0.33 if rng.random() < 0.15 else 0)
    low, high = np.minimum(-over, room), np.maximum(room + over, 0)
    return np.where(room < 0, room / 2, rng.uniform(low, np.maximum(high, low + 1e-6)))


def _hidden(box, others):
    """The largest share of the smaller of two boxes that both have."""
    if len(others) == 0:
        return 0.0
    common = np.clip(np.minimum(box[2:], others[:, 2:4]) - np.maximum(box[:2], others[:, :2]), 0, None).prod(1)
    areas = (others[:, 2:4] - others[:, :2]).prod(1)
    return float((common / np.minimum(areas, (box[2:] - box[:2]).prod())).max())


def _clutter(rng, picture, icons):
    """Lines, writing-like strokes, forms without names and things without a class."""
    width, height = picture.size
    pen = ImageDraw.Draw(picture)
    for _ in range(int(rng.integers(0, 5)) * (rng.random() < 0.5)):
        points = rng.uniform(0, 1, (int(rng.integers(2, 6)), 2)) * [width, height]
        pen.line([tuple(p) for p in points], fill=tuple(int(c) for c in _colour(rng)), width=int(rng.integers(1, 6)))
    for _ in range(int(rng.integers(0, 4)) * (rng.random() < 0.3)):
        x, y, step = rng.uniform(0, width * 0.8), rng.uniform(0, height), rng.uniform(3, 9)
        colour = tuple(int(c) for c in _colour(rng))
        for k in range(int(rng.integers(4, 20))):
            a, b = rng.uniform(0, step, (2, 2)) * [0.8, 1.4] + [x + k * step, y]
            pen.line([tuple(a), tuple(b)], fill=colour, width=1 + (step > 6))
    for _ in range(int(rng.integers(0, 6)) * (rng.random() < 0.65)):
        size = _size(rng, 10, 0.92 * min(width, height * 1.3))
        thing = other_form(rng) if rng.random() < 0.5 else _icon(rng, icons[material.OTHER], size)
        _add(rng, picture, size, thing, NOTHING, 1)


def _wear(rng, picture):
    """Blur, light, noise and what coding takes away: each on some of the pictures."""
    if rng.random() < 0.3:
        picture = picture.filter(ImageFilter.GaussianBlur(rng.uniform(0.3, 1.3)))
    if rng.random() < 0.12:  # moved while it was taken
        length = int(rng.choice([3, 5]))
        kernel = np.zeros((length, length))
        kernel[(length // 2, slice(None)) if rng.random() < 0.5 else (slice(None), length // 2)] = 1
        picture = picture.filter(ImageFilter.Kernel((length, length), list(kernel.ravel())))
    if rng.random() < 0.45:
        values = np.asarray(picture, np.float32)
        values = values * rng.uniform(0.55, 1.15) + rng.uniform(-20, 25)
        if rng.random() < 0.6:
            values = values + rng.standard_normal(values.shape, np.float32) * rng.uniform(1, 14)
        picture = Image.fromarray(np.clip(values, 0, 255).astype(np.uint8))
    if rng.random() < 0.5:
        coded = BytesIO()
        picture.save(coded, "JPEG", quality=int(rng.integers(30, 96)))
        picture = Image.open(coded).convert("RGB")
    return picture


def draw(rng, side, icons, shares=None):
    """Draws one scene. icons are those of `material.fetch`; shares are of the classes, even if not given; small objects have about 24 of 320 pixels."""
    width, height = [(side, side), (side, round(side * 9 / 16)), (round(side * 9 / 16), side), (side, round(side * 3 / 4))][
        int(rng.choice(4, p=[0.5, 0.32, 0.06, 0.12]))]
    picture = _ground(rng, width, height)
    _clutter(rng, picture, icons)
    rows = NOTHING
    count = 0 if rng.random() < 0.06 else 1 + min(int(rng.exponential(4.5 * (side / 256))), 11)
    largest = 0.92 * min(width, height * 1.3) / (1 if count < 4 else 1.7)
    for _ in range(count):
        name = int(rng.integers(len(CLASSES)) if shares is None else rng.choice(len(CLASSES), p=shares))
        size = _size(rng, 22, largest)
        thing = shape(rng, CLASSES[name]) if name < len(SHAPES) else _icon(rng, icons[CLASSES[name]], size)
        box = _add(rng, picture, size, thing, rows, 0.2 if rng.random() < 0.4 else 0.02)
        if box is not None:
            rows = np.concatenate([rows, [[*box, name]]])
    pixels = np.full((side, side, 3), BORDER, np.uint8)
    pixels[:height, :width] = np.asarray(_wear(rng, picture))
    return Scene(pixels, rows)
