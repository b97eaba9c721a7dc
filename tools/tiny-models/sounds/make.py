"""Renders, trains, calibrates, measures and exports the tiny CLAP pair."""
import argparse
import json
import os
import platform
import resource
import subprocess
import time
from pathlib import Path

import numpy as np
import torch

from scoring import print_table
from tokenizer import SPECIAL
from training import HALVES

from . import card, export, hear, measure
from .flite import flite_pool
from .held import NEW_PERFORMERS, NEW_PIECES, TRAINING
from .kinds import INSTRUMENTS
from .model import EMBEDDING, Pair
from .pool import render
from .train import BATCH, finish, train
from .words import WHOLE_WORDS, WORDS

SEED, CALIBRATION_SEED, HELD_OUT_SEED, OTHER_VOICES_SEED, FINISHING_SEED = 1, 2, 3, 4, 5
# The second stage: a share of the first one's steps, on other windows, with more of what the first heard too seldom.
FINISHING, MORE_IN_FINISHING = 2 / 11, {"sweep": 4, "tune": 3}
MORE = {name: 2 for name in INSTRUMENTS}  # they are learnt last
HERE = Path(__file__).resolve().parent


def main():
    options = argparse.ArgumentParser("make.py sounds", description=__doc__)
    options.add_argument("--out", default=HERE.parents[2] / "packages/tiny-models/models/tiny-clap", type=Path)
    options.add_argument("--steps", default=6000, type=int)
    options.add_argument("--threads", default=1, type=int, help="of torch; another process makes the batches")
    options.add_argument("--windows", default=20000, type=int, help="how many windows of sound to render for training")
    options.add_argument("--scenes", default=4000, type=int, help="how many held-out scenes to measure on")
    options.add_argument("--checkpoint", type=Path, help="a file to keep the weights in while training")
    options.add_argument("--from", dest="begun", type=Path, help="weights kept by --checkpoint: measures and exports them, trains nothing")
    options.add_argument("--recordings", type=Path, help="a folder of recordings: what they are called goes into the card; they decide nothing")
    chosen = options.parse_args()

    started = time.time()
    # Before torch starts threads of its own: rendering forks.
    pools = [] if chosen.begun else [
        render(SEED, chosen.windows, TRAINING, os.cpu_count(), MORE),
        render(FINISHING_SEED, chosen.windows // 3, TRAINING, os.cpu_count(), MORE | MORE_IN_FINISHING)]
    others = [render(seed, min(chosen.windows, count), held, os.cpu_count()) for seed, count, held in (
        (CALIBRATION_SEED, 2000, TRAINING), (HELD_OUT_SEED, 3000, NEW_PIECES), (HELD_OUT_SEED, 3000, NEW_PERFORMERS))]
    print(f"rendered {', '.join(str(len(p.kind)) for p in [*pools, *others])} windows  {time.time() - started:.0f} s", flush=True)
    torch.set_num_threads(chosen.threads)
    conclude(*(begun(chosen.begun) if chosen.begun else trained(*pools, chosen, started)), others, chosen)


def begun(path):
    """The pair of a training that was cut short, and how it came to be."""
    kept, pair = torch.load(path), Pair()
    pair.load_state_dict(kept.pop("weights"))
    return pair.eval(), kept


def trained(pool, fresh, chosen, started):
    """The pair, and how it came to be."""
    def made(steps, finishing):
        return {"windows": len(pool.kind), "finishingWindows": len(fresh.kind), "steps": steps, "ofSteps": chosen.steps, "finishingSteps": finishing, "threads": chosen.threads, "bfloat16": HALVES,
                "makingSeconds": round(time.time() - started), "processorSeconds": _processor_seconds()}

    keep = chosen.checkpoint and (lambda average, steps: torch.save({"weights": average.state_dict(), **made(steps, 0)}, chosen.checkpoint))
    pair = train(pool, SEED, chosen.steps, checkpoint=keep)
    finishing = round(chosen.steps * FINISHING)
    return finish(pair, fresh, FINISHING_SEED, finishing), made(chosen.steps, finishing)


def _processor_seconds():
    """All that this process and those that it started have used so far."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return round(sum(u.ru_utime + u.ru_stime for u in used))


def conclude(pair, made, pools, chosen):
    """Calibrates, measures, and writes the model folder with its metrics and card."""
    calibration, pieces, performers = pools
    scale = measure.calibrate(pair, calibration, CALIBRATION_SEED, chosen.scenes // 2)
    tables = {name: measure.measure(pair, scale, pool, HELD_OUT_SEED, chosen.scenes) for name, pool in (("newPieces", pieces), ("newPerformers", performers))}
    tables["otherVoices"] = measure.measure_speech(pair, scale, flite_pool(OTHER_VOICES_SEED, 120), OTHER_VOICES_SEED, 300)
    kinds = {name: measure.by_kind(pair, pool, HELD_OUT_SEED, chosen.scenes) for name, pool in (("newPieces", pieces), ("newPerformers", performers))}
    print(f"calibrated scale {scale}")
    for name, table in tables.items():
        print(name)
        print_table(table)
    print(kinds)

    export.export(pair, scale, chosen.out)
    metrics = {
        "seed": SEED, "finishingSeed": FINISHING_SEED, "calibrationSeed": CALIBRATION_SEED, "heldOutSeed": HELD_OUT_SEED, **made, "heldOutWindows": len(pieces.kind), "machine": f"{os.cpu_count()} cores, {platform.machine()}",
        "logitScale": scale, "embeddingSize": EMBEDDING, "words": len(WHOLE_WORDS), "pieces": len(WORDS.vocabulary) - len(SPECIAL) - len(WHOLE_WORDS), "parameters": sum(p.numel() for p in pair.parameters()) - 1,
        "versions": {"python": platform.python_version(), "torch": torch.__version__, "numpy": np.__version__, **_versions()},
        **tables, "byKind": kinds,
    }
    if chosen.recordings:
        metrics["recordings"] = hear.hear_all(pair, scale, chosen.recordings)
        print(metrics["recordings"])
    (chosen.out / "metrics.json").write_text(json.dumps(metrics, indent=1) + "\n")
    card.write(metrics, chosen.out, BATCH)


def _versions():
    """Versions of the Debian packages whose programs and data the sounds come from."""
    packages = ["espeak-ng", "flite", "fluidsynth", "fluid-soundfont-gm", "musescore-general-soundfont-lossless", "wordnet-base"]
    listed = subprocess.run(["dpkg-query", "-W", "-f", "${Package} ${Version}\n", *packages], check=True, capture_output=True, text=True).stdout
    return dict(line.split(" ") for line in listed.splitlines())
