"""Writes packages/detect/test/golden/opencv-bilinear.json: hashes of what OpenCV's INTER_LINEAR makes of noise.

Run with opencv-python-headless 4.14.0.94 (5.0.0.93 gives the same) and numpy: python3 tools/golden/opencv_bilinear.py
"""
import hashlib
import json
from pathlib import Path

import cv2
import numpy

SIZES = [  # width, height, then what they become: shrinking, growing, halving, odd sizes, sides of one pixel
    (320, 180, 104, 58),
    (160, 107, 104, 69),
    (100, 80, 50, 40),
    (101, 97, 50, 96),
    (97, 101, 96, 203),
    (64, 64, 128, 128),
    (40, 30, 40, 30),
    (40, 30, 41, 30),
    (33, 47, 7, 5),
    (3, 2, 61, 47),
    (1, 1, 5, 3),
    (1, 9, 4, 5),
    (7, 1, 3, 9),
    (50, 40, 1, 1),
]


def noise(width, height):
    """The same pixels as `noise` in the test: a 32-bit linear congruential generator, top byte."""
    state, out = 1, bytearray()
    for _ in range(width * height * 3):
        state = (state * 1664525 + 1013904223) % 2**32
        out.append(state >> 24)
    return numpy.frombuffer(bytes(out), numpy.uint8).reshape(height, width, 3)


cases = []
for width, height, to_width, to_height in SIZES:
    resized = cv2.resize(noise(width, height), (to_width, to_height), interpolation=cv2.INTER_LINEAR)
    cases.append(
        {
            "from": [width, height],
            "to": [to_width, to_height],
            "sha256": hashlib.sha256(resized.tobytes()).hexdigest(),
        }
    )
target = Path(__file__).parents[2] / "packages/detect/test/golden/opencv-bilinear.json"
made_with = {"opencv": cv2.__version__, "command": "python3 tools/golden/opencv_bilinear.py"}
target.write_text(json.dumps({"made_with": made_with, "cases": cases}, indent=1) + "\n")
