"""Writes packages/detect/test/golden/yolox-nano.json: what YOLOX-nano finds in pictures, by onnxruntime, NumPy and OpenCV, step by
step as YOLOX's own demo does it: letterbox in the corner, resized by INTER_LINEAR, blue first, values 0 to 255. Overlaps are
suppressed class by class, as in its evaluation.

Run with onnxruntime 1.32.0, numpy 2.4.6 and opencv-python-headless 4.14.0.94:
python3 tools/golden/yolox_decode.py MODEL.onnx PICTURE...
"""
import json
import sys
from pathlib import Path

import cv2
import numpy as np
import onnxruntime

SIZE, CONFIDENCE, OVERLAP = 416, 0.3, 0.45


def detect(session, picture):
    """Picture: uint8, [height, width, 3], blue first."""
    rows, columns = picture.shape[:2]
    ratio = min(SIZE / rows, SIZE / columns)
    width, height = int(columns * ratio), int(rows * ratio)
    canvas = np.full((SIZE, SIZE, 3), 114, np.float32)
    canvas[:height, :width] = cv2.resize(picture, (width, height), interpolation=cv2.INTER_LINEAR)
    images = canvas.transpose(2, 0, 1)[None]
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
    limits = np.array([columns, rows] * 2)
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
    pictures.append({"name": Path(path).name, "objects": detect(session, cv2.imread(path))})
target = Path(__file__).parents[2] / "packages/detect/test/golden/yolox-nano.json"
made_with = {
    "onnxruntime": onnxruntime.__version__,
    "numpy": np.__version__,
    "opencv": cv2.__version__,
    "command": "python3 tools/golden/yolox_decode.py MODEL.onnx PICTURE...",
}
settings = {"confidence": CONFIDENCE, "overlap": OVERLAP, "input": SIZE}
target.write_text(json.dumps({"made_with": made_with, **settings, "pictures": pictures}, indent=1) + "\n")
