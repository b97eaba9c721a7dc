"""Writes packages/detect/test/golden/mot-scores.json: MOTA and IDF1 by py-motmetrics of made-up sequences of boxes.

Each sequence has objects that move, come and go, and hypotheses that follow them with errors: misses, inventions, switches between
two objects, ids that begin anew, and boxes at exactly half an overlap or twice at the same place.

Run with motmetrics 1.4.0 and numpy 1.26.4 (it does not run with numpy 2): python3 tools/golden/mot_scores.py
"""
import json
from pathlib import Path

import motmetrics
import numpy as np

KINDS = {  # chances a frame: a miss, an invention, two that swap ids, an id that begins anew, the same box twice; error in pixels
    "perfect": (0, 0, 0, 0, 0, 0),
    "misses": (0.3, 0, 0, 0, 0, 2),
    "inventions": (0, 0.6, 0, 0, 0, 2),
    "switches": (0, 0, 0.2, 0, 0, 2),
    "fragments": (0.1, 0, 0, 0.15, 0, 2),
    "twins": (0, 0, 0.05, 0, 0.4, 3),
    "all": (0.15, 0.3, 0.1, 0.1, 0.2, 5),
    "crowd": (0.1, 0.2, 0.1, 0.05, 0.1, 9),
}
WIDTH, HEIGHT = 30, 60
FRAMES = 25


def sequence(seed, miss, invent, swap, renew, twin, error, objects=4):
    random = np.random.default_rng(seed)
    starts = random.integers(0, 120, (objects, 2))
    speeds = random.integers(-4, 5, (objects, 2))
    spans = [sorted(random.choice(FRAMES + 1, 2, replace=False)) if i % 2 else (0, FRAMES) for i in range(objects)]
    ids = list(range(101, 101 + objects))
    next_id = 500
    frames = []
    for time in range(FRAMES):
        truth, told = [], []
        if random.random() < swap:
            a, b = random.choice(objects, 2, replace=False)
            ids[a], ids[b] = ids[b], ids[a]
        for i in range(objects):
            if not spans[i][0] <= time < spans[i][1]:
                continue
            x, y = starts[i] + time * speeds[i]
            truth.append([i + 1, x, y, WIDTH, HEIGHT])
            if random.random() < renew:
                ids[i], next_id = next_id, next_id + 1
            if random.random() < miss:
                continue
            # Ten pixels aside are an overlap of exactly one half.
            dx, dy = (10, 0) if random.random() < 0.05 and error else random.integers(-error, error + 1, 2)
            told.append([ids[i], x + dx, y + dy, WIDTH, HEIGHT])
            if random.random() < twin:
                told.append([next_id, x + dx, y + dy, WIDTH, HEIGHT])
                next_id += 1
        if random.random() < invent:
            told.append([next_id, *random.integers(0, 120, 2), WIDTH, HEIGHT])
            next_id += 1
        frames.append({"truth": np.array(truth).tolist(), "tracked": np.array(told).tolist()})
    return frames


def score(frames):
    accumulator = motmetrics.MOTAccumulator(auto_id=True)
    for frame in frames:
        truth, told = (np.array(frame[key], float).reshape(-1, 5) for key in ("truth", "tracked"))
        distances = motmetrics.distances.iou_matrix(truth[:, 1:], told[:, 1:], max_iou=0.5)
        accumulator.update(truth[:, 0].astype(int), told[:, 0].astype(int), distances)
    names = ["mota", "idf1", "num_misses", "num_false_positives", "num_switches"]
    row = motmetrics.metrics.create().compute(accumulator, metrics=names, name="x").loc["x"]
    return {
        "mota": float(row["mota"]),
        "idf1": float(row["idf1"]),
        "misses": int(row["num_misses"]),
        "inventions": int(row["num_false_positives"]),
        "switches": int(row["num_switches"]),
    }


cases = []
for number, (kind, chances) in enumerate(KINDS.items()):
    for seed in range(2):
        frames = sequence(10 * number + seed, *chances, objects=8 if kind == "crowd" else 4)
        cases.append({"kind": f"{kind} {seed}", "scores": score(frames), "frames": frames})
target = Path(__file__).parents[2] / "packages/detect/test/golden/mot-scores.json"
made_with = {
    "motmetrics": motmetrics.__version__,
    "numpy": np.__version__,
    "command": "python3 tools/golden/mot_scores.py",
}
lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases)
target.write_text(f'{{\n"made_with": {json.dumps(made_with)},\n"cases": [\n{lines}\n]\n}}\n')
