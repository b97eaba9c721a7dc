"""Draws scenes: flat frames, shapes on backgrounds, patterns, gradients and colour fields, as a batch.

A scene is drawn first as clean colours, from which its truths are read (what covers how much, how bright, how
colourful), and is then worn like real video: lighting, noise, blur, coarse chroma.
"""
from dataclasses import dataclass, fields

import numpy as np

from . import colours

SIZE = 64
SHAPES = ["circle", "square", "triangle", "star", "rectangle", "cross", "ring", "stripes", "checkerboard"]
STRIPES, CHECKERBOARD = 7, 8
DRAWN = 7  # the first seven are objects, the others fill the picture
NONE, UNKNOWN = -9, -1  # of an attribute: there is none; there is one without a certain name
OBJECTS = 3
SHARES = (0.13, 0.6, 0.09, 0.18)  # of flat frames, objects, patterns and fields

_axis = ((np.arange(SIZE) + 0.5) / SIZE * 2 - 1).astype(np.float32)
X, Y = np.meshgrid(_axis, _axis)


@dataclass
class Scenes:
    """Pictures float32 [B, SIZE, SIZE, 3] in 0..1 and what is true of them."""
    pixels: np.ndarray
    kind: np.ndarray        # [B] 0 flat, 1 objects, 2 pattern, 3 field, 4 picture of the pool
    colour: np.ndarray      # [B, OBJECTS] colour of each object, NONE where there is no object
    shape: np.ndarray       # [B, OBJECTS]
    ground: np.ndarray      # [B] colour of the background (flat: of the frame), NONE for patterns and fields
    pattern: np.ndarray     # [B] STRIPES, CHECKERBOARD or NONE
    pair: np.ndarray        # [B, 2] colours of the pattern
    named: np.ndarray       # [B, 11] share of the picture certainly of the colour
    plausible: np.ndarray   # [B, 11] share that could be called so
    brightness: np.ndarray  # [B] 0..1
    chroma: np.ndarray      # [B] 0..1, mean of max - min of RGB
    hues: np.ndarray        # [B] how many chromatic colours cover at least 8 %
    truth: np.ndarray = None  # [B, phrases] grades of phrases, where the pool's are known
    rows: np.ndarray = None   # [B] rows of the pool, -1 for what is drawn here


def joined(first, second):
    """Scenes one after the other, without truth and rows."""
    kept = [f.name for f in fields(Scenes) if f.name not in ("truth", "rows")]
    return Scenes(**{name: np.concatenate([getattr(first, name), getattr(second, name)]) for name in kept})


def _box(x, y, half_x, half_y):
    return np.maximum(np.abs(x) - half_x, np.abs(y) - half_y)


def _triangle(x, y, p):
    c, s = 0.8660254, 0.5
    y = y * (0.85 + 0.3 * p)
    return np.maximum(np.maximum(y - 0.5, c * x - s * y - 0.5), -c * x - s * y - 0.5)


def _star(x, y, p):
    angle = np.arctan2(x, -y)
    step = 2 * np.pi / 5
    folded = np.abs((angle + step / 2) % step - step / 2)
    radius = np.hypot(x, y)
    qx, qy = radius * np.cos(folded), radius * np.sin(folded)
    inner = 0.37 + 0.13 * p
    bx, by = inner * np.cos(step / 2), inner * np.sin(step / 2)
    nx, ny = by, 1 - bx
    return ((qx - 1) * nx + qy * ny) / np.hypot(nx, ny)


def _cross(x, y, p):
    w = 0.2 + 0.16 * p
    return np.minimum(_box(x, y, 1, w), _box(x, y, w, 1))


# Distance to the outline in units of the shape's radius, negative inside; p in 0..1 varies proportions.
OUTLINES = [
    lambda x, y, p: np.hypot(x * (0.97 + 0.06 * p), y) - 1,
    lambda x, y, p: _box(x, y, 0.86, 0.83 + 0.06 * p),
    _triangle,
    _star,
    lambda x, y, p: _box(x, y, 1, 0.26 + 0.34 * p),
    _cross,
    lambda x, y, p: np.abs(np.hypot(x, y) - (0.86 - 0.14 * p)) - (0.12 + 0.12 * p),
]


