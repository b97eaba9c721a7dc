"""Writes drawn scenes with their objects as PNG, to look at before training: python3 -m objects.sheet OUT.png [seed]."""
import sys

import numpy as np
from PIL import Image, ImageDraw

from . import material
from .make import CACHE
from .measure import SIDE, scenes_of
from .scenes import CLASSES

COLUMNS, LINES = 5, 4


def main():
    icons = material.fetch(material.TRAINING, CACHE, 2)
    scenes = scenes_of(int(sys.argv[2]) if len(sys.argv) > 2 else 1, COLUMNS * LINES, icons)
    sheet = Image.new("RGB", (COLUMNS * SIDE, LINES * SIDE))
    for i, scene in enumerate(scenes):
        picture = Image.fromarray(scene.pixels)
        pen = ImageDraw.Draw(picture)
        for *box, kind in scene.objects:
            pen.rectangle([float(np.floor(side)) for side in box], outline="magenta")
            pen.text((box[0] + 2, box[1] + 1), CLASSES[int(kind)], fill="lime")
        sheet.paste(picture, (i % COLUMNS * SIDE, i // COLUMNS * SIDE))
    sheet.save(sys.argv[1])


if __name__ == "__main__":
    main()
