"""Renders, trains, calibrates, measures and exports the tiny CLAP pair."""
import argparse
import json
import os
import platform
import subprocess
import time
from pathlib import Path

import numpy as np
import torch

from scoring import print_table
from tokenizer import SPECIAL

from . import card, export, measure
from .model import EMBEDDING
from .pool import KINDS, render
from .train import BATCH, train
from .words import WORDS

SEED, CALIBRATION_SEED, HELD_OUT_SEED = 1, 2, 3
HERE = Path(__file__).resolve().parent


def main():
    options = argparse.ArgumentParser("make.py sounds", description=__doc__)
    options.add_argument("--out", default=HERE.parents[2] / "packages/tiny-models/models/clap", type=Path)
    options.add_argument("--steps", default=2500, type=int)
    options.add_argument("--threads", default=2, type=int)
    options.add_argument("--windows", default=16000, type=int, help="how many windows of sound to render for training")
    options.add_argument("--scenes", default=6000, type=int, help="how many held-out scenes to measure on")
    chosen = options.parse_args()

    # Before torch starts threads of its own: rendering forks.
    started = time.time()
    pools = [render(seed, count, held_out, chosen.threads) for seed, count, held_out in (
        (SEED, chosen.windows, False), (CALIBRATION_SEED, chosen.windows // 6, False), (HELD_OUT_SEED, chosen.windows // 4, True))]
    print(f"rendered {', '.join(str(len(p.kind)) for p in pools)} windows  {time.time() - started:.0f} s", flush=True)
    torch.set_num_threads(chosen.threads)
    pair = train(pools[0], SEED, chosen.steps)
    finish(pair, pools, chosen, round(time.time() - started))


def finish(pair, pools, chosen, seconds):
    """Calibrates, measures, and writes the model folder with its metrics and card."""
    scale = measure.calibrate(pair, pools[1], CALIBRATION_SEED, chosen.scenes // 2)
    table, confusion = measure.measure(pair, scale, pools[2], HELD_OUT_SEED, chosen.scenes)
    print(f"calibrated scale {scale}")
    print_table(table)
    measure.print_confusion(confusion)

    export.export(pair, scale, chosen.out)
    espeak = subprocess.run(["espeak-ng", "--version"], check=True, capture_output=True, text=True).stdout.split(": ")[1].split(" ")[0]
    metrics = {
        "seed": SEED, "calibrationSeed": CALIBRATION_SEED, "heldOutSeed": HELD_OUT_SEED, "windows": len(pools[0].kind), "heldOutWindows": len(pools[2].kind), "steps": chosen.steps, "makingSeconds": seconds,
        "threads": chosen.threads, "machine": f"{os.cpu_count()} cores, {platform.machine()}",
        "logitScale": scale, "embeddingSize": EMBEDDING, "words": len(WORDS.vocabulary) - len(SPECIAL), "parameters": sum(p.numel() for p in pair.parameters()) - 1,
        "versions": {"python": platform.python_version(), "torch": torch.__version__, "numpy": np.__version__, "espeak-ng": espeak},
        "heldOut": table, "confusion": {"kinds": KINDS, "counts": confusion},
    }
    (chosen.out / "metrics.json").write_text(json.dumps(metrics, indent=1) + "\n")
    card.write(metrics, chosen.out, BATCH)
