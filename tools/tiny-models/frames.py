"""Frames of real films, to ask models about."""
import subprocess

import numpy as np
from PIL import Image


def a_frame_a_second(file):
    """PIL pictures."""
    size = subprocess.run(["ffprobe", "-v", "error", "-select_streams", "v", "-show_entries", "stream=width,height", "-of", "csv=p=0", file], check=True, capture_output=True, text=True).stdout.strip().split(",")
    width, height = int(size[0]), int(size[1])
    raw = subprocess.run(["ffmpeg", "-v", "error", "-i", file, "-vf", "fps=1", "-f", "rawvideo", "-pix_fmt", "rgb24", "-"], check=True, capture_output=True).stdout
    return [Image.fromarray(f) for f in np.frombuffer(raw, np.uint8).reshape(-1, height, width, 3)]
