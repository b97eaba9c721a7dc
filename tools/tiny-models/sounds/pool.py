"""Renders windows of sound, all equally loud, as mel powers: scenes are drawn from them."""
import multiprocessing
from dataclasses import dataclass, fields
from functools import cached_property

import numpy as np

from . import acts, band, machines, midi, music, nature, plain, recording, speech, voices
from .features import RATE, SAMPLES, SECONDS, mel_powers, repeat_to
from .held import TRAINING
from .kinds import KINDS, MUSIC, NUMBER, SHARES
from .waves import active_share, loudest, worn

# What may be true of a sound beside its kind. Loud and quiet are drawn with the scene.
ATTRIBUTES = ["low", "high", "rising", "falling", "man", "woman", "fast", "slow", "happy", "sad", *recording.QUALITIES, "loud", "quiet"]
COLUMN = {name: k for k, name in enumerate(ATTRIBUTES)}
# Also: true in part, but another attribute says it better; of qualities.
YES, NO, OPEN, ALSO = 1, 0, -1, 2
MOODS = ["fast", "slow", "happy", "sad"]
# Windows of a chunk, out of one utterance, and out of one piece of so many seconds.
CHUNK, FROM_ONE, FROM_PIECE, PIECE = 24, 3, 2, 4
# Clicks are too short for the level of 50 ms: one that peaks at full scale counts as a level of so many dB.
PEAK_OF_CLICKS = -9.0
# Notes a second from which everybody calls music fast, and up to which slow.
FAST_FROM, SLOW_UP_TO = 5.5, 2.0
_MADE = {name: getattr(module, name) for module in (nature, machines, acts) for name in KINDS if hasattr(module, name) and callable(getattr(module, name))}
_MADE |= {name: getattr(voices, name) for name in ("laughter", "crying", "scream", "cheering")}
# Their sound is distorted on purpose: people would argue whether the recording is.
OVERDRIVEN = {"electric guitar", "rock", "metal"}
# Kinds that somebody performs: here a new performer is another question.
PERFORMED = {"speech", "whisper", "robot", "cartoon", "babble", "choir", "drums", "drone", *MUSIC}
RECORDED = {"speech", "whisper", "choir", "drums", *MUSIC}


@dataclass
class Pool:
    """Windows whose level is 0 dB. There is no silence among them: that needs no rendering."""
    decibels: np.ndarray    # float16 [N, FRAMES, BANDS] without floor; digital zero is -200
    kind: np.ndarray        # [N] number of the kind
    attributes: np.ndarray  # int8 [N, ATTRIBUTES] YES, NO, OPEN or ALSO

    @cached_property
    def of_kind(self):
        """By kind, which windows are of it."""
        return [np.flatnonzero(self.kind == number) for number in range(len(KINDS))]


def render(seed, count, held=TRAINING, processes=2, more={}):
    """About count windows; more says of which kinds so many times as many as their share."""
    shares = {kind: share * more.get(kind, 1) for kind, share in SHARES.items()}
    whole = sum(shares.values())
    jobs = [((seed, NUMBER[kind], k), kind, held) for kind, share in shares.items() if share for k in range(max(1, round(count * share / whole / CHUNK)))]
    with multiprocessing.get_context("fork").Pool(processes) as workers:
        parts = workers.starmap(chunk, jobs, chunksize=1)  # in order, so the result does not depend on who was faster
    return joined(parts)


def joined(parts):
    return Pool(*(np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(Pool)))


def chunk(seed, kind, held):
    """CHUNK windows or a few more of one kind."""
    rng = np.random.default_rng(seed)
    found = []
    while len(found) < CHUNK:
        found += windows(rng, kind, held)
    return pooled(kind, [_short(rng, sound, kind, attributes) for sound, attributes in found])


def pooled(kind, found):
    """A pool of (samples, attributes) of one kind; a name in attributes that is not there is NO."""
    powers = np.stack([_at_level_0(sound, kind) for sound, _ in found])
    table = np.zeros((len(found), len(ATTRIBUTES)), np.int8)
    for row, (_, attributes) in zip(table, found):
        for name, holds in attributes.items():
            row[COLUMN[name]] = holds
    return Pool((10 * np.log10(np.maximum(powers, 1e-20))).astype(np.float16), np.full(len(found), NUMBER[kind]), table)


def windows(rng, kind, held):
    """A few (samples, attributes)."""
    if kind == "tone":
        sound, hertz = plain.tone(rng)
        between = plain.LOW_UP_TO < hertz < plain.HIGH_FROM
        return [(sound, {"low": OPEN if between else hertz <= plain.LOW_UP_TO, "high": OPEN if between else hertz >= plain.HIGH_FROM} | _unasked())]
    if kind == "sweep":
        sound, way = plain.sweep(rng)
        return [(sound, {"low": OPEN, "high": OPEN, "rising": OPEN if way == plain.BOTH else way == plain.RISING, "falling": OPEN if way == plain.BOTH else way == plain.FALLING} | _unasked())]
    if kind in ("noise", "hiss", "rumble"):
        return [(_noise_like(rng, kind), _unasked())]
    if kind in ("clicks", "crackle"):
        return [(plain.clicks(rng) if kind == "clicks" else recording.crackle(rng, SAMPLES), _unasked())]
    if kind in _MADE:
        return [(worn(rng, _MADE[kind](rng)), _unasked())]
    # Training hears each performance by two recordings, so that it is the recording that makes the quality.
    return [_as_recorded(rng, sound, kind, attributes) for sound, attributes in _long(rng, kind, held) for _ in range(_times(kind, held))]