def _upsampler(points):
    """[SIZE, points]: linear interpolation of values spread over the picture."""
    at = np.linspace(0, points - 1, SIZE)
    left = np.minimum(at.astype(int), points - 2)
    weights = np.zeros((SIZE, points), np.float32)
    weights[np.arange(SIZE), left] = 1 - (at - left)
    weights[np.arange(SIZE), left + 1] += at - left
    return weights


_UP = {n: _upsampler(n) for n in (2, 3, 5, 9, 17, 33)}


def _smooth(rng, count, points, depth=1):
    """Smooth random fields [count, SIZE, SIZE, depth], about unit variance at the knots."""
    grid = rng.normal(size=(count, depth, points, points)).astype(np.float32)
    return np.moveaxis(_UP[points] @ grid @ _UP[points].T, 1, -1)


def _distance(a, b):
    return float(np.abs(np.asarray(a) - np.asarray(b)).sum())


def _colour_apart(rng, others, unknown_share):
    """A colour index and value well apart from the values given."""
    for _ in range(60):
        colour = UNKNOWN if rng.random() < unknown_share else int(rng.integers(11))
        value = colours.sample(rng, colour)
        if all(_distance(value, o) > 0.55 for o in others):
            return colour, value
    return UNKNOWN, 1 - np.asarray(others[0])


