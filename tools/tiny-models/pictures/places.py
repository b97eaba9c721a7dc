"""Draws what people build: cities by day and night, streets, rooms, walls, stages, pitches, fields seen from above."""
import numpy as np

from .draw import SIZE
from .nature import grass, sky
from .noise import U, V, blend, box, colour, fractal, upright


def _skyline(rng, picture, lit):
    """Buildings in front of a sky."""
    for _ in range(int(rng.integers(5, 12))):
        left, width, top = rng.uniform(-0.1, 0.95), rng.uniform(0.1, 0.26), rng.uniform(0.15, 0.6)
        wall = colour(rng, (12, 14, 22), (20, 20, 28), spread=0.02) if lit else colour(rng, (130, 125, 120), (165, 140, 115), (95, 105, 120), (180, 175, 165), spread=0.08)
        box(picture, left, top, left + width, 1, wall)
        window = rng.uniform(0.035, 0.06)
        for y in np.arange(top + 0.03, 0.97, window * 1.7):
            for x in np.arange(left + 0.02, left + width - window * 0.7, window * 1.5):
                if lit and rng.random() < 0.45:
                    box(picture, x, y, x + window * 0.6, y + window * 0.8, colour(rng, (255, 220, 130), (255, 240, 190), (180, 210, 255)))
                elif not lit:
                    box(picture, x, y, x + window * 0.7, y + window, wall * rng.uniform(0.45, 0.75))
    return picture


def city(rng):
    return _skyline(rng, sky(rng), False)


def night_city(rng):
    picture = _skyline(rng, upright(rng, colour(rng, (6, 8, 24), (12, 10, 26), spread=0.02), colour(rng, (40, 32, 50), (60, 40, 40), spread=0.03)), True)
    for _ in range(int(rng.integers(3, 14))):  # lamps and head lights
        x, y, size = rng.random(), rng.uniform(0.7, 1), rng.uniform(0.015, 0.05)
        glow = np.exp(-((U - x) ** 2 + (V - y) ** 2) / size ** 2)[..., None]
        picture = picture + glow * colour(rng, (255, 200, 110), (255, 240, 220), (255, 60, 50), (110, 230, 140))
    return picture


def _road(rng, picture, horizon, tone):
    vanish = rng.uniform(0.35, 0.65)
    depth = np.clip((V - horizon) / (1 - horizon), 0, 1)
    away = np.abs(U - (vanish + (0.5 - vanish) * depth))
    picture = blend(picture, tone * (0.9 + 0.2 * fractal(rng, 0.8)[..., None]), (V > horizon) * np.clip((rng.uniform(0.35, 0.6) * depth + 0.01 - away) * SIZE, 0, 1))
    dashes = (np.sin(18 / (depth + 0.12)) > 0) & (away < 0.022 * depth) & (V > horizon)
    return blend(picture, np.float32([0.92, 0.92, 0.88]), dashes)


def street(rng):
    picture = sky(rng)
    horizon = rng.uniform(0.4, 0.55)
    if rng.random() < 0.6:
        picture = _skyline(rng, picture, False)
    picture = blend(picture, grass(rng) if rng.random() < 0.5 else colour(rng, (150, 145, 140)) * (0.8 + 0.4 * fractal(rng, 1.0)[..., None]), V > horizon)
    picture = _road(rng, picture, horizon, colour(rng, (85, 85, 90), (110, 110, 112), (65, 65, 70), spread=0.02))
    for _ in range(int(rng.integers(0, 4))):
        _car(rng, picture, horizon)
    return picture


def _car(rng, picture, horizon):
    size, x = rng.uniform(0.08, 0.22), rng.uniform(0.1, 0.85)
    bottom = horizon + size * 1.6 + rng.uniform(0, 0.1)
    paint = colour(rng, (200, 30, 30), (240, 240, 240), (30, 60, 160), (30, 30, 32), (150, 155, 160))
    box(picture, x, bottom - size * 0.45, x + size, bottom - size * 0.1, paint)
    box(picture, x + size * 0.2, bottom - size * 0.75, x + size * 0.8, bottom - size * 0.45, paint * 0.9)
    box(picture, x + size * 0.27, bottom - size * 0.68, x + size * 0.73, bottom - size * 0.47, np.float32([0.35, 0.42, 0.48]))
    for side in (0.1, 0.7):
        box(picture, x + size * side, bottom - size * 0.2, x + size * (side + 0.2), bottom, np.float32([0.06, 0.06, 0.07]))