def _times(kind, held):
    return 2 if kind in RECORDED and held == TRAINING else 1


def _unasked():
    """Nobody asks for the quality of what is no performance."""
    return {name: OPEN for name in recording.QUALITIES}


def _noise_like(rng, kind):
    """A noise of the colour that its name promises."""
    while True:
        sound, centre = plain.noise(rng)
        if {"hiss": centre > 1700, "rumble": centre < 260, "noise": 330 < centre < 1700}[kind]:
            return sound


def _as_recorded(rng, sound, kind, attributes):
    if kind not in RECORDED:
        return worn(rng, sound), attributes | _unasked()
    heard, quality = recording.recorded(rng, sound)
    if quality is None or (quality == "clean" and kind in OVERDRIVEN):
        return heard, attributes | _unasked()
    return heard, attributes | {quality: YES} | {name: ALSO for name in recording.ALSO[quality]}


def _long(rng, kind, held):
    """Windows out of something longer, and what is true of them."""
    if kind in ("speech", "whisper"):
        voice = speech.voice_of(rng) if kind == "speech" else "whisper"
        spoken = speech.windows(speech.speak(rng, held, voice), rng, FROM_ONE)
        return [(w, {voice: YES} if kind == "speech" else {"man": OPEN, "woman": OPEN}) for w in spoken]
    if kind in ("robot", "cartoon", "babble"):
        return [(w, {"man": OPEN, "woman": OPEN}) for w in speech.windows(getattr(speech, kind)(rng, held), rng, FROM_ONE)]
    if kind == "tune":
        return [(w, _unsure()) for w, _ in _parts(rng, music.play(rng, held, 8))]
    return _played(rng, kind, held)


def _unsure():
    """Nobody can say the tempo and the mood."""
    return {name: OPEN for name in MOODS}


def _played(rng, kind, held):
    """Enough for a chunk at once, because the synthesiser loads its instruments each time."""
    pieces = [band.piece(rng, kind, held, PIECE) for _ in range(CHUNK // (FROM_PIECE * _times(kind, held)))]
    sounds = midi.render([notes for notes, _ in pieces], PIECE, str(rng.choice(midi.SOUND_FONTS)))
    # What is true is true of the window: a piece has faster and slower parts.
    return [(w, _mood(kind, band.onsets(notes, at, at + SECONDS) / SECONDS, major)) for sound, (notes, major) in zip(sounds, pieces) for w, at in _parts(rng, sound)]


def _mood(kind, rate, major):
    """What holds of music of so many notes a second."""
    if kind in ("drone", "drums"):
        return {"fast": NO, "slow": YES} if kind == "drone" else {"fast": OPEN if rate < 7 else YES, "slow": NO if rate > 4 else OPEN, "happy": NO, "sad": NO}
    happy, sad = major and rate > 3.5, not major and rate < 2.5
    return {"fast": YES if rate >= FAST_FROM else NO if rate < 3.5 else OPEN, "slow": YES if rate <= SLOW_UP_TO else NO if rate > 3.5 else OPEN,
            "happy": YES if happy else NO if sad else OPEN, "sad": YES if sad else NO if happy else OPEN}


def _parts(rng, piece):
    """Windows in which something sounds for half of the time or more, and the second at which each begins."""
    found = []
    for start in rng.integers(len(piece) - SAMPLES + 1, size=20 * FROM_PIECE):
        window = piece[start:start + SAMPLES]
        if np.abs(window).max() > 1e-4 and active_share(window, 35) > 0.5:
            found.append((window, start / RATE))
        if len(found) == FROM_PIECE:
            break
    return found


def _short(rng, sound, kind, attributes):
    """Now and then only a short part of the sound is there, repeated to fill the window; then its tempo is another."""
    if kind in ("tone", "noise", "hiss", "rumble"):
        shortest, share = 0.4, 0.12
    elif kind in ("speech", *MUSIC):
        shortest, share = 0.9, 0.12  # one syllable or one note alone is a beep
    else:
        shortest, share = 1.0, 0.15 if kind != "clicks" else 0
    if rng.random() > share:
        return sound, attributes
    part = sound[:int(rng.uniform(shortest, 1.6) * RATE)]
    if loudest(part) <= 0.2 * loudest(sound):
        return sound, attributes
    return repeat_to(part), attributes | (_unsure() if "fast" in attributes else {})


def _at_level_0(sound, kind):
    level = np.abs(sound).max() * 10 ** (PEAK_OF_CLICKS / 20) if kind in ("clicks", "crackle") else loudest(sound)
    return mel_powers(sound / max(level, 1e-9))
