"""Renders icons and clip art as RGBA pictures, and says what each is called."""
import json
import re
import subprocess
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import numpy as np
from PIL import Image

from .draw import SIZE

_SKIPPED_GROUPS = {"component", "symbols", "flags"}
# What looks like the shapes that the recipe draws itself is left to them.
SHAPELIKE = re.compile(r"\b(stars?|circle|square|triangle|cross|crossed|ring|diamond|dizzy|button|keycap)\b")
_SHARED = 5  # drawings of one title
_SKIPPED_FOLDERS = {("logos",), ("signs_and_symbols",), ("shapes",), ("decorations",), ("buttons",), ("geography",), ("special",),
                    ("computer", "icons"), ("computer", "buttons"), ("computer", "folders"), ("transportation", "roadsigns"), ("transportation", "aiga-symbols")}  # the last five: themes of icons and signs, called by their makers


def entries(folder):
    """Those of emojibase's entries whose pictures show things, group and subgroup by name."""
    found, called = (json.loads((folder / "package" / file).read_text()) for file in ("en/data.json", "meta/groups.json"))
    found = [{**e, "group": called["groups"][str(e["group"])], "subgroup": called["subgroups"][str(e["subgroup"])]} for e in found if "group" in e]
    return [e for e in found if e["group"] not in _SKIPPED_GROUPS and not SHAPELIKE.search(e["label"].lower())]


def clip_art(folder):
    """[(path from the library's root, title, keywords, file)] of the clip art that shows things, each drawing once."""
    root = folder / "usr/share/openclipart/svg"
    found, drawings = [], set()
    for file in sorted(root.rglob("*.svg")):
        path = file.relative_to(root)
        if path.parts[:1] in _SKIPPED_FOLDERS or path.parts[:2] in _SKIPPED_FOLDERS or file.stat().st_size > 400_000:
            continue
        drawing = file.read_bytes()
        lines = drawing.split(b"</metadata>")[-1]  # what is drawn, whatever it is called
        if lines in drawings:
            continue
        drawings.add(lines)
        text = drawing.decode(errors="ignore")
        title = " ".join(re.findall(r"<dc:title>([^<]{1,80})<", text)[:1])
        keywords = [w.strip().lower() for w in re.findall(r"<rdf:li>([^<]{1,60})<", text)]
        if "roadsign" not in keywords:
            found.append((path.parts, title.strip().lower(), keywords, drawing))
    times = Counter(title for _, title, _, _ in found)
    # A title that many share is that of a collection: then the file is called what it shows.
    return [(path, title if times[title] < _SHARED else path[-1].removesuffix(".svg").replace("_", " "), keywords, drawing) for path, title, keywords, drawing in found]


def filled(pixels):
    """Icons in one ink [N, S, S, 4] as black lines on white: what the lines enclose becomes white, what lies outside stays clear."""
    alpha = pixels[..., 3]
    free = alpha < 110
    outside = np.zeros_like(free)
    outside[:, [0, -1]], outside[:, :, [0, -1]] = free[:, [0, -1]], free[:, :, [0, -1]]
    while True:  # from the edges inwards, until nothing more is reached
        grown = outside.copy()
        grown[:, 1:] |= outside[:, :-1]
        grown[:, :-1] |= outside[:, 1:]
        grown[:, :, 1:] |= outside[:, :, :-1]
        grown[:, :, :-1] |= outside[:, :, 1:]
        grown &= free
        if (grown == outside).all():
            break
        outside = grown
    inside = free & ~outside
    grey = np.where(inside, 255 - alpha, 0).astype(np.uint8)
    return np.stack([grey, grey, grey, np.where(inside, 255, alpha)], -1)


def rendered(file, svgs, threads):
    """As render(), kept in a file for the next time."""
    if not file.exists():
        pixels, fine = render(svgs, threads)
        np.savez(file, pixels=pixels, fine=fine)
    kept = np.load(file)
    if len(kept["fine"]) != len(svgs):
        raise SystemExit(f"{file} holds {len(kept['fine'])} icons, but there are {len(svgs)}: remove it and start again")
    return kept["pixels"], kept["fine"]


def render(svgs, threads):
    """uint8 [N, SIZE, SIZE, 4], fitted in the middle; and booleans [N], false where nothing could be drawn."""
    with ThreadPoolExecutor(threads) as pool:
        pictures = list(pool.map(_render, svgs))
    pixels = np.stack([np.zeros((SIZE, SIZE, 4), np.uint8) if p is None else p for p in pictures])
    return pixels, np.array([p is not None and (p[..., 3] > 128).mean() > 0.04 for p in pictures])


def _render(svg):
    try:
        made = subprocess.run(["rsvg-convert", "-w", str(SIZE), "-h", str(SIZE), "-a"], input=svg, capture_output=True, timeout=10)
        picture = Image.open(BytesIO(made.stdout)).convert("RGBA")
    except (subprocess.TimeoutExpired, OSError):  # a few drawings of the library are broken
        return None
    canvas = Image.new("RGBA", (SIZE, SIZE))
    picture.thumbnail((SIZE, SIZE))
    canvas.paste(picture, ((SIZE - picture.width) // 2, (SIZE - picture.height) // 2))
    return np.array(canvas)
