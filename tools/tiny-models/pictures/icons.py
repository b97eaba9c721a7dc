"""Renders icons and clip art as RGBA pictures, and says what each is called."""
import json
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import numpy as np
from PIL import Image

from .draw import SIZE

EMOJI_SETS = ["fluent-emoji", "fluent-emoji-flat", "twemoji", "emojione", "noto"]
HELD_OUT_SET = "noto"
_SKIPPED_GROUPS = {2, 8, 9}  # components, symbols, flags
# What looks like the shapes that the recipe draws itself is left to them.
SHAPELIKE = re.compile(r"\b(stars?|circle|square|triangle|cross|crossed|ring|diamond|dizzy|button|keycap)\b")
_SKIPPED_FOLDERS = {"logos", "signs_and_symbols", "shapes", "decorations", "buttons", "geography", "special"}


def emoji(folders):
    """[(set, entry of emojibase, svg)] for every emoji that all sets could have."""
    entries = {e["label"].lower(): e for e in json.loads((folders["emojibase-data"] / "package/en/data.json").read_text())
               if e.get("group") not in _SKIPPED_GROUPS and "group" in e and not SHAPELIKE.search(e["label"].lower())}
    by_name = {re.sub(r"[^a-z0-9]+", "-", label.replace("’", "")).strip("-"): e for label, e in entries.items()}
    found = []
    for name in EMOJI_SETS:
        icons = json.loads((folders[f"@iconify-json/{name}"] / "package/icons.json").read_text())
        for key, entry in by_name.items():
            icon = icons["icons"].get(key)
            if icon:
                width, height = (icon.get(side, icons.get(side, 16)) for side in ("width", "height"))
                svg = (f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="{SIZE}" height="{SIZE}" '
                       f'viewBox="0 0 {width} {height}">{icon["body"]}</svg>')
                found.append((name, entry, svg.encode()))
    return found


def clip_art(folder):
    """[(path from the library's root, title and keywords, file)] of the clip art that shows things."""
    root = folder / "usr/share/openclipart/svg"
    found = []
    for file in sorted(root.rglob("*.svg")):
        path = file.relative_to(root)
        if path.parts[0] in _SKIPPED_FOLDERS or file.stat().st_size > 400_000:
            continue
        text = file.read_text(errors="ignore")
        words = [*re.findall(r"<dc:title>([^<]{1,80})<", text)[:1], *re.findall(r"<rdf:li>([^<]{1,60})<", text)]
        found.append((path.parts, [w.strip().lower() for w in words], file.read_bytes()))
    return found


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
