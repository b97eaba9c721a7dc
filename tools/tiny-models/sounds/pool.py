"""Renders windows of sound, all equally loud, as mel powers: scenes are drawn from them."""
import multiprocessing
from dataclasses import dataclass, fields

import numpy as np

from . import music, plain, speech
from .features import RATE, mel_powers, repeat_to
from .waves import loudest

SILENCE, TONE, NOISE, CLICKS, SPEECH, MUSIC = range(6)
KINDS = ["silence", "tone", "noise", "clicks", "speech", "music"]
UNKNOWN, NONE = -1, -9  # of an attribute: people would argue; there is none
SHARES = {TONE: 0.18, NOISE: 0.16, CLICKS: 0.16, SPEECH: 0.26, MUSIC: 0.24}
CHUNK, FROM_ONE = 24, 4
# Clicks are too short for the level of 50 ms: one that peaks at full scale counts as a level of so many dB.
PEAK_OF_CLICKS = -9.0


@dataclass
class Pool:
    """Windows whose level is 0 dB. There is no silence among them: that needs no rendering."""
    decibels: np.ndarray  # float16 [N, FRAMES, BANDS] without floor; digital zero is -200
    kind: np.ndarray      # [N] one of KINDS
    pitch: np.ndarray     # [N] plain.LOW, plain.HIGH, UNKNOWN or NONE
    hissing: np.ndarray   # [N] noise that everybody would call a hiss


def render(seed, count, held_out=False, processes=2):
    """About count windows. Held out: voices, sentences and instruments that training does not have."""
    jobs = [((seed, kind, k), kind, held_out) for kind, share in SHARES.items() for k in range(max(1, round(count * share / CHUNK)))]
    with multiprocessing.get_context("fork").Pool(processes) as workers:
        parts = workers.starmap(_chunk, jobs, chunksize=1)  # in order, so the result does not depend on who was faster
    return Pool(*(np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(Pool)))


def _chunk(seed, kind, held_out):
    rng = np.random.default_rng(seed)
    found = []
    while len(found) < CHUNK:
        found += windows(rng, kind, held_out)
    sounds = [_short(rng, s, kind) for s, _, _ in found]
    powers = np.stack([_at_level_0(s, kind) for s in sounds])
    return Pool((10 * np.log10(np.maximum(powers, 1e-20))).astype(np.float16), np.full(len(found), kind),
                np.array([p for _, p, _ in found]), np.array([h for _, _, h in found]))


def windows(rng, kind, held_out):
    """A few (samples, pitch, hissing)."""
    if kind == TONE:
        sound, hertz = plain.tone(rng)
        return [(sound, plain.LOW if hertz <= plain.LOW_UP_TO else plain.HIGH if hertz >= plain.HIGH_FROM else UNKNOWN, False)]
    if kind == NOISE:
        sound, hissing = plain.noise(rng)
        return [(sound, NONE, hissing)]
    if kind == CLICKS:
        return [(plain.clicks(rng), NONE, False)]
    source = speech if kind == SPEECH else music
    return [(s, NONE, False) for s in source.windows(rng, held_out, FROM_ONE)]


def _short(rng, sound, kind):
    """Now and then only a short part of the sound is there, repeated to fill the window."""
    if kind == CLICKS or rng.random() > 0.12:
        return sound
    shortest = 0.9 if kind in (SPEECH, MUSIC) else 0.4  # one syllable or one note alone is a beep
    length = int(rng.uniform(shortest, 1.6) * RATE)
    part = sound[:length]
    return repeat_to(part) if loudest(part) > 0.2 * loudest(sound) else sound


def _at_level_0(sound, kind):
    level = np.abs(sound).max() * 10 ** (PEAK_OF_CLICKS / 20) if kind == CLICKS else loudest(sound)
    return mel_powers(sound / max(level, 1e-9))
