"""Draws nature: skies, waters, meadows, woods, mountains, sands, snow, fire, space, and surfaces."""
import numpy as np

from .draw import SIZE
from .noise import U, V, blend, colour, fractal, ridge, upright


def _sky(rng, clouds=True):
    picture = upright(rng, colour(rng, (60, 120, 210), (90, 150, 225), (40, 95, 180)), colour(rng, (170, 205, 240), (200, 220, 240), (140, 190, 235)))
    if clouds:
        field = fractal(rng, rng.uniform(1.5, 2.1), rng.uniform(1.1, 2.4))
        picture = blend(picture, colour(rng, (250, 250, 252), (235, 238, 245), spread=0.02), np.clip((field - rng.uniform(0.4, 0.6)) * rng.uniform(2.5, 6), 0, 1))
    return picture


def sky(rng):
    return _sky(rng)


def _green(rng):
    """Grass as a texture."""
    field = fractal(rng, rng.uniform(0.6, 1.3), rng.uniform(0.45, 1.0))
    return blend(colour(rng, (30, 70, 20), (45, 90, 25)), colour(rng, (110, 165, 55), (130, 180, 70), (95, 150, 60)), field)


def grass(rng):
    return _green(rng)


def _under(rng, above, below, horizon, roughness=2.2, height=0.04):
    """One picture below a horizon, another above it."""
    line = horizon + ridge(rng, roughness) * height
    return blend(above, below, np.clip((V - line[None]) * SIZE, 0, 1))


def meadow(rng):
    picture = _sky(rng, rng.random() < 0.7)
    if rng.random() < 0.6:
        trees = blend(colour(rng, (20, 50, 25)), colour(rng, (50, 90, 45)), fractal(rng, 1.0))
        picture = _under(rng, picture, trees, rng.uniform(0.35, 0.5), 1.0, 0.05)
    return _under(rng, picture, _green(rng), rng.uniform(0.42, 0.65))


def _waves(rng):
    field = fractal(rng, rng.uniform(1.0, 1.6), rng.uniform(3, 8))
    return blend(colour(rng, (15, 60, 110), (20, 80, 130), (25, 95, 120)), colour(rng, (90, 150, 190), (110, 175, 195), (140, 190, 205)), field ** rng.uniform(1, 2))


def water(rng):
    return _waves(rng)


def sea(rng):
    return _under(rng, _sky(rng, rng.random() < 0.6), _waves(rng), rng.uniform(0.35, 0.6), 3, 0.004)


def _sand(rng):
    field = fractal(rng, rng.uniform(1.0, 1.8), rng.uniform(1.0, 3.0))
    return blend(colour(rng, (185, 145, 95), (200, 160, 105)), colour(rng, (235, 205, 155), (245, 220, 175)), field)


def beach(rng):
    picture = _under(rng, _sky(rng, rng.random() < 0.6), _waves(rng), rng.uniform(0.25, 0.42), 3, 0.004)
    slope = rng.normal(0, 0.25)
    line = rng.uniform(0.58, 0.75) + slope * (U[0] - 0.5) + ridge(rng) * 0.03
    picture = blend(picture, np.float32([0.95, 0.96, 0.96]), np.clip(1 - np.abs(V - line[None]) * SIZE / 2, 0, 1))
    return blend(picture, _sand(rng), np.clip((V - line[None]) * SIZE, 0, 1))


def sand(rng):
    return _sand(rng)


def desert(rng):
    picture = _sky(rng, rng.random() < 0.25)
    horizon = rng.uniform(0.35, 0.55)
    for _ in range(int(rng.integers(1, 4))):
        picture = _under(rng, picture, _sand(rng) * rng.uniform(0.75, 1.05), horizon, 2.2, 0.08)
        horizon += rng.uniform(0.1, 0.2)
    return picture