def room(rng, narrow=False):
    """Floor, ceiling and walls in perspective, with a window, a door, a lamp, furniture."""
    cx, cy = rng.uniform(0.35, 0.65), rng.uniform(0.38, 0.55)
    wide, high = (rng.uniform(0.05, 0.12), rng.uniform(0.1, 0.18)) if narrow else (rng.uniform(0.2, 0.36), rng.uniform(0.18, 0.3))
    wall = colour(rng, (215, 205, 185), (225, 225, 220), (170, 185, 190), (190, 160, 130), (150, 160, 140), spread=0.07)
    floor = colour(rng, (150, 110, 75), (120, 85, 55), (140, 140, 140), (95, 80, 70), spread=0.04)
    right, down = (U - cx) / np.where(U > cx, 1 - cx, cx), (V - cy) / np.where(V > cy, 1 - cy, cy)
    deep = np.maximum(np.abs(right), np.abs(down))
    picture = np.where((np.abs(right) > np.abs(down))[..., None], wall * np.where(right > 0, 0.82, 0.92)[..., None],
                       np.where((down > 0)[..., None], floor, np.minimum(wall * 1.12, 1))) * (0.72 + 0.28 * deep)[..., None]
    back = (np.abs(U - cx) < wide) & (np.abs(V - cy) < high)
    picture = blend(picture, wall * 0.95, back).astype(np.float32)
    if rng.random() < 0.6:
        x, y = cx + rng.uniform(-0.7, 0.3) * wide, cy - high * rng.uniform(0.3, 0.7)
        size = rng.uniform(0.3, 0.7)
        box(picture, x - 0.015, y - 0.015, x + wide * size + 0.015, y + high * size + 0.015, np.float32([0.9, 0.9, 0.88]))
        box(picture, x, y, x + wide * size, y + high * size, colour(rng, (200, 225, 250), (250, 245, 225), (40, 45, 70)))
    if rng.random() < 0.5:
        x = cx + rng.uniform(-0.6, 0.4) * wide
        box(picture, x, cy - high * 0.25, x + wide * 0.35, cy + high, colour(rng, (110, 70, 40), (235, 235, 230), (90, 60, 40)))
    if not narrow:
        for _ in range(int(rng.integers(1, 4))):  # sofas, tables, cupboards
            x, width, height = rng.uniform(0, 0.75), rng.uniform(0.15, 0.4), rng.uniform(0.12, 0.3)
            bottom = rng.uniform(cy + high + 0.05, 1)
            paint = colour(rng, (120, 75, 40), (90, 30, 35), (60, 80, 110), (200, 190, 170), (60, 60, 60), spread=0.08)
            box(picture, x, bottom - height, x + width, bottom, paint)
            box(picture, x, bottom - height, x + width, bottom - height * 0.75, paint * 1.25)
    if rng.random() < 0.5:
        x, y, size = rng.uniform(0.25, 0.75), rng.uniform(0.02, 0.25), rng.uniform(0.06, 0.14)
        picture = picture + np.exp(-((U - x) ** 2 + (V - y) ** 2) / size ** 2)[..., None].astype(np.float32) * np.float32([0.6, 0.55, 0.4])
    return picture * rng.uniform(0.65, 1.05)


def corridor(rng):
    picture = room(rng, narrow=True)
    return picture * rng.uniform(0.25, 1)


def brick_wall(rng):
    rows = rng.uniform(6, 12)
    row = np.floor(V * rows)
    x = (U * rows * 0.45 + 0.5 * (row % 2) + rng.random()) % 1
    joint = ((V * rows % 1) < 0.14) | (x < 0.07)
    stone = colour(rng, (160, 75, 55), (140, 60, 45), (175, 105, 80), (190, 180, 170)) * (0.75 + 0.5 * fractal(rng, 0.7)[..., None])
    return blend(stone, colour(rng, (200, 195, 185), (120, 110, 105)), joint)