def _plan_objects(rng, row):
    count = int(rng.choice([1, 2, 3], p=[0.8, 0.13, 0.07]))
    ground, ground_value = int(rng.integers(11)) if rng.random() < 0.93 else UNKNOWN, None
    ground_value = colours.sample(rng, ground)
    row["ground"], row["base"] = ground, ground_value
    corners = rng.permutation(4)
    for k in range(count):
        colour, value = _colour_apart(rng, [ground_value], 0.06)
        if count == 1:
            radius = rng.uniform(0.3, 0.62) if rng.random() < 0.75 else rng.uniform(0.55, 0.85)
            room = max(0.0, 1.06 - radius)
            centre = rng.uniform(-room, room, 2) * (rng.random() < 0.75)
        else:
            radius = rng.uniform(0.3, 0.42)
            corner = np.array([corners[k] % 2, corners[k] // 2]) * 2 - 1
            centre = corner * 0.5 + rng.uniform(-0.08, 0.08, 2)
        shape = int(rng.integers(DRAWN))
        turn = rng.uniform(0, 2 * np.pi) if rng.random() < 0.45 else rng.normal(0, 0.06)
        row["objects"].append((colour, shape, value, radius, centre, turn, rng.random()))


def _draw_objects(rows, pixels):
    """Paints the planned objects, all of one shape at a time."""
    for slot in range(OBJECTS):
        for shape in range(DRAWN):
            which = [i for i, row in enumerate(rows) if len(row["objects"]) > slot and row["objects"][slot][1] == shape]
            if not which:
                continue
            plan = [rows[i]["objects"][slot] for i in which]
            value = np.array([o[2] for o in plan], np.float32)
            radius, turn, p = (np.array([o[k] for o in plan], np.float32)[:, None, None] for k in (3, 5, 6))
            centre = np.array([o[4] for o in plan], np.float32)
            dx, dy = X - centre[:, 0, None, None], Y - centre[:, 1, None, None]
            x = (np.cos(turn) * dx + np.sin(turn) * dy) / radius
            y = (np.cos(turn) * dy - np.sin(turn) * dx) / radius
            away = OUTLINES[shape](x, y, p) * radius * (SIZE / 2)
            soft = np.array([rows[i]["soft"] for i in which], np.float32)[:, None, None]
            alpha = np.clip(0.5 - away / soft, 0, 1)[..., None]
            pixels[which] = pixels[which] * (1 - alpha) + value[:, None, None, :] * alpha


def _draw_pattern(rng, row):
    row["pattern"] = STRIPES if rng.random() < 0.6 else CHECKERBOARD
    first, a = _colour_apart(rng, [], 0.08)
    second, b = _colour_apart(rng, [a], 0.08)
    row["pair"] = [first, second]
    turn = rng.choice([0, np.pi / 2]) + rng.normal(0, 0.03) if rng.random() < 0.6 else rng.uniform(0, np.pi)
    u, v = np.cos(turn) * X + np.sin(turn) * Y, np.cos(turn) * Y - np.sin(turn) * X
    period = rng.uniform(0.25, 0.7)  # of two bands, in half pictures
    edge = period * SIZE / 2 / (2 * np.pi)
    u, v = (np.sin(2 * np.pi * (w / period + rng.random())) * 2 * edge for w in (u, v))
    if row["pattern"] == CHECKERBOARD:
        u = u * v / np.maximum(np.maximum(np.abs(u), np.abs(v)), 1e-3)
    alpha = np.clip(0.5 + u / row["soft"], 0, 1)[..., None]
    return a * (1 - alpha) + b * alpha


def _draw_field(rng):
    """Something like a real scene far out of focus: blended, patchy or graded colours under some exposure."""
    count = int(rng.integers(2, 6))
    style = rng.random()
    palette = np.array([colours.sample(rng, UNKNOWN if rng.random() < 0.3 else int(rng.integers(11))) for _ in range(count)])
    if style < 0.3:  # a plain gradient between two colours
        turn = rng.uniform(0, 2 * np.pi)
        t = np.clip((np.cos(turn) * X + np.sin(turn) * Y) * 0.5 + 0.5, 0, 1)[..., None]
        picture = palette[0] * (1 - t) + palette[1] * t
    else:
        heat = _smooth(rng, 1, int(rng.choice([3, 5, 9])), count)[0] * rng.uniform(1.5, 9)
        weight = np.exp(heat - heat.max(-1, keepdims=True))
        picture = (weight / weight.sum(-1, keepdims=True)) @ palette
    texture = _smooth(rng, 1, int(rng.choice([9, 17, 33])))[0] * rng.uniform(0, 0.16)
    picture = picture + texture
    grey = picture.mean(-1, keepdims=True)
    saturation = rng.choice([0.0, 0.0, 0.4, 1.0, 1.0, 1.0]) if rng.random() < 0.8 else rng.uniform(0, 1)
    picture = grey + (picture - grey) * saturation
    exposure = rng.random()
    if exposure < 0.3:
        picture = picture * rng.uniform(0.06, 0.45)
    elif exposure < 0.55:
        picture = 1 - (1 - picture) * rng.uniform(0.15, 0.6)
    return np.clip(picture, 0, 1)


def draw(rng, count, shares=SHARES):
    """Draws so many scenes with a numpy Generator."""
    pixels = np.empty((count, SIZE, SIZE, 3), np.float32)
    rows = []
    for i in range(count):
        row = {"kind": int(rng.choice(4, p=shares)), "objects": [], "ground": NONE, "base": None,
               "pattern": NONE, "pair": [NONE, NONE], "soft": rng.uniform(0.9, 2.0)}
        rows.append(row)
        if row["kind"] == 0:
            row["ground"] = int(rng.integers(11)) if rng.random() < 0.92 else UNKNOWN
            pixels[i] = colours.sample(rng, row["ground"])
        elif row["kind"] == 1:
            _plan_objects(rng, row)
            pixels[i] = row["base"]
        elif row["kind"] == 2:
            pixels[i] = _draw_pattern(rng, row)
        else:
            pixels[i] = _draw_field(rng)
    _draw_objects(rows, pixels)
    pixels = _dim_some(rng, rows, pixels)
    return read_truths(rows, pixels, _wear(rng, pixels))


def _dim_some(rng, rows, pixels):
    """Some scenes under little light or in haze: shapes stay what they are, colours lose their certain names."""
    for i, row in enumerate(rows):
        if row["kind"] not in (1, 2) or rng.random() > 0.1:
            continue
        pixels[i] = pixels[i] * rng.uniform(0.15, 0.5) if rng.random() < 0.6 else 1 - (1 - pixels[i]) * rng.uniform(0.25, 0.6)
        row["objects"] = [(UNKNOWN, *o[1:]) for o in row["objects"]]
        row["ground"] = NONE if row["ground"] == NONE else UNKNOWN
        row["pair"] = [NONE if c == NONE else UNKNOWN for c in row["pair"]]
    return pixels


def _wear(rng, clean):
    """Light that falls off, noise, blur, coarse chroma: each on some of the pictures."""
    count = len(clean)
    worn = clean.copy()
    lit = np.flatnonzero(rng.random(count) < 0.45)
    slope = rng.normal(size=(len(lit), 2, 1, 1)).astype(np.float32) * 0.05
    worn[lit] *= (1 + np.clip(slope[:, 0] * X + slope[:, 1] * Y, -0.12, 0.12))[..., None]
    mottled = np.flatnonzero(rng.random(count) < 0.15)
    worn[mottled] += _smooth(rng, len(mottled), int(rng.choice([9, 17]))) * 0.025
    coarse = np.flatnonzero(rng.random(count) < 0.35)
    luma = worn[coarse] @ np.array([0.299, 0.587, 0.114], np.float32)
    chroma = worn[coarse] - luma[..., None]
    halves = chroma.reshape(len(coarse), SIZE // 2, 2, SIZE // 2, 2, 3).mean((2, 4))
    worn[coarse] = luma[..., None] + halves.repeat(2, 1).repeat(2, 2)
    blurred = np.flatnonzero(rng.random(count) < 0.25)
    for axis in (1, 2):
        part = worn[blurred]
        before, after = (np.roll(part, s, axis) for s in (1, -1))
        edge = [slice(None)] * 4
        edge[axis] = 0
        before[tuple(edge)] = part[tuple(edge)]
        edge[axis] = -1
        after[tuple(edge)] = part[tuple(edge)]
        worn[blurred] = part * 0.5 + (before + after) * 0.25
    noisy = np.flatnonzero(rng.random(count) < 0.5)
    strength = rng.uniform(0.004, 0.05, (len(noisy), 1, 1, 1)).astype(np.float32)
    grain = rng.standard_normal((len(noisy), SIZE, SIZE, 3), dtype=np.float32)
    worn[noisy] += grain * strength
    return np.round(np.clip(worn, 0, 1) * 255).astype(np.float32) / 255


def brightness(pixels):
    """Perceived brightness of [B, N, 3]: luma, lifted for saturated colours (pure blue is not a dark picture)."""
    luma = pixels @ np.array([0.299, 0.587, 0.114], np.float32)
    return (0.6 * luma + 0.4 * _extreme(np.maximum, pixels)).mean(1)


def _extreme(which, pixels):
    """np.maximum or np.minimum over the channels (many times faster than .max(-1) over three values)."""
    return which(which(pixels[..., 0], pixels[..., 1]), pixels[..., 2])


def read_truths(rows, clean, worn):
    """The scenes of these plans: colours are read from the clean pictures, brightness from the worn ones."""
    flat = clean[:, ::2, ::2].reshape(len(rows), -1, 3)
    named, plausible = colours.coverage(flat)
    slots = [[o[:2] for o in row["objects"]] + [(NONE, NONE)] * (OBJECTS - len(row["objects"])) for row in rows]
    slots = np.array(slots)
    return Scenes(
        pixels=worn,
        kind=np.array([row["kind"] for row in rows]),
        colour=slots[..., 0],
        shape=slots[..., 1],
        ground=np.array([row["ground"] for row in rows]),
        pattern=np.array([row["pattern"] for row in rows]),
        pair=np.array([row["pair"] for row in rows]),
        named=named,
        plausible=plausible,
        brightness=brightness(worn[:, ::2, ::2].reshape(len(rows), -1, 3)),
        chroma=(_extreme(np.maximum, flat) - _extreme(np.minimum, flat)).mean(1),
        hues=(named[:, 3:] > 0.08).sum(1),
    )
