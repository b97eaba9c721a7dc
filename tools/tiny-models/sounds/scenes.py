"""Draws scenes from a pool: how loud, over which background, what comes after what or over what, and what is true of each.

All of it is done to mel powers, in which a gain is exact and a sum of sounds nearly so; that is what makes training fast.
"""
from dataclasses import dataclass, fields

import numpy as np

from .features import FRAMES, band_centres, decibels
from .kinds import KINDS, MUSIC, NUMBER
from .pool import COLUMN, NO, OPEN, YES

# Level: RMS of the loudest 50 ms in dBFS; of clicks, their peak less 9 dB. Between the two it is open.
LOUD_FROM, QUIET_UP_TO = -16.0, -28.0
FAINTEST = -46.0
LOUDEST = {"tone": 0.0, "noise": -3.0, "hiss": -3.0, "clicks": -9.0, "crackle": -9.0, "speech": -2.0}
SILENT_UP_TO = -62.0
# Of each band: the hertz in its middle, its width, and the octaves from 1 kHz to its middle.
_CENTRES, _WIDTHS = band_centres()[0], band_centres()[1].astype(np.float32)
_OCTAVES = np.log2(_CENTRES / 1000)
# How often music is heard higher or lower than it was played, and by how many semitones at the most.
TRANSPOSED, SEMITONES = 0.8, 3.0
_MUSIC = [NUMBER[name] for name in MUSIC]
SILENCE = NUMBER["silence"]
_SHORT = [NUMBER["clicks"], NUMBER["crackle"]]
_NOISES = [NUMBER[name] for name in ("noise", "hiss", "rumble")]
# What sounds over speech and music, or under them, often enough to be spoken of.
_FIRST = [NUMBER[name] for name in ("speech", *MUSIC)]
_SECOND = [NUMBER[name] for name in ("rain", "wind", "waves", "water", "birds", "applause", "babble", "engine", "traffic", "typing", "footsteps", "noise", "hiss", "siren", "laughter", "thunder", *MUSIC)]


@dataclass
class Scenes:
    """Features float32 [B, FRAMES, BANDS] in dB and what is true of them."""
    features: np.ndarray
    share: np.ndarray       # [B, kinds] share of the window that each kind has; of two at once each has half
    at_once: np.ndarray     # [B] bool: two sounds are there at once
    attributes: np.ndarray  # int8 [B, ATTRIBUTES] YES, NO or OPEN


@dataclass
class _Layer:
    """Sounds before they come one after another."""
    powers: np.ndarray
    kind: np.ndarray
    attributes: np.ndarray


def draw_many(rng, pool, count, **how):
    """As draw, in parts that need little memory."""
    parts = [draw(rng, pool, min(250, count - k), **how) for k in range(0, count, 250)]
    return Scenes(*(np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(Scenes)))


def draw_steady(rng, pool, count):
    """Scenes of one sound each, at any level, with nothing behind it; for a pool of one kind."""
    layer = _layer(rng, pool, rng.integers(len(pool.kind), size=count), 0.0)
    share = np.zeros((count, len(KINDS)))
    share[np.arange(count), layer.kind] = 1
    return Scenes(decibels(layer.powers), share, np.zeros(count, bool), layer.attributes.astype(np.int8))


