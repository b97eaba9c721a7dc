"""Views of photographs: perspective views of panoramas, and cuts of sample pictures."""
import base64
import re
import subprocess

import numpy as np
from PIL import Image

from .draw import SIZE

_INDOOR, _OUTDOOR = ["indoor", "room"], ["outdoor"]
# What is to be seen at eye level all round.
PANORAMAS = {
    "apartment": [*_INDOOR, "house inside"], "bridge": [*_INDOOR, "corridor"], "esplanade": [*_INDOOR, "hall"], "hall": [*_INDOOR, "hall"], "lab": [*_INDOOR, "factory"],
    "lobby": [*_INDOOR, "hall"], "studio": [*_INDOOR, "studio"], "warehouse": [*_INDOOR, "factory"], "workshop": [*_INDOOR, "factory"],
    "city": [*_OUTDOOR, "city", "street", "day"], "dawn": [*_OUTDOOR, "desert", "mountains"], "forest": [*_OUTDOOR, "forest", "nature", "day"],
    "night": [*_OUTDOOR, "night", "nature"], "park": [*_OUTDOOR, "grass", "meadow", "nature", "day"], "sky": [*_OUTDOOR, "sky", "clouds", "day"],
    "sunrise": [*_OUTDOOR, "grass", "meadow", "nature", "day"], "sunset": [*_OUTDOOR, "city", "street"], "venice": [*_OUTDOOR, "street"],
}
# Of Blender's, those of other places.
MORE_PANORAMAS = {"city": [*_OUTDOOR, "city", "street", "day"], "forest": [*_OUTDOOR, "forest", "nature", "day"], "interior": [*_INDOOR, "house inside"]}
# "sunset" and "venice" are named after light and place: brick houses, a square by the water.
HELD_OUT = {"lab", "lobby", "park", "venice", "city"}
_OPEN_OUTDOORS = ["sky", "clouds", "city", "street", "grass", "meadow", "mountains", "sunset", "sea", "day", "nature", "buildings"]
_OPEN_INDOORS = ["hall", "corridor", "studio", "factory", "house inside"]
SAMPLES = {
    "skimage/data/astronaut.png": (["face", "person", "woman", "astronaut", "indoor"], 8),
    "skimage/data/chelsea.png": (["cat", "animal"], 12), "skimage/data/coffee.png": (["coffee", "cup", "food", "indoor"], 8),
    "skimage/data/rocket.jpg": (["rocket", "night"], 6), "skimage/data/camera.png": (["man", "person", "outdoor"], 6),
    "skimage/data/brick.png": (["brick wall", "texture"], 6), "skimage/data/grass.png": (["texture"], 6), "skimage/data/gravel.png": (["texture", "stone"], 6),
    "skimage/data/motorcycle_left.png": (["motorcycle", "vehicle", "indoor"], 8),
    "sklearn/datasets/images/china.jpg": (["building", "outdoor", "day"], 8), "sklearn/datasets/images/flower.jpg": (["flower", "plant", "nature"], 10),
}


def panoramas(folders, work):
    """[(name, what is to be seen, float [height, width, 3] in 0..1)]; one package carries its EXR files as text."""
    found = []
    for name, tags in PANORAMAS.items():
        text = (folders["@pmndrs/assets"] / f"package/hdri/{name}.exr.js").read_text()
        exr = work / f"{name}.exr"
        exr.write_bytes(base64.b64decode(re.search(r"base64,([A-Za-z0-9+/=]+)", text).group(1)))
        found.append((name, tags, _developed(exr, work)))
    for name, tags in MORE_PANORAMAS.items():
        found.append((f"Blender's {name}", tags, _developed(folders["blender-data"] / f"usr/share/blender/datafiles/studiolights/world/{name}.exr", work)))
    return found


def _developed(exr, work):
    png = work / "panorama.png"
    subprocess.run(["ffmpeg", "-v", "error", "-y", "-apply_trc", "iec61966_2_1", "-i", exr, "-frames:v", "1", "-pix_fmt", "rgb24", png], check=True)
    return np.asarray(Image.open(png).convert("RGB"), np.float32) / 255


def view(rng, panorama):
    """A view of the panorama as a camera would take it: uint8 [SIZE, SIZE, 3]."""
    height, width, _ = panorama.shape
    turn, tilt, half = rng.uniform(0, 2 * np.pi), rng.normal(0, 0.16), np.tan(rng.uniform(0.45, 0.75))
    axis = np.linspace(-half, half, 2 * SIZE)
    x, y = np.meshgrid(axis, axis)
    up, ahead = -y * np.cos(tilt) + np.sin(tilt), np.cos(tilt) + y * np.sin(tilt)
    u = ((np.arctan2(x, ahead) + turn) / (2 * np.pi) % 1) * width
    v = (0.5 - np.arctan2(up, np.hypot(x, ahead)) / np.pi) * height
    u0, v0 = np.floor(u).astype(int), np.clip(np.floor(v).astype(int), 0, height - 2)
    fu, fv = (u - u0)[..., None], (v - v0)[..., None]
    rows = [panorama[v0 + k, u0 % width] * (1 - fu) + panorama[v0 + k, (u0 + 1) % width] * fu for k in (0, 1)]
    picture = rows[0] * (1 - fv) + rows[1] * fv
    picture = np.clip(picture, 0, 1) ** rng.uniform(0.8, 1.25)
    return _bytes(picture.reshape(SIZE, 2, SIZE, 2, 3).mean((1, 3)))


def cut(rng, picture):
    """Most of a photograph, from somewhere: uint8 [SIZE, SIZE, 3]."""
    side = int(min(picture.size) * rng.uniform(0.6, 1))
    x, y = (int(rng.integers(full - side + 1)) for full in picture.size)
    return np.asarray(picture.crop((x, y, x + side, y + side)).resize((SIZE, SIZE), Image.BICUBIC))


def views(rng, folders, work, each, held_out):
    """Pictures uint8 [N, SIZE, SIZE, 3], and for each what it shows and what is left open."""
    pictures, shows = [], []
    for name, tags, panorama in panoramas(folders, work):
        if (name in HELD_OUT) != held_out:
            continue
        for _ in range(each * (2 if name == "night" else 1)):
            pictures.append(view(rng, panorama))
            shows.append((tags, _OPEN_INDOORS if "indoor" in tags else _OPEN_OUTDOORS))
    if not held_out:
        for path, (tags, times) in SAMPLES.items():
            folder = folders["python3-skimage" if path.startswith("skimage") else "python3-sklearn"]
            picture = Image.open(folder / "usr/lib/python3/dist-packages" / path).convert("RGB")
            for _ in range(times * each // 30):
                pictures.append(cut(rng, picture))
                shows.append((tags, _OPEN_OUTDOORS + _OPEN_INDOORS + ["indoor", "outdoor", "grass"]))
    return np.stack(pictures), shows


def _bytes(picture):
    return np.round(np.clip(picture, 0, 1) * 255).astype(np.uint8)
