"""Writes rendered sounds, one of each kind, as WAV, to listen to before training: python3 -m sounds.listen OUT.wav [seed]."""
import sys
import wave

import numpy as np

from . import pool
from .features import RATE
from .held import TRAINING
from .kinds import SHARES


def main():
    rng = np.random.default_rng(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    sounds = [pool.windows(rng, kind, TRAINING)[0][0] for kind, share in SHARES.items() if share]
    track = np.concatenate([s / np.abs(s).max() * 0.5 for s in sounds])
    with wave.open(sys.argv[1], "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", None))
        file.writeframes(np.round(track * 32767).astype("<i2").tobytes())


if __name__ == "__main__":
    main()