def fire(rng):
    field = fractal(rng, rng.uniform(1.3, 1.8), rng.uniform(0.35, 0.7))
    heat = np.clip(field * 1.5 + (V - rng.uniform(0.5, 0.8)) * rng.uniform(0.8, 1.8), 0, 1)
    if rng.random() < 0.3:  # a burst
        away = np.hypot(U - rng.uniform(0.35, 0.65), V - rng.uniform(0.35, 0.65))
        heat = np.clip(field * 1.3 + 0.5 - away * rng.uniform(1.8, 3), 0, 1)
    levels = np.array([[8, 5, 8], [110, 20, 5], [225, 80, 10], [255, 180, 40], [255, 240, 170]], np.float32) / 255
    return np.stack([np.interp(heat, np.linspace(0.1, 1, 5), levels[:, c]) for c in range(3)], -1)


def _trunks(rng, ground):
    picture = blend(colour(rng, (25, 55, 25), (40, 80, 35), (20, 45, 20)), colour(rng, (120, 165, 80), (150, 185, 110), (95, 140, 75)), fractal(rng, rng.uniform(0.9, 1.4)))
    picture = _under(rng, picture, ground, rng.uniform(0.7, 0.9), 1.6, 0.04)
    bark = colour(rng, (55, 40, 28), (75, 58, 42), (40, 32, 25))
    for _ in range(int(rng.integers(4, 12))):
        near = rng.uniform(0.2, 1)
        across = rng.random() + (V - 0.5) * rng.normal(0, 0.05)
        edge = np.clip((0.05 * near - np.abs(U - across)) * SIZE, 0, 1) * (V < 0.72 + 0.25 * near)
        picture = blend(picture, bark * rng.uniform(0.7, 1.3), edge)
    return picture


def forest(rng):
    return _trunks(rng, _green(rng) * rng.uniform(0.5, 0.9))


def mountains(rng):
    picture = _sky(rng, rng.random() < 0.6)
    horizon, depth = rng.uniform(0.25, 0.45), int(rng.integers(1, 4))
    snowy = rng.random() < 0.5
    for k in range(depth):
        line = horizon + ridge(rng, rng.uniform(1.0, 1.5)) * rng.uniform(0.1, 0.22)
        rock = blend(colour(rng, (70, 80, 100), (90, 85, 80), (60, 75, 60)), colour(rng, (140, 145, 155), (150, 140, 125)), fractal(rng, 1.1))
        if snowy:
            rock = blend(rock, np.float32([0.94, 0.95, 0.98]), np.clip((line[None] + rng.uniform(0.1, 0.2) - V) * 8 + fractal(rng, 1.1) - 0.5, 0, 1))
        picture = blend(picture, rock * (0.75 + 0.25 * k / depth), np.clip((V - line[None]) * SIZE, 0, 1))
        horizon += rng.uniform(0.12, 0.22)
    return _under(rng, picture, _green(rng), rng.uniform(0.75, 1.0)) if rng.random() < 0.5 else picture


def snow(rng):
    white = blend(colour(rng, (205, 215, 235)), np.float32([0.98, 0.98, 1]), fractal(rng, 1.8, 2))
    above = upright(rng, colour(rng, (150, 165, 190), (190, 200, 215), (110, 150, 205)), colour(rng, (215, 220, 230)))
    if rng.random() < 0.6:
        above = _under(rng, above, blend(colour(rng, (35, 45, 45)), np.float32([0.9, 0.92, 0.95]), fractal(rng, 0.9)), rng.uniform(0.3, 0.45), 1.0, 0.08)
    picture = _under(rng, above, white, rng.uniform(0.45, 0.6))
    if rng.random() < 0.5:
        flakes = rng.random((SIZE, SIZE)) < rng.uniform(0.01, 0.05)
        picture = blend(picture, np.float32([1, 1, 1]), flakes * 0.9)
    return picture


def sunset(rng):
    levels = np.array([colour(rng, (60, 50, 110), (90, 60, 120), (40, 60, 120)), colour(rng, (230, 110, 70), (235, 90, 80)), colour(rng, (255, 190, 90), (255, 165, 70))])
    horizon = rng.uniform(0.5, 0.8)
    picture = np.stack([np.interp(V, [0, horizon * 0.65, horizon], levels[:, c]) for c in range(3)], -1).astype(np.float32)
    picture = blend(picture, levels[1] * rng.uniform(0.5, 1.1), np.clip((fractal(rng, 1.7, 4) - 0.5) * 3, 0, 0.8))
    sun, size = (rng.uniform(0.2, 0.8), horizon - rng.uniform(0, 0.2)), rng.uniform(0.04, 0.1)
    picture = blend(picture, np.float32([1, 0.93, 0.7]), np.clip((size - np.hypot(U - sun[0], V - sun[1])) * SIZE, 0, 1))
    if rng.random() < 0.5:
        return _under(rng, picture, blend(levels[0] * 0.5, levels[2] * 0.9, fractal(rng, 1.2, 7) ** 2), horizon, 3, 0.004)
    return _under(rng, picture, colour(rng, (15, 12, 20)), horizon, 1.3, 0.08)


