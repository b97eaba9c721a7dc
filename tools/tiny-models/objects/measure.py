"""Measures a network on scenes that it was not trained on: average precision, precision and recall, and how true its confidence is."""
import numpy as np
import torch

from .losses import overlaps
from .model import boxes_of, cells, to_pixels
from .scenes import CLASSES, draw

SIDE = 320
FAINT = 0.01
CONFIDENCE = 0.3  # what the program takes for an object unless it is told otherwise
OVERLAP = 0.45  # of two boxes of one class with more in common the better stays
HIT = 0.5
SIZES = {"small, below 32 pixels": (0, 32), "middle": (32, 96), "large, from 96 pixels": (96, 999)}


def scenes_of(seed, count, icons):
    """Scenes as large as the network's pictures."""
    rng = np.random.default_rng(seed)
    return [draw(rng, SIDE, icons) for _ in range(count)]


def find(network, pictures, presence):
    """For each picture rows of left, top, right, bottom, confidence and class, the surest first.

    presence: slope and offset that the network's presence is calibrated with.
    """
    places = cells(SIDE, SIDE)
    found = []
    with torch.no_grad():
        for start in range(0, len(pictures), 16):
            answers = network(to_pixels(np.stack(pictures[start:start + 16])))
            scores = (answers[..., 4] * presence[0] + presence[1]).sigmoid()[..., None] * answers[..., 5:].sigmoid()
            best = scores.max(-1)
            for boxes, confidence, kinds in zip(boxes_of(answers, *places), best.values, best.indices):
                found.append(_without_doubles(boxes, confidence, kinds))
    return found


def _without_doubles(boxes, confidence, kinds):
    order = confidence.argsort(descending=True)
    order = order[confidence[order] >= FAINT][:300]
    boxes, confidence, kinds = boxes[order].clamp(0, SIDE), confidence[order], kinds[order]
    double = (overlaps(boxes[:, None], boxes[None]) > OVERLAP) & (kinds[:, None] == kinds[None])
    kept = torch.ones(len(order), dtype=torch.bool)
    for i in range(len(order)):
        if kept[i]:
            kept[i + 1:] &= ~double[i, i + 1:]
    return torch.cat([boxes, confidence[:, None], kinds[:, None].float()], 1)[kept].numpy()


def match(found, truth):
    """Which of the found are right, and which of the true objects each of them is (-1 for none): each object once, the surest first."""
    met = np.full(len(found), -1)
    if len(found) and len(truth):
        shared = overlaps(torch.tensor(found[:, None, :4]), torch.tensor(truth[None, :, :4], dtype=torch.float32)).numpy()
        shared[found[:, None, 5] != truth[None, :, 4]] = 0
        for i in range(len(found)):
            best = int(shared[i].argmax())
            if shared[i, best] >= HIT:
                met[i] = best
                shared[:, best] = 0
    return met


def average_precision(confidence, right, count):
    """Area under precision over recall, each precision as good as the best at a higher recall."""
    if count == 0 or len(right) == 0:
        return 0.0
    right = np.asarray(right)[np.argsort(-np.asarray(confidence), kind="stable")]
    precision = right.cumsum() / np.arange(1, len(right) + 1)
    best = np.maximum.accumulate(precision[::-1])[::-1]
    return float((best * right).sum() / count)


def _pooled(network, scenes, presence):
    found = find(network, [scene.pixels for scene in scenes], presence)
    met = [match(rows, scene.objects) for rows, scene in zip(found, scenes)]
    return np.concatenate(found), np.concatenate(met) >= 0, [set(m[rows[:, 4] >= CONFIDENCE]) - {-1} for m, rows in zip(met, found)]


def calibrate(network, scenes):
    """Slope and offset of presence with which confidence is how often a box is right."""
    found, right, _ = _pooled(network, scenes, (1.0, 0.0))
    sure = np.clip(found[:, 4], 1e-6, 1 - 1e-6)
    log_odds = torch.tensor(np.log(sure / (1 - sure)), dtype=torch.float32)
    truth = torch.tensor(right, dtype=torch.float32)
    line = torch.tensor([1.0, 0.0], requires_grad=True)
    optimizer = torch.optim.LBFGS([line], max_iter=100)

    def step():
        optimizer.zero_grad()
        loss = torch.nn.functional.binary_cross_entropy_with_logits(log_odds * line[0] + line[1], truth)
        loss.backward()
        return loss

    optimizer.step(step)
    return tuple(round(float(value), 4) for value in line.detach())


def measure(network, scenes, presence):
    """A table of classes, a table of sizes, and how often boxes are right that are so sure."""
    found, right, met = _pooled(network, scenes, presence)
    truth = np.concatenate([scene.objects for scene in scenes])
    hit = np.concatenate([np.isin(np.arange(len(scene.objects)), list(m)) for scene, m in zip(scenes, met)])
    sure = found[:, 4] >= CONFIDENCE
    classes = {}
    for k, name in enumerate(CLASSES):
        its, real = found[:, 5] == k, truth[:, 4] == k
        classes[name] = {
            "objects": int(real.sum()),
            "ap50": _rounded(average_precision(found[its, 4], right[its], real.sum())),
            "precision": _rounded(right[its & sure].mean() if (its & sure).any() else 0),
            "recall": _rounded(hit[real].mean() if real.any() else 0),
        }
    longest = (truth[:, 2:4] - truth[:, :2]).max(1)
    sizes = {name: {"objects": int(part.sum()), "recall": _rounded(hit[part].mean())}
             for name, part in ((name, (longest >= low) & (longest < high)) for name, (low, high) in SIZES.items())}
    bins = {}
    for low in (0.1, 0.3, 0.5, 0.7, 0.9):
        part = (found[:, 4] >= low) & (found[:, 4] < low + 0.2)
        if part.any():
            bins[f"{low} to {min(1, low + 0.2):.1f}"] = {"boxes": int(part.sum()), "meanConfidence": _rounded(found[part, 4].mean()), "right": _rounded(right[part].mean())}
    told = found[:, 4] >= 0.1
    error = sum(row["boxes"] * abs(row["meanConfidence"] - row["right"]) for row in bins.values()) / max(1, told.sum())
    return {"scenes": len(scenes), "map50": _rounded(np.mean([row["ap50"] for row in classes.values()])),
            "precision": _rounded(right[sure].mean() if sure.any() else 0), "recall": _rounded(hit.mean()), "classes": classes, "sizes": sizes,
            "calibration": {"error": _rounded(error), "bins": bins}}


def _rounded(value):
    return round(float(value), 4)