def draw(rng, pool, count, changing=0.13, mixed=0.13, coloured=0.0):
    """Scenes, of which some change from one sound to another, in some two sound at once, and some sound as through other microphones (most music then in another key)."""
    chance = rng.random(count)
    changes, at_once = chance < changing, chance > 1 - mixed
    first = _layer(rng, pool, _picked(rng, pool, count, _FIRST, at_once), 0.1 * ~at_once, coloured)
    second = _layer(rng, pool, _picked(rng, pool, count, _SECOND, at_once), 0.4 * ~at_once, coloured)
    at_once &= first.kind != second.kind
    cut = np.where(changes, rng.integers(8, FRAMES - 8, count), FRAMES)
    swapped = rng.random(count) < 0.5  # the share of the first is its length, wherever it stands
    at = np.arange(FRAMES)[None]
    mine = np.where(swapped[:, None], at >= FRAMES - cut[:, None], at < cut[:, None])
    powers = np.where(mine[:, :, None], first.powers, second.powers)
    powers[at_once] += _beside(rng, first.powers[at_once], second.powers[at_once])
    part = np.where(at_once, 0.5, cut / FRAMES)
    share = np.zeros((count, len(KINDS)))
    np.add.at(share, (np.arange(count), first.kind), part)
    np.add.at(share, (np.arange(count), second.kind), 1 - part)
    return Scenes(_coded(rng, decibels(powers)), share, at_once, _attributes(first, second, changes, at_once))


def _picked(rng, pool, count, kinds, at_once):
    """Any windows; those that sound at once are of such kinds as do, each kind and not each window as often."""
    pick = rng.integers(len(pool.kind), size=count)
    for k in np.flatnonzero(at_once):
        if rng.random() < 0.85:
            # Half of what is said over something is said over music, and the other way round.
            kind = NUMBER["speech"] if kinds is _FIRST and rng.random() < 0.6 else kinds[int(rng.integers(len(kinds)))]
            pick[k] = rng.choice(pool.of_kind[kind])
    return pick


def _beside(rng, first, second):
    """The second sound, a little fainter than the first or as loud."""
    peak = first.max((1, 2), keepdims=True) / (second.max((1, 2), keepdims=True) + 1e-30)
    return second * (peak * 10 ** (-rng.uniform(0, 12, (len(peak), 1, 1)) / 10)).astype(np.float32)


def _layer(rng, pool, pick, silent, coloured=0.0):
    count = len(pick)
    kind = np.where(rng.random(count) < silent, SILENCE, pool.kind[pick])
    level = _levels(rng, kind)
    shift = rng.integers(FRAMES, size=count) * (rng.random(count) < 0.4)
    turned = (np.arange(FRAMES)[None] + shift[:, None]) % FRAMES
    sound = pool.decibels[pick[:, None], turned].astype(np.float32)
    if coloured:
        _transpose(rng, sound, np.flatnonzero(np.isin(kind, _MUSIC)))
    powers = _powers(sound, np.where(kind == SILENCE, -400, level))
    if coloured:
        powers *= _colours(rng, powers, coloured)
    background, below = _background(rng, pool, kind, level)
    attributes = np.where((kind == SILENCE)[:, None], NO, pool.attributes[pick])
    attributes[:, COLUMN["loud"]] = _known(level >= LOUD_FROM, level > QUIET_UP_TO, kind)
    attributes[:, COLUMN["quiet"]] = _known(level <= QUIET_UP_TO, level < LOUD_FROM, kind)
    unclean = (below < 36) & (attributes[:, COLUMN["clean"]] == YES)
    attributes[unclean, COLUMN["clean"]] = attributes[unclean, COLUMN["noisy"]] = OPEN
    return _Layer(powers + background, kind, attributes)


def _known(yes, perhaps, kind):
    return np.where(kind == SILENCE, NO, np.where(yes, YES, np.where(perhaps, OPEN, NO)))


def _levels(rng, kind):
    top = np.array([LOUDEST.get(name, -1.0) for name in KINDS])[kind]
    choice = rng.random(len(kind))
    quiet = rng.uniform(FAINTEST, QUIET_UP_TO, len(kind))
    loud = LOUD_FROM + rng.random(len(kind)) * (top - LOUD_FROM)
    between = rng.uniform(QUIET_UP_TO, LOUD_FROM, len(kind))
    return np.where(choice < 0.38, quiet, np.where(choice < 0.76, loud, between))


