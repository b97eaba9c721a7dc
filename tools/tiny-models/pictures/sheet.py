"""Writes a contact sheet of drawn scenes as PNG, to look at before training: python3 -m pictures.sheet OUT.png [seed]."""
import struct
import sys
import zlib

import numpy as np

from . import draw


def write_png(path, pixels):
    """Writes uint8 [height, width, 3]."""
    height, width, _ = pixels.shape
    rows = np.concatenate([np.zeros((height, 1), np.uint8), pixels.reshape(height, -1)], 1).tobytes()

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def main():
    columns, lines = 16, 10
    scenes = draw.draw(np.random.default_rng(int(sys.argv[2]) if len(sys.argv) > 2 else 1), columns * lines)
    cells = np.pad(scenes.pixels, ((0, 0), (1, 1), (1, 1), (0, 0)), constant_values=0.5)
    side = draw.SIZE + 2
    sheet = cells.reshape(lines, columns, side, side, 3).swapaxes(1, 2).reshape(lines * side, columns * side, 3)
    write_png(sys.argv[1], np.round(sheet * 255).astype(np.uint8))


if __name__ == "__main__":
    main()
