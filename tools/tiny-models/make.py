"""Draws, trains, calibrates, measures and exports the tiny CLIP pair: python3 make.py [--out FOLDER] [--steps N]."""
import argparse
import json
import os
import platform
import time
from pathlib import Path

# Threads that wait should sleep, not spin: on a busy machine spinning costs more than the work. Read when torch loads.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

import numpy as np
import torch

import card
import draw
import export
import measure
from model import EMBEDDING
from tokenizer import SPECIAL, VOCABULARY
from train import REFINING_STEPS, train

SEED, CALIBRATION_SEED, HELD_OUT_SEED = 1, 2, 3
HERE = Path(__file__).resolve().parent


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--out", default=HERE.parent.parent / "packages/tiny-models/models/clip", type=Path)
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
    measure.print_table(table)

    export.export(pair, scale, chosen.out)
    metrics = {
        "seed": SEED, "calibrationSeed": CALIBRATION_SEED, "heldOutSeed": HELD_OUT_SEED, "steps": chosen.steps, "refiningSteps": REFINING_STEPS, "trainingSeconds": seconds,
        "threads": chosen.threads, "machine": f"{os.cpu_count()} cores, {platform.machine()}",
        "logitScale": scale, "imageSize": draw.SIZE, "embeddingSize": EMBEDDING, "words": len(VOCABULARY) - len(SPECIAL), "parameters": sum(p.numel() for p in pair.parameters()) - 1,
        "versions": {"python": platform.python_version(), "torch": torch.__version__, "numpy": np.__version__}, "heldOut": table,
    }
    (chosen.out / "metrics.json").write_text(json.dumps(metrics, indent=1) + "\n")
    card.write(metrics, chosen.out)


if __name__ == "__main__":
    main()
