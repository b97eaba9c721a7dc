"""Writes packages/clip/test/golden/mobile-clip.json: what the reference processors make of noise as MobileCLIP wants its pictures.

Run in the environment of `deepffmpeg models convert` (packages/models/convert/requirements.txt): python tools/golden/mobile_clip_pixels.py
"""
import hashlib
import json
from pathlib import Path

import numpy
import open_clip
import PIL
import torchvision
import transformers
from open_clip.transform import image_transform
from PIL import Image
from transformers import CLIPImageProcessor

SIDE = 256
SIZES = [(256, 256), (300, 256), (256, 301), (512, 256), (640, 360), (123, 77), (90, 400), (2, 5)]
SETTINGS = {
    "image_processor_type": "CLIPImageProcessor",
    "do_resize": True,
    "size": {"shortest_edge": SIDE},
    "do_center_crop": True,
    "crop_size": {"height": SIDE, "width": SIDE},
    "resample": 2,
    "do_rescale": True,
    "rescale_factor": 1 / 255,
    "do_normalize": False,
}


def noise(width, height):
    """The same pixels as `noise` in the test: a 32-bit linear congruential generator, top byte."""
    state, out = 1, bytearray()
    for _ in range(width * height * 3):
        state = (state * 1664525 + 1013904223) % 2**32
        out.append(state >> 24)
    return Image.fromarray(numpy.frombuffer(bytes(out), numpy.uint8).reshape(height, width, 3))


def digest(values):
    """Of [3, height, width], 0 to 1, as bytes."""
    return hashlib.sha256(numpy.rint(numpy.asarray(values) * 255).astype(numpy.uint8).tobytes()).hexdigest()


processor = CLIPImageProcessor(**{key: value for key, value in SETTINGS.items() if key != "image_processor_type"})
# open_clip's settings for its MobileCLIP weights: mean 0, deviation 1, bilinear, the short side.
transform = image_transform(SIDE, is_train=False, mean=(0, 0, 0), std=(1, 1, 1), interpolation="bilinear", resize_mode="shortest")
published = open_clip.get_pretrained_cfg("MobileCLIP-S1", "datacompdr")
assert (published["mean"], published["std"], published["interpolation"]) == ((0, 0, 0), (1, 1, 1), "bilinear"), published

cases = []
for width, height in SIZES:
    image = noise(width, height)
    values = processor(image, return_tensors="np")["pixel_values"][0]
    cases.append({
        "from": [width, height],
        "transformers": digest(values),
        "open_clip": digest(transform(image).numpy()),
        "first": [float(f"{value:.7g}") for value in values.reshape(-1)[:4]],
    })
made_with = {
    "transformers": transformers.__version__,
    "open_clip_torch": open_clip.__version__,
    "torchvision": torchvision.__version__,
    "pillow": PIL.__version__,
    "command": "python tools/golden/mobile_clip_pixels.py",
}
target = Path(__file__).parents[2] / "packages/clip/test/golden/mobile-clip.json"
target.parent.mkdir(exist_ok=True)
target.write_text(json.dumps({"made_with": made_with, "settings": SETTINGS, "cases": cases}, indent=1) + "\n")
