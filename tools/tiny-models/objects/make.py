"""Draws, trains, calibrates, measures and exports the tiny detector."""
import argparse
import copy
import json
import os
import platform
import time
from pathlib import Path

import numpy as np
import PIL
import torch

from training import HALVES

from . import card, export, material, measure, real
from .train import LEARNING, REFINING_STEPS, train

SEED, CALIBRATION_SEED, HELD_OUT_SEED = 1, 2, 4  # by scenes of 3 the second stage was chosen
HERE = Path(__file__).resolve().parent
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "deepffmpeg/tiny-models"


def main():
    options = argparse.ArgumentParser("make.py objects", description=__doc__)
    options.add_argument("--out", default=HERE.parents[2] / "packages/tiny-models/models/tiny-detector", type=Path)
    options.add_argument("--steps", default=10000, type=int)
    options.add_argument("--threads", default=1, type=int, help="of torch; another process draws")
    options.add_argument("--workers", default=1, type=int, help="how many processes draw while the network trains")
    options.add_argument("--scenes", default=1200, type=int, help="how many held-out scenes to measure on")
    options.add_argument("--material", default=CACHE, type=Path, help="where the icons are kept")
    options.add_argument("--real", type=Path, help="a folder of real pictures, to tell what is found in them")
    chosen = options.parse_args()
    torch.set_num_threads(chosen.threads)

    icons = material.fetch(material.TRAINING, chosen.material, os.cpu_count())
    started = time.time()
    network = train(SEED, chosen.steps, icons, chosen.workers, lambda average: finish(average, icons, chosen, None))
    finish(network, icons, chosen, round(time.time() - started))


def finish(network, icons, chosen, seconds):
    """Calibrates, measures, and writes the model folder with its metrics and card. Before the training's end (no seconds): the model alone."""
    calibrating = measure.scenes_of(CALIBRATION_SEED, chosen.scenes // 3 if seconds else 100, icons)
    presence = measure.calibrate(network, calibrating)
    export.export(copy.deepcopy(network), presence, chosen.out)
    if seconds is None:
        return
    unseen = material.fetch(material.HELD_OUT, chosen.material, os.cpu_count())
    table = measure.measure(network, measure.scenes_of(HELD_OUT_SEED, chosen.scenes, unseen), presence)
    known = measure.measure(network, measure.scenes_of(HELD_OUT_SEED, chosen.scenes, icons), presence)
    metrics = {
        "seed": SEED, "calibrationSeed": CALIBRATION_SEED, "heldOutSeed": HELD_OUT_SEED, "steps": chosen.steps, "refiningSteps": REFINING_STEPS, "batches": LEARNING.batches, "trainingSeconds": seconds,
        "threads": chosen.threads, "bfloat16": HALVES, "workers": chosen.workers, "machine": f"{os.cpu_count()} cores, {platform.machine()}",
        "imageSize": measure.SIDE, "parameters": sum(p.numel() for p in network.parameters()), "bytes": (chosen.out / "onnx/model.onnx").stat().st_size,
        "presence": presence, "confidence": measure.CONFIDENCE,
        "versions": {"python": platform.python_version(), "torch": torch.__version__, "numpy": np.__version__, "pillow": PIL.__version__},
        "heldOut": table, "iconsOfTraining": {name: known["classes"][name] for name in material.CLASSES},
        **({"real": real.found_in(network, presence, chosen.real)} if chosen.real else {}),
    }
    (chosen.out / "metrics.json").write_text(json.dumps(metrics, indent=1) + "\n")
    card.write(metrics, chosen.out)
    print(f"presence calibrated by {presence}; held out: mAP50 {table['map50']}, precision {table['precision']}, recall {table['recall']}")
    for name, row in table["classes"].items():
        print(f"{name:10} {row}")
