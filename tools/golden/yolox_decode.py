"""Writes packages/detect/test/golden/yolox-nano.json: what YOLOX-nano finds in pictures, by plain onnxruntime and NumPy.

Pictures are resized by Pillow's bicubic, as core does. For each it also tells the highest scores with the bilinear
kernel without antialiasing that the model was trained behind, to show what the kernel does.

Run with onnxruntime 1.32.0, numpy 2.4.6 and Pillow 13.0.0:
python3 tools/golden/yolox_decode.py MODEL.onnx PICTURE...
"""
import json
import sys
from pathlib import Path

import numpy as np
import onnxruntime
import PIL
from PIL import Image

SIZE, CONFIDENCE, OVERLAP = 416, 0.3, 0.45


def bilinear(picture, width, height):
    """Four neighbours, pixel centres at halves, edges repeated."""
    pixels = np.asarray(picture, np.float32)

    def neighbours(length, target):
        place = np.clip((np.arange(target) + 0.5) * length / target - 0.5, 0, length - 1)
        first = np.floor(place).astype(int)
        return first, np.minimum(first + 1, length - 1), (place - first).astype(np.float32)

    top, bottom, down = neighbours(pixels.shape[0], height)
    left, right, across = neighbours(pixels.shape[1], width)
    rows = pixels[top] * (1 - down)[:, None, None] + pixels[bottom] * down[:, None, None]
    return np.rint(rows[:, left] * (1 - across)[:, None] + rows[:, right] * across[:, None])


def detect(session, picture, resize):
    ratio = min(SIZE / picture.height, SIZE / picture.width)
    width, height = int(picture.width * ratio), int(picture.height * ratio)
    canvas = np.full((SIZE, SIZE, 3), 114, np.float32)
    canvas[:height, :width] = resize(picture, width, height)
    images = canvas[:, :, ::-1].transpose(2, 0, 1)[None]
    output = session.run(None, {"images": np.ascontiguousarray(images)})[0][0]

    cells = []
    for stride in (8, 16, 32):
        y, x = np.mgrid[: SIZE // stride, : SIZE // stride]
        cells.append(np.stack([x.ravel(), y.ravel(), np.full(x.size, stride)], 1))
    cells = np.concatenate(cells)
    stride = cells[:, 2:]
    centre = (output[:, :2] + cells[:, :2]) * stride / ratio
    size = np.exp(output[:, 2:4]) * stride / ratio
    boxes = np.concatenate([centre - size / 2, centre + size / 2], 1)
    scores = output[:, 4:5] * output[:, 5:]
    classes = scores.argmax(1)
    best = scores.max(1)

    found = []
    for i in np.argsort(-best, kind="stable"):
        if best[i] < CONFIDENCE:
            break
        if all(found_class != classes[i] or iou(boxes[i], box) <= OVERLAP for found_class, _, box in found):
            found.append((classes[i], best[i], boxes[i]))
    limits = np.array([picture.width, picture.height] * 2)
    return [
        {
            "class": int(c),
            "score": round(float(s), 5),
            "box": [round(float(v), 3) for v in np.clip(box, 0, limits)],
        }
        for c, s, box in found
    ]


def iou(a, b):
    sides = np.maximum(np.minimum(a[2:], b[2:]) - np.maximum(a[:2], b[:2]), 0)
    common = sides.prod()
    return common / ((a[2:] - a[:2]).prod() + (b[2:] - b[:2]).prod() - common)


model, *paths = sys.argv[1:]
session = onnxruntime.InferenceSession(model)
pictures = []
for path in paths:
    picture = Image.open(path).convert("RGB")
    bicubic = lambda p, w, h: np.asarray(p.resize((w, h), Image.BICUBIC))
    plain = detect(session, picture, bilinear)
    pictures.append(
        {
            "name": Path(path).name,
            "objects": detect(session, picture, bicubic),
            "bilinear_scores": [thing["score"] for thing in plain],
        }
    )
target = Path(__file__).parents[2] / "packages/detect/test/golden/yolox-nano.json"
made_with = {
    "onnxruntime": onnxruntime.__version__,
    "numpy": np.__version__,
    "pillow": PIL.__version__,
    "command": "python3 tools/golden/yolox_decode.py MODEL.onnx PICTURE...",
}
settings = {"confidence": CONFIDENCE, "overlap": OVERLAP, "input": SIZE}
target.write_text(json.dumps({"made_with": made_with, **settings, "pictures": pictures}, indent=1) + "\n")
