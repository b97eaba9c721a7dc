"""Draws, trains, calibrates, measures and exports the tiny CLIP pair."""
import argparse
import json
import os
import platform
import time
from pathlib import Path

import numpy as np
import torch

from scoring import print_table
from tokenizer import SPECIAL

from . import card, draw, export, measure
from .model import EMBEDDING
from .train import REFINING_STEPS, train
from .words import WORDS

SEED, CALIBRATION_SEED, HELD_OUT_SEED = 1, 2, 3
HERE = Path(__file__).resolve().parent


def main():
    options = argparse.ArgumentParser("make.py pictures", description=__doc__)
    options.add_argument("--out", default=HERE.parents[2] / "packages/tiny-models/models/clip", type=Path)
    options.add_argument("--steps", default=1400, type=int)
    options.add_argument("--threads", default=2, type=int)
    options.add_argument("--scenes", default=5000, type=int, help="how many held-out scenes to measure on")
    chosen = options.parse_args()
    torch.set_num_threads(chosen.threads)

    started = time.time()
    pair = train(SEED, chosen.steps)
    finish(pair, chosen, round(time.time() - started))


def finish(pair, chosen, seconds):
    """Calibrates, measures, and writes the model folder with its metrics and card."""
    scale = measure.calibrate(pair, CALIBRATION_SEED, chosen.scenes // 2)
    table = measure.measure(pair, scale, HELD_OUT_SEED, chosen.scenes)
    print(f"calibrated scale {scale}")
    print_table(table)

    export.export(pair, scale, chosen.out)
    metrics = {
        "seed": SEED, "calibrationSeed": CALIBRATION_SEED, "heldOutSeed": HELD_OUT_SEED, "steps": chosen.steps, "refiningSteps": REFINING_STEPS, "trainingSeconds": seconds,
        "threads": chosen.threads, "machine": f"{os.cpu_count()} cores, {platform.machine()}",
        "logitScale": scale, "imageSize": draw.SIZE, "embeddingSize": EMBEDDING, "words": len(WORDS.vocabulary) - len(SPECIAL), "parameters": sum(p.numel() for p in pair.parameters()) - 1,
        "versions": {"python": platform.python_version(), "torch": torch.__version__, "numpy": np.__version__}, "heldOut": table,
    }
    (chosen.out / "metrics.json").write_text(json.dumps(metrics, indent=1) + "\n")
    card.write(metrics, chosen.out)
