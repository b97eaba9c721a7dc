"""Pieces for the instruments of General MIDI: who plays what, how fast, and in which mood."""
import numpy as np

from .midi import DRUMS

# Programs of training, and held out; where nothing is held out, the keys are.
PROGRAMS = {
    "piano": ([0, 1, 3], [2]), "guitar": ([24, 25, 26], []), "electric guitar": ([27, 29, 30], [28]), "bass": ([32, 33, 34, 38], [35, 36]),
    "strings": ([40, 42, 44, 45, 48, 110], [41, 49]), "organ": ([16, 17, 19], [18]), "flute": ([72, 73, 75, 78], [74]), "brass": ([56, 58, 60, 61], [57]),
    "saxophone": ([64, 66, 71], [65]), "xylophone": ([8, 9, 10, 11, 13], [12]), "harp": ([46], []), "accordion": ([21, 22], [23]), "choir": ([52, 53], [54]),
    "synthesizer": ([80, 81, 62, 87, 88, 90], [82, 63, 91]), "drums": ([0], [0]), "orchestra": ([0], [0]), "rock": ([0], [0]), "metal": ([0], [0]),
    "dance": ([0], [0]), "jazz": ([0], [0]), "folk": ([0], [0]), "drone": ([89, 92, 95], [94]),
}
KITS = ([0, 8, 16, 24, 25, 32], [40])
# Of the twelve keys, those that training does not hear.
_HELD_OUT_KEYS = [1, 6, 8]
_MAJOR, _MINOR = [0, 2, 4, 5, 7, 9, 11], [0, 2, 3, 5, 7, 8, 10]
_PROGRESSIONS = {True: [[0, 4, 5, 3], [0, 3, 4, 0], [0, 5, 3, 4], [0, 0, 3, 4]], False: [[0, 5, 2, 6], [0, 3, 0, 4], [0, 6, 5, 4], [0, 3, 4, 0]]}
_LOWEST = {"bass": 28, "brass": 46, "strings": 45, "flute": 67, "xylophone": 65, "saxophone": 53}
KICK, SNARE, CLOSED, OPEN_HAT, CRASH, TOM, RIDE, CLAP, SHAKER = 36, 38, 42, 46, 49, 45, 51, 39, 70


