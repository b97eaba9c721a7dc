"""Trains the pair on scenes drawn as it goes."""
import copy
import math
import queue
import threading
import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

import captions
import draw
import statements
import tokenizer
from colours import NAMES
from model import FEATURES, Pair, to_pixel_values

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
    return scenes.pixels, np.array(tokenizer.encode_batch(texts)), grade, weights, _answers(scenes)


def _answers(scenes):
    """Shape, its colour and its background [B] by name where there is one shape only; negative where unknown."""
    one = (scenes.shape[:, 0] >= 0) & (scenes.shape[:, 1] == draw.NONE)
    return {
        "shape": np.where(one, scenes.shape[:, 0], scenes.pattern),
        "colour": np.where(one, scenes.colour[:, 0], draw.NONE),
        "ground": scenes.ground,
    }


def ranking_loss(logits, grade, weights):
    """Every true caption against all that are less true: true statements never compete with one another.

    logits, grade [pictures, captions], weights broadcastable to them; grade NaN takes no part. Mean over pictures of the mean
    over their captions.
    """
    total, count = 0.0, 0.0
    for level, share in ((statements.TRUE, 1.0), (statements.PARTLY, 0.3), (statements.OTHER, 0.3)):
        rivals = logits.masked_fill(~(grade < level), -1e4).logsumexp(1, keepdim=True)
        weight = (grade == level).float() * weights * share
        total = total + (F.softplus(rivals - logits) * weight).sum(1)
        count = count + weight.sum(1)
    return (total / count.clamp(min=1)).mean()


def _plain_loss(heads, features, answers):
    """Linear answers from the picture's features: they teach the tower to see shapes early, and are thrown away."""
    losses = []
    for name, head in heads.items():
        right = torch.from_numpy(answers[name])
        known = right >= 0
        losses.append(F.cross_entropy(head(features[known]), right[known]))
    return sum(losses) / len(losses)


def _batches(seed, steps, squares_open):
    """Draws ahead in a thread; the order, and so the result, does not depend on it."""
    ready = queue.Queue(maxsize=3)

    def work():
        rng = np.random.default_rng(seed)
        for _ in range(steps):
            ready.put(make_batch(rng, squares_open))

    threading.Thread(target=work, daemon=True).start()
    for _ in range(steps):
        yield ready.get()


def _rate(step, steps, peak):
    warm = min(1.0, (step + 1) / 100)
    return peak * warm * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * step / steps)))


def _average_into(average, pair, share):
    with torch.no_grad():
        for mine, its in zip(average.state_dict().values(), pair.state_dict().values()):
            if mine.dtype.is_floating_point:
                mine.lerp_(its, share)
            else:
                mine.copy_(its)


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
    decayed = [p for p in learned if p.ndim > 1]
    others = [p for p in learned if p.ndim <= 1]
    optimizer = torch.optim.AdamW([{"params": decayed, "weight_decay": DECAY}, {"params": others, "weight_decay": 0.0}], betas=(0.9, 0.98))
    started, recent = time.time(), []
    for step, (pixels, tokens, grade, weights, answers) in enumerate(batches):
        for group in optimizer.param_groups:
            group["lr"] = _rate(step, steps, peak)
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
        _average_into(average, pair, max(0.01, 1 / (step + 1)))
        recent.append((ranked.item(), plain.item()))
        if (step + 1) % 50 == 0:
            losses = "  ".join(f"{x:.3f}" for x in np.mean(recent, 0))
            log(f"step {step + 1}/{steps}  losses {losses}  scale {pair.scale().item():.1f}  {time.time() - started:.0f} s")
            recent = []
    return average.eval()