def _background(rng, pool, kind, level):
    """Faint noise, all that there is in silence and well below the sound elsewhere, often none at all; and how far below."""
    noises = np.concatenate([pool.of_kind[noise] for noise in _NOISES])
    if len(noises) == 0:
        return np.zeros((len(kind), 1, 1), np.float32), np.full(len(kind), 400.0)
    noise = pool.decibels[rng.choice(noises, len(kind))].astype(np.float32)
    below = np.where(np.isin(kind, _SHORT), rng.uniform(32, 60, len(kind)), rng.uniform(24, 60, len(kind)))
    below = np.where(rng.random(len(kind)) < 0.5, below, 400)
    height = np.where(kind == SILENCE, np.where(below < 400, rng.uniform(-105, SILENT_UP_TO, len(kind)), -400), level - below)
    return _powers(noise, height), below


def _transpose(rng, sound, which):
    """Moves some of these sounds in pitch: the same instrument, tempo and mood in other keys, of which training hears few."""
    bands = np.arange(len(_CENTRES))
    for k in which[rng.random(len(which)) < TRANSPOSED]:
        at = np.interp(_CENTRES * 2 ** (rng.uniform(-SEMITONES, SEMITONES) / 12), _CENTRES, bands)
        low = np.minimum(at.astype(int), len(bands) - 2)
        share = (at - low).astype(np.float32)
        sound[k] = sound[k][:, low] * (1 - share) + sound[k][:, low + 1] * share


def _powers(sound, level):
    """Powers float32 of a sound in dB at a level; in 32 bits, in which numpy is several times as fast."""
    return np.exp(np.float32(np.log(10) / 10) * (sound + level.astype(np.float32)[:, None, None]))


def _colours(rng, powers, share):
    """Gains [B, 1, BANDS] of a tone control, for so great a share of the sounds; how loud a sound is stays."""
    count = len(powers)
    tilt, bumps = rng.uniform(-1.5, 1.5, (count, 1)), rng.uniform(-2.5, 2.5, (count, 5))
    places = np.linspace(0, 4, len(_OCTAVES))
    left = np.minimum(places.astype(int), 3)
    smooth = bumps[:, left] + (places - left) * (bumps[:, left + 1] - bumps[:, left])
    decibels_ = np.where(rng.random((count, 1)) < share, tilt * _OCTAVES + smooth, 0)
    gains = (10 ** (decibels_ / 10)).astype(np.float32)
    before, after = (powers @ _WIDTHS).max(1), np.einsum("btf,bf->bt", powers, gains * _WIDTHS).max(1)
    return (gains * (before / np.maximum(after, 1e-30))[:, None])[:, None]


def _coded(rng, features):
    """As after lossy coding: now and then, what is far below the loudest of its time or of the window is gone."""
    count = len(features)
    depth = np.where(rng.random(count) < 0.35, rng.uniform(35, 75, count), 400).astype(np.float32)[:, None, None]
    whole = np.where(rng.random(count) < 0.35, rng.uniform(60, 95, count), 400).astype(np.float32)[:, None, None]
    gone = (features < features.max(2, keepdims=True) - depth) | (features < features.max((1, 2), keepdims=True) - whole)
    ground = rng.uniform(-130, -85, count).astype(np.float32)[:, None, None]
    return np.where(gone, np.minimum(features, np.maximum(ground, -100)), features)


def _attributes(first, second, changes, at_once):
    """Of two sounds in turn only what holds for both is certain; of two at once, only what the first is."""
    both = np.where(first.attributes == second.attributes, first.attributes, OPEN)
    silent, other_silent = (first.kind == SILENCE)[:, None], (second.kind == SILENCE)[:, None]
    both = np.where(silent, second.attributes, np.where(other_silent, first.attributes, both))
    together = np.where(first.attributes == YES, OPEN, first.attributes)
    voice = [COLUMN["man"], COLUMN["woman"], COLUMN["loud"], COLUMN["quiet"]]
    together[:, voice] = first.attributes[:, voice]
    together[:, COLUMN["clean"]:COLUMN["old"] + 1] = OPEN
    return np.where(changes[:, None], both, np.where(at_once[:, None], together, first.attributes)).astype(np.int8)
