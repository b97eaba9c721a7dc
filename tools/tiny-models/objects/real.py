"""What the network finds in real pictures, which it was never meant for: told as it is, and nothing is fitted to them."""
import numpy as np
from PIL import Image

from .measure import CONFIDENCE, SIDE, find
from .scenes import BORDER, CLASSES

ENDINGS = {".png", ".jpg", ".jpeg", ".webp"}


def found_in(network, presence, folder):
    """By class, how many objects it believes to see; and how many pictures there are, and how many of them it finds nothing in."""
    paths = sorted(path for path in folder.rglob("*") if path.suffix.lower() in ENDINGS)
    found = find(network, [_fitted(path) for path in paths], presence)
    seen = [rows[rows[:, 4] >= CONFIDENCE] for rows in found]
    kinds = np.concatenate(seen)[:, 5] if seen else np.empty(0)
    return {"pictures": len(paths), "without": sum(len(rows) == 0 for rows in seen),
            "found": {name: int((kinds == k).sum()) for k, name in enumerate(CLASSES) if (kinds == k).any()}}


def _fitted(path):
    picture = Image.open(path).convert("RGB")
    scale = SIDE / max(picture.size)
    picture = picture.resize([max(1, int(side * scale)) for side in picture.size], Image.BILINEAR)
    pixels = np.full((SIDE, SIDE, 3), BORDER, np.uint8)
    pixels[:picture.height, :picture.width] = np.asarray(picture)
    return pixels
