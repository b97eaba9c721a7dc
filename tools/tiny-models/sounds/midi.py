"""Notes to sound by FluidSynth and the instruments of two sound fonts, Fluid (R3) GM and MuseScore General, both under the MIT licence."""
import struct
import subprocess
import tempfile
from pathlib import Path

import numpy as np

from .features import RATE
from .waves import resampled

SOUND_FONTS = ["/usr/share/sounds/sf2/FluidR3_GM.sf2", "/usr/share/sounds/sf2/MuseScore_General_Full.sf2"]
DRUMS = 9
# The synthesiser's own rate: above it nothing is folded back into what is looked at.
_PLAYED_AT = 32000
_TICKS = 1000  # a second: with 60 beats a minute, as the file says


def render(pieces, seconds, sound_font, pause=1.0):
    """One array of samples at RATE for each piece; a piece is a list of (at, length, channel, program, note, velocity)."""
    events = []
    for k, piece in enumerate(pieces):
        begin = k * (seconds + pause)
        programs = {(channel, program) for _, _, channel, program, _, _ in piece}
        events += [(begin, 0, bytes([0xC0 | channel, program])) for channel, program in sorted(programs)]
        for at, length, channel, _, note, velocity in piece:
            if at >= seconds:
                continue
            end = min(seconds, at + length)
            events.append((begin + at, 2, bytes([0x90 | channel, note, velocity])))
            events.append((begin + end, 1, bytes([0x80 | channel, note, 0])))
        # A piece must not ring into the next.
        events += [(begin + seconds + 0.1, 3, bytes([0xB0 | channel, 120, 0])) for channel in range(16)]
    with tempfile.TemporaryDirectory() as folder:
        notes, sound = Path(folder) / "notes.mid", Path(folder) / "sound.raw"
        notes.write_bytes(_file(events, len(pieces) * (seconds + pause)))
        options = ["-n", "-i", "-q", "-R", "0", "-C", "0", "-g", "0.4", "-r", str(_PLAYED_AT), "-o", "synth.dynamic-sample-loading=1", "-T", "raw", "-O", "s16", "-F", str(sound)]
        subprocess.run(["fluidsynth", *options, sound_font, str(notes)], check=True, capture_output=True)
        stereo = np.frombuffer(sound.read_bytes(), "<i2").reshape(-1, 2)
    played = resampled(stereo.mean(1) / 32768, RATE / _PLAYED_AT)
    step, length = int((seconds + pause) * RATE), int(seconds * RATE)
    return [played[k * step:k * step + length] for k in range(len(pieces))]


def _file(events, seconds):
    """A MIDI file of one track; of events at one time, programs come first and ends before beginnings."""
    track, last = b"", 0
    for at, _, message in sorted([(round(at * _TICKS), order, message) for at, order, message in events]):
        track += _length(at - last) + message
        last = at
    track += _length(max(0, round(seconds * _TICKS) - last)) + b"\xff\x2f\x00"
    tempo = b"\x00\xff\x51\x03" + (1_000_000).to_bytes(3, "big")
    return b"MThd" + struct.pack(">IHHH", 6, 0, 1, _TICKS) + b"MTrk" + struct.pack(">I", len(tempo + track)) + tempo + track


def _length(number):
    """A number as MIDI writes it: seven bits a byte, the last without the eighth."""
    digits = [number & 127]
    while number := number >> 7:
        digits.insert(0, number & 127 | 128)
    return bytes(digits)