class _Player:
    """Gathers the notes of one piece."""

    def __init__(self, rng, name, held):
        self.rng, self.name, self.held, self.notes = rng, name, held, []
        mood = rng.random()
        self.major = bool(mood < 0.35 or (mood >= 0.7 and rng.random() < 0.5))
        beats = rng.uniform(125, 180) if mood < 0.35 else rng.uniform(48, 80) if mood < 0.7 else rng.uniform(75, 150)
        self.beat = 60 / beats
        keys = _HELD_OUT_KEYS if held.pieces else [k for k in range(12) if k not in _HELD_OUT_KEYS]
        self.key = int(rng.choice(keys))
        self.scale = _MAJOR if self.major else _MINOR
        self.progression = _PROGRESSIONS[self.major][rng.integers(4)]
        self.lively = mood < 0.35

    def add(self, at, length, channel, program, note, velocity):
        while note > 108:
            note -= 12
        self.notes.append((float(at), float(length), channel, int(program), int(note), int(np.clip(velocity, 20, 127))))

    def pitch(self, low, degree):
        """A note of the scale, counted from the tonic at or above low."""
        tonic = low + (self.key - low) % 12
        return tonic + 12 * (degree // 7) + self.scale[degree % 7]

    def chord_at(self, k):
        return self.progression[k % 4]


def piece(rng, name, held, seconds):
    """Notes for midi.render, and whether the scale is major."""
    player = _Player(rng, name, held)
    _STYLES.get(name, _solo)(player, seconds)
    return player.notes, player.major


def onsets(notes, begin, end):
    """How often something begins to sound between two moments; what begins within 50 ms begins at once."""
    return len({round(at / 0.05) for at, *_ in notes if begin <= at < end})


def _program(player, name):
    train, held = PROGRAMS[name]
    return int(player.rng.choice(held if player.held.performers and held else train))


def _solo(p, seconds):
    """One instrument: a melody, chords, both, or broken chords."""
    program, low = _program(p, p.name), _LOWEST.get(p.name, int(p.rng.choice([48, 55, 60])))
    alone = p.name in ("flute", "saxophone", "bass")
    way = 0 if alone else int(p.rng.integers(4))
    if way in (0, 2):
        _melody(p, seconds, 0, program, low + (12 if way == 2 else 0))
    if way in (1, 2):
        _chords(p, seconds, 1, program, low, p.rng.choice([2, 4]) if p.name in ("strings", "organ", "choir") else p.rng.choice([1, 2]))
    if way == 3:
        _broken(p, seconds, 0, program, low)


def _melody(p, seconds, channel, program, low, velocity=95):
    lengths = p.rng.choice([0.25, 0.5, 0.5, 1.0] if p.lively else [0.5, 1.0, 1.0, 2.0], size=4) * p.beat
    at, degree = -p.rng.uniform(0, 0.3), int(p.rng.integers(0, 8))
    while at < seconds:
        length = max(0.1, float(p.rng.choice(lengths)))
        p.add(max(0, at), length * p.rng.choice([0.7, 1.0, 1.0]), channel, program, p.pitch(low, degree), velocity + p.rng.integers(-15, 15))
        degree = int(np.clip(degree + p.rng.choice([-3, -2, -1, -1, 1, 1, 2, 4]), -3, 12))
        at += length


def _chords(p, seconds, channel, program, low, beats, velocity=80, tones=(0, 2, 4)):
    length = beats * p.beat
    for k in range(int(seconds / length) + 1):
        for tone in tones:
            p.add(k * length, length * 0.97, channel, program, p.pitch(low, p.chord_at(k) + tone), velocity)


def _broken(p, seconds, channel, program, low, velocity=85):
    step = p.beat / (2 if p.lively else 1)
    order = [[0, 2, 4, 7], [0, 4, 2, 4], [7, 4, 2, 0]][p.rng.integers(3)]
    for k in range(int(seconds / step) + 1):
        p.add(k * step, step * 2.2, channel, program, p.pitch(low, p.chord_at(k // 4) + order[k % 4]), velocity)


def _bass(p, seconds, step=1.0, program=33, walking=False):
    for k in range(int(seconds / (step * p.beat)) + 1):
        degree = p.chord_at(int(k * step) // 4) + ([0, 2, 4, 5][k % 4] if walking else 0)
        p.add(k * step * p.beat, step * p.beat * 0.95, 1, program, p.pitch(28, degree), 100)


def _drums(p, seconds, pattern, level=100):
    """A bar of 16 steps: {drum: the steps on which it sounds}."""
    kit, step = int(p.rng.choice(KITS[1] if p.held.performers else KITS[0])), p.beat / 4
    for k in range(int(seconds / step) + 1):
        for drum, steps in pattern.items():
            if k % 16 in steps:
                p.add(k * step, 0.1, DRUMS, kit, drum, level + p.rng.integers(-18, 10))


_BEATS = [
    {KICK: [0, 8], SNARE: [4, 12], CLOSED: range(0, 16, 2)}, {KICK: [0, 6, 8], SNARE: [4, 12], CLOSED: range(0, 16, 2), OPEN_HAT: [14]},
    {KICK: [0, 3, 10], SNARE: [4, 12], CLOSED: range(16)}, {KICK: [0, 4, 8, 12], TOM: range(0, 16, 2)}, {TOM: [0, 3, 6, 8, 11, 14], 41: [0, 4, 8, 12]},
    {64: [0, 3, 6, 10, 12], 62: [2, 8, 14], SHAKER: range(0, 16, 2)}, {SNARE: range(16), KICK: [0, 8]},
]


def _drum_solo(p, seconds):
    p.beat = 60 / p.rng.uniform(70, 165)
    _drums(p, seconds, _BEATS[p.rng.integers(len(_BEATS))])
    if p.rng.random() < 0.4:
        p.add(0, 1, DRUMS, 0, CRASH, 100)


def _orchestra(p, seconds):
    _chords(p, seconds, 0, 48, 48, p.rng.choice([2, 4]))
    _melody(p, seconds, 2, p.rng.choice([40, 48, 56, 60, 68, 73]), 65)
    _chords(p, seconds, 3, p.rng.choice([61, 60, 58]), 43, 4, tones=(0, 4))
    if p.rng.random() < 0.5:
        for k in range(int(seconds / p.beat / 2) + 1):
            p.add(k * p.beat * 2, p.beat, 4, 47, p.pitch(36, p.chord_at(k)), 105)


def _rock(p, seconds):
    p.beat = 60 / p.rng.uniform(100, 150)
    _chords(p, seconds, 0, p.rng.choice([27, 29]), 45, p.rng.choice([0.5, 1, 2]), 90, (0, 4, 7))
    _bass(p, seconds, 0.5)
    _drums(p, seconds, _BEATS[p.rng.integers(3)])
    if p.rng.random() < 0.5:
        _melody(p, seconds, 2, p.rng.choice([26, 27, 29]), 60)


def _metal(p, seconds):
    p.beat, p.scale, p.major = 60 / p.rng.uniform(130, 200), _MINOR, False
    _chords(p, seconds, 0, 30, 40, p.rng.choice([0.25, 0.5]), 115, (0, 4))
    _bass(p, seconds, 0.5, 34)
    fast = {KICK: range(0, 16, p.rng.choice([1, 2])), SNARE: [4, 12], CRASH: [0], RIDE: range(0, 16, 2)}
    _drums(p, seconds, fast, 115)


def _dance(p, seconds):
    p.beat = 60 / p.rng.uniform(118, 145)
    _drums(p, seconds, {KICK: [0, 4, 8, 12], OPEN_HAT: [2, 6, 10, 14], CLAP: [4, 12]}, 112)
    _bass(p, seconds, 0.5, p.rng.choice([38, 39]))
    (_broken if p.rng.random() < 0.5 else _melody)(p, seconds, 0, p.rng.choice([80, 81, 90, 62]), 60)
    if p.rng.random() < 0.5:
        _chords(p, seconds, 2, p.rng.choice([89, 90, 81]), 52, 2, 70)


def _jazz(p, seconds):
    p.beat = 60 / p.rng.uniform(95, 190)
    _bass(p, seconds, 1.0, 32, walking=True)
    swing = {RIDE: [0, 4, 7, 8, 12, 15], 44: [4, 12]}
    _drums(p, seconds, swing, 80)
    _chords(p, seconds, 2, p.rng.choice([0, 26]), 52, 2, 70, (0, 2, 4, 6))
    _melody(p, seconds, 0, p.rng.choice([64, 65, 66, 56, 0, 26, 11]), 58)


def _folk(p, seconds):
    _broken(p, seconds, 0, p.rng.choice([24, 25]), 48)
    _melody(p, seconds, 2, p.rng.choice([110, 105, 21, 22, 72]), 62)
    if p.rng.random() < 0.4:
        _bass(p, seconds, 2.0, 32)


def _drone(p, seconds):
    """Something ominous: low notes that rub, held."""
    low = int(p.rng.integers(30, 44))
    for interval in p.rng.choice([0, 1, 6, 7, 12, 13], size=3, replace=False):
        p.add(0, seconds, 0, _program(p, "drone"), low + interval, 100)


_STYLES = {"drums": _drum_solo, "orchestra": _orchestra, "rock": _rock, "metal": _metal, "dance": _dance, "jazz": _jazz, "folk": _folk, "drone": _drone}
