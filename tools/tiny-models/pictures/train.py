"""Trains the pair on scenes drawn as it goes."""
import copy
import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from training import ahead, average_into, optimizer_of, ranking_loss, set_rate

from . import captions, draw, statements
from .colours import NAMES
from .model import FEATURES, Pair, to_pixel_values
from .words import WORDS

BATCH = 128
PEAK_RATE, DECAY = 3e-3, 0.05
REFINING_STEPS, REFINING_RATE = 360, 1e-3
# Shapes are harder to see than colours, and one statement among many: they count more.
WEIGHTS = {"shape": 3.0, "object": 2.0, "scene": 1.5, "shape-on": 2.0, "pattern": 1.5}
ANSWERS = {"shape": len(draw.SHAPES), "colour": len(NAMES), "ground": len(NAMES)}
SIMPLE = statements.simple_statements()


def make_batch(rng, squares_open):
    """Pixels, token numbers, the grade of every caption for every picture, captions' weights, and plain answers."""
    scenes = draw.draw(rng, BATCH)
    bank = [*SIMPLE, *(statements.random_statement(rng) for _ in range(48))]
    for i in range(BATCH):
        true = statements.true_statement(rng, scenes, i)
        if true is not None:
            bank += [true, statements.near_miss(rng, true)]
    texts = [captions.words(rng, s) for s in bank]
    grade = statements.grades(scenes, bank)
    if squares_open:
        for j, (_, _, shape, _) in enumerate(bank):
            if shape == statements.RECTANGLE:
                grade[grade[:, j] == statements.PARTLY, j] = statements.OPEN
    weights = np.array([WEIGHTS.get(s[0], 1.0) for s in bank], np.float32)
    return scenes.pixels, np.array(WORDS.encode_batch(texts)), grade, weights, _answers(scenes)


def _answers(scenes):
    """Shape, its colour and its background [B] by name where there is one shape only; negative where unknown."""
    one = (scenes.shape[:, 0] >= 0) & (scenes.shape[:, 1] == draw.NONE)
    return {
        "shape": np.where(one, scenes.shape[:, 0], scenes.pattern),
        "colour": np.where(one, scenes.colour[:, 0], draw.NONE),
        "ground": scenes.ground,
    }


def _plain_loss(heads, features, answers):
    """Linear answers from the picture's features: they teach the tower to see shapes early, and are thrown away."""
    losses = []
    for name, head in heads.items():
        right = torch.from_numpy(answers[name])
        known = right >= 0
        losses.append(F.cross_entropy(head(features[known]), right[known]))
    return sum(losses) / len(losses)


def _batches(seed, steps, squares_open):
    rng = np.random.default_rng(seed)
    return ahead(lambda: make_batch(rng, squares_open), steps)


def train(seed, steps, log=print):
    """Returns the averaged pair after so many steps and the refinement that follows."""
    torch.manual_seed(seed)
    pair = Pair()
    heads = nn.ModuleDict({name: nn.Linear(FEATURES, count) for name, count in ANSWERS.items()})
    return refine(_run(pair, heads, _batches(seed, steps, squares_open=True), steps, PEAK_RATE, log), seed, log)


def refine(pair, seed, log=print):
    """A short second stage, in which a square is better called a square than a rectangle.

    In the first stage that is left open: shapes are learnt from the clear cases.
    """
    return _run(pair, None, _batches([seed, 2], REFINING_STEPS, squares_open=False), REFINING_STEPS, REFINING_RATE, log)


def _run(pair, heads, batches, steps, peak, log):
    """Trains pair on the batches; returns the average of its late weights. Heads, if any, learn beside it."""
    pair.train()
    average = copy.deepcopy(pair)
    learned = [*pair.parameters(), *(heads.parameters() if heads else [])]
    optimizer = optimizer_of(learned, DECAY)
    started, recent = time.time(), []
    for step, (pixels, tokens, grade, weights, answers) in enumerate(batches):
        set_rate(optimizer, step, steps, peak)
        grade, weights = torch.from_numpy(grade), torch.from_numpy(weights)
        features = pair.vision.features(to_pixel_values(pixels))
        logits = pair.scale() * pair.vision.embed(features) @ pair.text(torch.from_numpy(tokens)).T
        ranked = ranking_loss(logits, grade, weights[None]) + 0.3 * ranking_loss(logits.T, grade.T, weights[:, None])
        plain = _plain_loss(heads, features, answers) if heads else torch.zeros(())
        loss = ranked + 0.5 * plain
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(learned, 1.0)
        optimizer.step()
        average_into(average, pair, max(0.01, 1 / (step + 1)))
        recent.append((ranked.item(), plain.item()))
        if (step + 1) % 50 == 0:
            losses = "  ".join(f"{x:.3f}" for x in np.mean(recent, 0))
            log(f"step {step + 1}/{steps}  losses {losses}  scale {pair.scale().item():.1f}  {time.time() - started:.0f} s")
            recent = []
    return average.eval()