def night_sky(rng):
    picture = upright(rng, colour(rng, (5, 8, 25), (10, 12, 35), (3, 3, 10), spread=0.015), colour(rng, (20, 30, 65), (30, 30, 50), (12, 15, 30), spread=0.02))
    stars = np.where(rng.random((SIZE, SIZE)) < rng.uniform(0.01, 0.04), rng.uniform(0.3, 1, (SIZE, SIZE)), 0)
    picture = picture + stars[..., None].astype(np.float32) * np.float32([0.9, 0.92, 1])
    if rng.random() < 0.5:
        x, y, size = rng.uniform(0.15, 0.85), rng.uniform(0.12, 0.45), rng.uniform(0.04, 0.12)
        picture = blend(picture, colour(rng, (240, 235, 210), (225, 228, 235)), np.clip((size - np.hypot(U - x, V - y)) * SIZE, 0, 1))
    return _under(rng, picture, colour(rng, (3, 5, 8), (8, 10, 12), spread=0.01), rng.uniform(0.7, 0.95), 1.2, 0.08)


def space(rng):
    picture = np.where(rng.random((SIZE, SIZE, 1)) < 0.03, rng.uniform(0.3, 1, (SIZE, SIZE, 1)), 0.015).astype(np.float32) * np.ones(3, np.float32)
    picture = picture + colour(rng, (60, 20, 80), (20, 40, 90), (70, 30, 30)) * np.clip(fractal(rng, 1.8)[..., None] - 0.5, 0, 1) * rng.uniform(0, 1.5)
    x, y, size = rng.uniform(0.25, 0.75), rng.uniform(0.25, 0.75), rng.uniform(0.14, 0.36)
    surface = blend(colour(rng, (160, 90, 50), (60, 90, 160), (130, 120, 110), (90, 60, 120)), colour(rng, (230, 180, 130), (190, 210, 235), (200, 195, 180)), fractal(rng, 1.5, rng.uniform(1, 5)))
    light = np.clip(0.65 + ((U - x) * rng.normal() + (V - y) * rng.normal()) / size * 0.6, 0.05, 1.1)[..., None]
    return blend(picture, surface * light, np.clip((size - np.hypot(U - x, V - y)) * SIZE, 0, 1))


def fog(rng):
    base = colour(rng, (185, 190, 195), (165, 172, 180), (200, 200, 202), spread=0.02)
    dark = _under(rng, np.ones((SIZE, SIZE, 3), np.float32) * base, colour(rng, (70, 80, 80), (90, 95, 100)) * np.ones((SIZE, SIZE, 3), np.float32), rng.uniform(0.4, 0.7), 1.0, 0.15)
    return blend(dark, base, np.clip(0.62 + (fractal(rng, 2.0, 2) - 0.5) * 0.7, 0, 1))


def surface(rng):
    """Stone, cloth, rust, bark: a rough surface of one colour."""
    base = rng.uniform(0.15, 0.85, 3) * 0.6 + rng.uniform(0.1, 0.4)
    field = fractal(rng, rng.uniform(0.2, 1.0), rng.choice([0.2, 1.0, 1.0, 1.0, 4.0]))
    return np.float32(base) * (0.45 + 1.1 * field[..., None])


def wood(rng):
    rings = np.sin((V * rng.uniform(6, 16) + fractal(rng, 1.8, 8) * rng.uniform(4, 9)) * np.pi) * 0.5 + 0.5
    return blend(colour(rng, (105, 65, 35), (130, 85, 50)), colour(rng, (180, 130, 80), (205, 160, 110)), rings * 0.7 + fractal(rng, 0.7, 7) * 0.3)
