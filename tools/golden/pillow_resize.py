"""Writes packages/core/test/golden/pillow-resize.json: hashes of what Pillow's kernels make of noise.

Run with Pillow 13.0.0 and numpy: python3 tools/golden/pillow_resize.py
"""
import hashlib
import json
from pathlib import Path

import numpy
import PIL
from PIL import Image

SIZES = [  # width, height, then what they become: both ways of shrinking and growing, and either order of passes
    (3, 2, 224, 224),
    (90, 400, 224, 224),
    (400, 90, 64, 64),
    (240, 320, 224, 224),
    (320, 240, 224, 224),
    (224, 224, 224, 224),
    (224, 300, 224, 224),
    (300, 224, 224, 224),
    (101, 97, 50, 96),
    (1, 1, 5, 3),
    (640, 360, 96, 54),
]


def noise(width, height):
    """The same pixels as `noise` in the test: a 32-bit linear congruential generator, top byte."""
    state, out = 1, bytearray()
    for _ in range(width * height * 3):
        state = (state * 1664525 + 1013904223) % 2**32
        out.append(state >> 24)
    return Image.fromarray(numpy.frombuffer(bytes(out), numpy.uint8).reshape(height, width, 3))


cases = []
for width, height, to_width, to_height in SIZES:
    for kernel in ("bicubic", "bilinear"):
        resized = noise(width, height).resize((to_width, to_height), Image.Resampling[kernel.upper()])
        cases.append(
            {
                "from": [width, height],
                "to": [to_width, to_height],
                "kernel": kernel,
                "sha256": hashlib.sha256(resized.tobytes()).hexdigest(),
            }
        )
target = Path(__file__).parents[2] / "packages/core/test/golden/pillow-resize.json"
made_with = {"pillow": PIL.__version__, "command": "python3 tools/golden/pillow_resize.py"}
target.write_text(json.dumps({"made_with": made_with, "cases": cases}, indent=1) + "\n")
