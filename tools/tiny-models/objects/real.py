"""What the network finds in real pictures, which it was never meant for: told as it is, and nothing is fitted to them."""
import numpy as np
from PIL import Image

from frames import a_frame_a_second

from .measure import CONFIDENCE, SIDE, find
from .scenes import BORDER, CLASSES

PICTURES, FILMS = {".png", ".jpg", ".jpeg", ".webp"}, {".mp4", ".webm", ".mkv", ".mov"}


def found_in(network, presence, folder):
    """By class, how many objects it believes to see in pictures, and in films by a frame a second; and how many these are, and in how many it finds nothing."""
    paths = sorted(folder.rglob("*"))
    pictures = [Image.open(path) for path in paths if path.suffix.lower() in PICTURES]
    frames = [frame for path in paths if path.suffix.lower() in FILMS for frame in a_frame_a_second(path)]
    found = find(network, [_fitted(picture) for picture in [*pictures, *frames]], presence)
    seen = [rows[rows[:, 4] >= CONFIDENCE] for rows in found]
    kinds = np.concatenate(seen)[:, 5] if seen else np.empty(0)
    return {"pictures": len(pictures), "frames": len(frames), "without": sum(len(rows) == 0 for rows in seen),
            "found": {name: int((kinds == k).sum()) for k, name in enumerate(CLASSES) if (kinds == k).any()}}


def _fitted(picture):
    picture = picture.convert("RGB")
    scale = SIDE / max(picture.size)
    picture = picture.resize([max(1, int(side * scale)) for side in picture.size], Image.BILINEAR)
    pixels = np.full((SIDE, SIDE, 3), BORDER, np.uint8)
    pixels[:picture.height, :picture.width] = np.asarray(picture)
    return pixels
