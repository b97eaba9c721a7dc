"""Outlines of the shapes that are looked for, and of forms that are none of them: lists of polygons around (0, 0), about 1 in radius."""
import numpy as np

SHAPES = ["circle", "square", "rectangle", "triangle", "star", "cross", "ring"]


def _around(radii, first=-np.pi / 2):
    """A polygon of these radii at even angles."""
    angles = first + np.arange(len(radii)) * 2 * np.pi / len(radii)
    return np.stack([np.cos(angles) * radii, np.sin(angles) * radii], 1)


def _box(half_width, half_height):
    return np.array([[-half_width, -half_height], [half_width, -half_height], [half_width, half_height], [-half_width, half_height]])


def _round(squeeze):
    return _around(np.ones(48)) * [1, squeeze]


def _triangle(rng):
    if rng.random() < 0.6:
        return _around(np.ones(3)) * [1, rng.uniform(0.8, 1.25)]
    apex = rng.uniform(-0.6, 0.6)  # scalene
    return np.array([[apex, -rng.uniform(0.6, 1)], [0.9, 0.7], [-0.9, 0.7]])


def _cross(arm):
    half = [[-arm, -1], [arm, -1], [arm, -arm], [1, -arm], [1, arm], [arm, arm]]
    return np.array([*half, *(-np.array(half))])


def shape(rng, name):
    """Polygons of one of SHAPES; those after the first are holes."""
    if name == "circle":
        return [_round(rng.uniform(0.93, 1))]
    if name == "square":
        return [_box(0.85, 0.85 * rng.uniform(0.93, 1.07))]
    if name == "rectangle":
        return [_box(1, rng.uniform(0.22, 0.68))]
    if name == "triangle":
        return [_triangle(rng)]
    if name == "star":
        points = 5 if rng.random() < 0.8 else int(rng.choice([4, 6, 8]))
        return [_around(np.tile([1, rng.uniform(0.36, 0.52) if points < 6 else rng.uniform(0.5, 0.65)], points))]
    if name == "cross":
        return [_cross(rng.uniform(0.16, 0.38))]
    return [_round(rng.uniform(0.93, 1)), _round(1) * rng.uniform(0.45, 0.8)]


def _heart():
    t = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    return np.stack([16 * np.sin(t) ** 3, -(13 * np.cos(t) - 5 * np.cos(2 * t) - 2 * np.cos(3 * t) - np.cos(4 * t))], 1) / 17


def _arrow(rng):
    neck, width = rng.uniform(-0.2, 0.3), rng.uniform(0.12, 0.35)
    return np.array([[-1, -width], [neck, -width], [neck, -0.75], [1, 0], [neck, 0.75], [neck, width], [-1, width]])


def _crescent(rng):
    t = np.linspace(-np.pi / 2, np.pi / 2, 20)
    depth = rng.uniform(0, 0.7)  # 0: half a disc
    return np.concatenate([np.stack([np.cos(t), np.sin(t)], 1), np.stack([np.cos(t) * depth, np.sin(t)], 1)[::-1]])


def _blob(rng):
    t = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    radii = 0.7 + sum(rng.normal(0, 0.5 / k) * 0.5 * np.cos(k * t + rng.uniform(0, 6.3)) for k in range(2, 6))
    return _around(np.clip(radii, 0.12, 1.2))


def other_form(rng):
    """A form that has none of the names."""
    kind = int(rng.integers(8))
    if kind == 0:
        return [_heart()]
    if kind == 1:
        return [_arrow(rng)]
    if kind == 2:
        return [_crescent(rng)]
    if kind == 3:
        return [_round(rng.uniform(0.25, 0.6))]
    if kind == 4:
        return [_around(rng.uniform(0.3, 1, int(rng.integers(6, 10))))]
    if kind == 5:  # an L
        a, b = rng.uniform(-0.5, 0.2, 2)
        return [np.array([[-1, -1], [a, -1], [a, b], [1, b], [1, 1], [-1, 1]])]
    return [_blob(rng)]