def stage(rng):
    picture = np.ones((SIZE, SIZE, 3), np.float32) * colour(rng, (8, 6, 14), (20, 8, 30), (5, 5, 8), spread=0.01)
    for _ in range(int(rng.integers(2, 6))):
        x, lean, spread = rng.random(), rng.normal(0, 0.5), rng.uniform(0.06, 0.22)
        beam = np.clip(1 - np.abs(U - x - lean * V) / (0.02 + spread * V), 0, 1) * np.clip(1.15 - V, 0, 1)
        picture = picture + beam[..., None] * colour(rng, (255, 60, 200), (80, 120, 255), (255, 230, 160), (120, 60, 255), (255, 60, 50), (80, 255, 200)) * rng.uniform(0.5, 1)
    crowd = rng.random(SIZE) * 0.06 + rng.uniform(0.78, 0.9)
    return blend(picture, np.float32([0.02, 0.02, 0.03]), V > np.repeat(crowd[::4], 4)[None])


def pitch(rng):
    """A field of play with white lines."""
    base = colour(rng, (50, 140, 50), (60, 150, 60), (40, 120, 45), (170, 90, 50), (50, 100, 165), spread=0.03)
    picture = base * (0.85 + 0.15 * np.sign(np.sin(U * rng.uniform(10, 30) + rng.random() * 6)))[..., None] * (0.92 + 0.16 * fractal(rng, 0.8))[..., None]
    turn, line = rng.normal(0, 0.25), np.zeros((SIZE, SIZE), bool)
    a, b = U * np.cos(turn) + V * np.sin(turn), V * np.cos(turn) - U * np.sin(turn)
    for _ in range(int(rng.integers(1, 4))):
        line |= np.abs((a if rng.random() < 0.5 else b) - rng.uniform(0.1, 0.9)) < 0.014
    if rng.random() < 0.6:
        line |= np.abs(np.hypot(a - rng.uniform(0.3, 0.7), b - rng.uniform(0.3, 0.7)) - rng.uniform(0.12, 0.25)) < 0.014
    picture = blend(picture, np.float32([0.95, 0.95, 0.95]), line).astype(np.float32)
    for _ in range(int(rng.integers(0, 7))):  # players
        x, y, shirt = rng.random(), rng.uniform(0.1, 0.9), colour(rng, (220, 30, 30), (240, 240, 240), (30, 50, 200), (250, 220, 40))
        box(picture, x, y, x + 0.04, y + 0.06, shirt)
        box(picture, x, y + 0.06, x + 0.04, y + 0.11, shirt * 0.3)
    return picture


def from_above(rng):
    """Fields, woods and waters seen from high above."""
    points, count = rng.random((14, 2)), 14
    turn = rng.uniform(0, 3)
    away = np.abs((U[..., None] - points[:, 0]) * np.cos(turn) + (V[..., None] - points[:, 1]) * np.sin(turn)) + np.abs((V[..., None] - points[:, 1]) * np.cos(turn) - (U[..., None] - points[:, 0]) * np.sin(turn))
    order = np.sort(away, -1)
    soil = np.stack([colour(rng, (85, 125, 55), (130, 150, 75), (175, 155, 95), (110, 85, 55), (45, 80, 40), (200, 190, 130)) for _ in range(count)])
    picture = soil[away.argmin(-1)] * (0.8 + 0.4 * fractal(rng, 0.9))[..., None]
    picture = blend(picture, colour(rng, (190, 185, 170), (60, 80, 45)), (order[..., 1] - order[..., 0]) < 0.025)
    if rng.random() < 0.35:
        river = np.abs(U - 0.5 - 0.2 * np.sin(V * rng.uniform(3, 8) + rng.random() * 6)) < rng.uniform(0.03, 0.08)
        picture = blend(picture, colour(rng, (50, 90, 125), (70, 120, 140)), river)
    return picture
