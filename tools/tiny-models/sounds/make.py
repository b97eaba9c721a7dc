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

from . import card, export, hear, measure
from .flite import flite_pool
from .model import EMBEDDING, Pair
from .pool import render
from .train import BATCH, refine, train
from .words import CAPTION_WORDS, WORDS

SEED, CALIBRATION_SEED, HELD_OUT_SEED, OTHER_VOICES_SEED = 1, 2, 3, 4
REFINING_STEPS = 220
HERE = Path(__file__).resolve().parent


def main():
    options = argparse.ArgumentParser("make.py sounds", description=__doc__)
    options.add_argument("--out", default=HERE.parents[2] / "packages/tiny-models/models/tiny-clap", type=Path)
    options.add_argument("--steps", default=2600, type=int)
    options.add_argument("--threads", default=2, type=int)
    options.add_argument("--windows", default=12000, type=int, help="how many windows of sound to render for training")
    options.add_argument("--scenes", default=4000, type=int, help="how many held-out scenes to measure on")
    options.add_argument("--checkpoint", type=Path, help="a file to keep the weights in while training; where it is there, its weights are measured and exported without the main training")
    options.add_argument("--recordings", type=Path, help="a folder of recordings: what they are called goes into the card; they decide nothing")
    chosen = options.parse_args()

    # Before torch starts threads of its own: rendering forks.
    started = time.time()
    pools = [render(seed, count, held_out, chosen.threads) for seed, count, held_out in (
        (SEED, chosen.windows, False), (CALIBRATION_SEED, chosen.windows // 6, False), (HELD_OUT_SEED, chosen.windows // 4, True))]
    print(f"rendered {', '.join(str(len(p.kind)) for p in pools)} windows  {time.time() - started:.0f} s", flush=True)
    torch.set_num_threads(chosen.threads)
    finish(trained(pools[0], chosen), pools, chosen, round(time.time() - started))


def trained(pool, chosen):
    """The pair; its first stage from the checkpoint if that is there."""
    if chosen.checkpoint is None:
        pair = train(pool, SEED, chosen.steps)
    elif not chosen.checkpoint.exists():
        pair = train(pool, SEED, chosen.steps, checkpoint=lambda average: torch.save(average.state_dict(), chosen.checkpoint))
    else:
        pair = Pair()
        pair.load_state_dict(torch.load(chosen.checkpoint))
    return refine(pair, pool, SEED, REFINING_STEPS)


def finish(pair, pools, chosen, seconds):
    """Calibrates, measures, and writes the model folder with its metrics and card."""
    scale = measure.calibrate(pair, pools[1], CALIBRATION_SEED, chosen.scenes // 2)
    table = measure.measure(pair, scale, pools[2], HELD_OUT_SEED, chosen.scenes)
    others = measure.measure_speech(pair, scale, flite_pool(OTHER_VOICES_SEED, 120), OTHER_VOICES_SEED, 300)
    kinds = measure.by_kind(pair, pools[2], HELD_OUT_SEED, chosen.scenes)
    print(f"calibrated scale {scale}")
    print_table(table)
    print_table(others)
    print(kinds)

    export.export(pair, scale, chosen.out)
    metrics = {
        "seed": SEED, "calibrationSeed": CALIBRATION_SEED, "heldOutSeed": HELD_OUT_SEED, "windows": len(pools[0].kind), "heldOutWindows": len(pools[2].kind), "steps": chosen.steps, "refiningSteps": REFINING_STEPS, "makingSeconds": seconds,
        "threads": chosen.threads, "machine": f"{os.cpu_count()} cores, {platform.machine()}",
        "logitScale": scale, "embeddingSize": EMBEDDING, "words": len(CAPTION_WORDS), "pieces": len(WORDS.vocabulary) - len(SPECIAL) - len(CAPTION_WORDS), "parameters": sum(p.numel() for p in pair.parameters()) - 1,
        "versions": {"python": platform.python_version(), "torch": torch.__version__, "numpy": np.__version__, **_versions()},
        "heldOut": table, "otherVoices": others, "byKind": kinds,
    }
    if chosen.recordings:
        metrics["recordings"] = hear.hear_all(pair, scale, chosen.recordings)
        print(metrics["recordings"])
    (chosen.out / "metrics.json").write_text(json.dumps(metrics, indent=1) + "\n")
    card.write(metrics, chosen.out, BATCH)


def _versions():
    """Versions of the Debian packages whose programs and data the sounds come from."""
    packages = ["espeak-ng", "flite", "fluidsynth", "fluid-soundfont-gm", "wordnet-base"]
    listed = subprocess.run(["dpkg-query", "-W", "-f", "${Package} ${Version}\n", *packages], check=True, capture_output=True, text=True).stdout
    return dict(line.split(" ") for line in listed.splitlines())
