"""Fetches, draws, trains, calibrates, measures and exports the tiny CLIP pair."""
import argparse
import json
import os
import platform
import tempfile
import time
from pathlib import Path

import numpy as np
import torch

from scoring import best_scale, print_table
from tokenizer import SPECIAL
from training import HALVES

from . import card, draw, export, fetch, measure, packs, pool, questions, real, table
from .halves import halved
from .model import EMBEDDING, Pair
from .pieces import words_of
from .train import PICTURES, SHAPES, Teacher, train
from .wordnet import Nouns

SEED, CALIBRATION_SEED, HELD_OUT_SEED = 1, 2, 3
SCENES = 5000
HERE = Path(__file__).resolve().parent


def main():
    options = argparse.ArgumentParser("make.py pictures", description=__doc__)
    options.add_argument("--out", default=HERE.parents[2] / "packages/tiny-models/models/tiny-clip", type=Path)
    options.add_argument("--material", default=Path(tempfile.gettempdir()) / "tiny-models-pictures", type=Path, help="where fetched packages and rendered icons are kept for the next time")
    options.add_argument("--steps", default=12500, type=int)
    options.add_argument("--threads", default=1, type=int, help="of torch; another process makes the batches")
    options.add_argument("--scenes", default=5000, type=int, help="how many held-out scenes of shapes to measure on")
    options.add_argument("--real", type=Path, help="a folder of real pictures and videos (see real.py) to ask about, for the card")
    options.add_argument("--resume", type=Path, help="weights.pt of an earlier training to go on from; the card names the steps of both")
    options.add_argument("--from", dest="kept", type=Path, help="measure and export the weights of a training that was cut short, without training")
    chosen = options.parse_args()

    started = time.time()
    seen, held_out = pool.build(fetch.fetch(chosen.material), chosen.material, SEED, SCENES, os.cpu_count())
    print(f"{len(seen.kind)} pictures to learn from, {len(held_out.kind)} held out, {len(seen.phrases.texts)} phrases  {time.time() - started:.0f} s", flush=True)
    torch.set_num_threads(chosen.threads)
    nouns = Nouns()
    sentences, untold = packs.read(seen.phrases)
    words = words_of(seen.phrases.texts, [*packs.sentences(), *spoken(seen.phrases, nouns)], nouns)
    teacher = Teacher(seen, sentences_in_columns(sentences, seen.phrases), nouns.unseen(), words)
    pair, history = learnt(teacher, chosen)
    finish(pair, words, seen, held_out, nouns.unseen(), chosen, {**history, "pictures": _counted(seen), "heldOutPictures": _counted(held_out), "packSentences": len(sentences) + len(untold), "packSentencesUntold": untold})


def learnt(teacher, chosen):
    """The trained pair, and how it was trained; the latest weights are kept beside the material."""
    before = torch.load(chosen.kept or chosen.resume) if chosen.kept or chosen.resume else {"steps": [], "processorSeconds": 0}
    how = {"threads": chosen.threads, "bfloat16": HALVES}
    if chosen.kept:
        pair = Pair(len(teacher.tokenizer.vocabulary))
        pair.load_state_dict(before["pair"])
        return pair.eval(), {name: before[name] for name in ("steps", "processorSeconds", *how)}

    def history(steps):
        return {"steps": [*before["steps"], steps], "processorSeconds": before["processorSeconds"] + round(sum(os.times()[:4])), **how}  # with what rendered the icons

    def save(pair, steps):
        torch.save({"pair": pair.state_dict(), **history(steps)}, chosen.material / "weights.pt")

    pair = train(teacher, SEED + len(before["steps"]), chosen.steps, save, before.get("pair"), lambda line: print(line, flush=True))
    save(pair, chosen.steps)
    return pair, history(chosen.steps)


def spoken(phrases, nouns):
    """Captions in all the ways of saying things, so that their words are known whole."""
    from . import statements
    from .captions import Captions
    rng = np.random.default_rng(0)
    captions = Captions(phrases.texts, [], [""])
    bank = [*statements.simple_statements(), *(statements.random_statement(rng) for _ in range(400)), ("word", None, 0, None), ("word-on", None, 0, 1), ("tinted", 1, 0, None)]
    return [captions.words(rng, s) for s in bank for _ in range(12)]


def sentences_in_columns(sentences, phrases):
    """The packs' sentences with columns in place of looks' names."""
    return [(text, [phrases.concepts[look][0] for look in looks], things) for text, looks, things in sentences]


def _counted(seen):
    return {source: seen.source.count(source) for source in sorted(set(seen.source))}


def finish(pair, words, seen, held_out, unseen, chosen, more):
    """Calibrates, measures, and writes the model folder with its metrics and card."""
    exported = Pair(len(words.vocabulary)).eval()
    exported.vision, exported.text = halved(pair.vision), halved(pair.text)  # what users get is measured
    asked = [[measure.shape_cases(seed, chosen.scenes // part), questions.pool_cases(held_out, seed, half, unseen), questions.known_cases(seen, seed, half, unseen)]
             for seed, part, half in ((CALIBRATION_SEED, 2, 0), (HELD_OUT_SEED, 1, 1))]
    scale = best_scale(measure.cosines(exported, words, asked[0]))
    found = table.measured(measure.cosines(exported, words, asked[1]), scale)
    print(f"calibrated scale {scale}")
    print_table(found)

    export.export(pair, words, scale, chosen.out)
    metrics = {
        "seed": SEED, "calibrationSeed": CALIBRATION_SEED, "heldOutSeed": HELD_OUT_SEED, **more, "batch": [SHAPES, PICTURES], "phrases": len(held_out.phrases.texts),
        "machine": f"{os.cpu_count()} cores, {platform.machine()}",
        "logitScale": scale, "imageSize": draw.SIZE, "embeddingSize": EMBEDDING, "pieces": len(words.vocabulary) - len(SPECIAL), "parameters": sum(p.numel() for p in pair.parameters()) - 1,
        "versions": {"python": platform.python_version(), "torch": torch.__version__, "numpy": np.__version__}, "heldOut": found,
        **({"real": real.ask(exported, words, scale, chosen.real)} if chosen.real else {}),
    }
    (chosen.out / "metrics.json").write_text(json.dumps(metrics, indent=1) + "\n")
    card.write(metrics, chosen.out)
