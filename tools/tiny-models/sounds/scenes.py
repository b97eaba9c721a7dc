"""Draws scenes from a pool: how loud, over which background, what comes after what, and what is true of each.

All of it is done to mel powers, in which a gain is exact and a sum of sounds nearly so; that is what makes training fast.
"""
from dataclasses import dataclass, fields

import numpy as np

from .features import FRAMES, decibels
from .pool import CLICKS, KINDS, NOISE, NONE, SILENCE, UNKNOWN

# Level: RMS of the loudest 50 ms in dBFS; of clicks, their peak less 9 dB. Between the two it is open.
LOUD_FROM, QUIET_UP_TO = -16.0, -28.0
QUIET, LOUD = 0, 1
FAINTEST = -46.0
LOUDEST = {"tone": 0.0, "noise": -3.0, "clicks": -9.0, "speech": -2.0, "music": -1.0}
SILENT_UP_TO = -62.0


@dataclass
class Scenes:
    """Features float32 [B, FRAMES, BANDS] in dB and what is true of them."""
    features: np.ndarray
    share: np.ndarray      # [B, kinds] share of the window that each kind has
    loudness: np.ndarray   # [B] QUIET, LOUD, UNKNOWN, or NONE in silence
    pitch: np.ndarray      # [B] plain.LOW, plain.HIGH, UNKNOWN or NONE
    hissing: np.ndarray    # [B] bool


@dataclass
class _Layer:
    """Sounds before they come one after another."""
    powers: np.ndarray
    kind: np.ndarray
    level: np.ndarray
    pitch: np.ndarray
    hissing: np.ndarray


def draw_many(rng, pool, count):
    """As draw, in parts that need little memory."""
    parts = [draw(rng, pool, min(500, count - k)) for k in range(0, count, 500)]
    return Scenes(*(np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(Scenes)))


def draw(rng, pool, count, changing=0.2):
    """Scenes, of which some change from one sound to another."""
    first = _layer(rng, pool, count, silent=0.14)
    second = _layer(rng, pool, count, silent=0.4)
    changes = rng.random(count) < changing
    cut = np.where(changes, rng.integers(8, FRAMES - 8, count), FRAMES)
    swapped = rng.random(count) < 0.5  # the share of the first is its length, wherever it stands
    at = np.arange(FRAMES)[None]
    mine = np.where(swapped[:, None], at >= FRAMES - cut[:, None], at < cut[:, None])
    powers = np.where(mine[:, :, None], first.powers, second.powers)
    share = np.zeros((count, len(KINDS)))
    np.add.at(share, (np.arange(count), first.kind), cut / FRAMES)
    np.add.at(share, (np.arange(count), second.kind), 1 - cut / FRAMES)
    return Scenes(_coded(rng, decibels(powers)), share, *_attributes(first, second, changes))


def _layer(rng, pool, count, silent):
    pick = rng.integers(len(pool.kind), size=count)
    kind = np.where(rng.random(count) < silent, SILENCE, pool.kind[pick])
    level = _levels(rng, kind)
    shift = rng.integers(FRAMES, size=count) * (rng.random(count) < 0.5)
    turned = (np.arange(FRAMES)[None] + shift[:, None]) % FRAMES
    sound = pool.decibels[pick[:, None], turned].astype(np.float32)
    powers = 10 ** ((sound + np.where(kind == SILENCE, -400, level)[:, None, None]) / 10)
    powers += _background(rng, pool, kind, level)
    return _Layer(powers, kind, level, np.where(kind == SILENCE, NONE, pool.pitch[pick]), pool.hissing[pick] & (kind == NOISE))


def _levels(rng, kind):
    top = np.array([LOUDEST.get(name, 0.0) for name in KINDS])[kind]
    choice = rng.random(len(kind))
    quiet = rng.uniform(FAINTEST, QUIET_UP_TO, len(kind))
    loud = LOUD_FROM + rng.random(len(kind)) * (top - LOUD_FROM)
    between = rng.uniform(QUIET_UP_TO, LOUD_FROM, len(kind))
    return np.where(choice < 0.4, quiet, np.where(choice < 0.8, loud, between))


def _background(rng, pool, kind, level):
    """Faint noise: all that there is in silence, well below the sound elsewhere, and often none at all."""
    noises = np.flatnonzero(pool.kind == NOISE)
    noise = pool.decibels[rng.choice(noises, len(kind))].astype(np.float32)
    below = np.where(kind == CLICKS, rng.uniform(32, 60, len(kind)), rng.uniform(24, 60, len(kind)))
    height = np.where(kind == SILENCE, rng.uniform(-105, SILENT_UP_TO, len(kind)), level - below)
    height = np.where(rng.random(len(kind)) < 0.5, height, -400)
    return 10 ** ((noise + height[:, None, None]) / 10)


def _coded(rng, features):
    """As after lossy coding: now and then, what is far below the loudest of its time or of the window is gone."""
    count = len(features)
    depth = np.where(rng.random(count) < 0.35, rng.uniform(35, 75, count), 400)[:, None, None]
    whole = np.where(rng.random(count) < 0.35, rng.uniform(60, 95, count), 400)[:, None, None]
    gone = (features < features.max(2, keepdims=True) - depth) | (features < features.max((1, 2), keepdims=True) - whole)
    ground = rng.uniform(-130, -85, count).astype(np.float32)[:, None, None]
    return np.where(gone, np.minimum(features, np.maximum(ground, -100)), features)


def _attributes(first, second, changes):
    """Loudness, pitch and hissing; of two sounds in turn only what holds for both is certain."""
    def loudness(layer):
        known = np.where(layer.level >= LOUD_FROM, LOUD, np.where(layer.level <= QUIET_UP_TO, QUIET, UNKNOWN))
        return np.where(layer.kind == SILENCE, NONE, known)

    def joined(mine, its):
        both = np.where(mine == its, mine, np.where(mine == NONE, its, np.where(its == NONE, mine, UNKNOWN)))
        return np.where(changes, both, mine)

    return joined(loudness(first), loudness(second)), joined(first.pitch, second.pitch), first.hissing | (changes & second.hissing)
