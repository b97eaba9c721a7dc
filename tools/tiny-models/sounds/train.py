"""Trains the pair on scenes drawn as it goes."""
import copy
import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from training import ahead, average_into, optimizer_of, ranking_loss, set_rate

from . import captions, scenes, statements
from .model import FEATURES, Pair, to_input_features
from .pool import KINDS
from .words import WORDS

BATCH = 96
PEAK_RATE, DECAY = 3e-3, 0.05
WORDINGS = 5  # of each statement in each batch
ANSWERS = {"kind": len(KINDS), "loudness": 2, "pitch": 2}
WEIGHTS = {"silence": 3.0, "hiss": 0.7}  # silence has few statements, noise has two


def make_batch(rng, pool):
    """Features, token numbers, the grade of every caption for every scene, captions' weights, and plain answers."""
    drawn = scenes.draw(rng, pool, BATCH)
    bank = statements.ALL * WORDINGS
    texts = [captions.words(rng, s) for s in bank]
    grade = np.tile(statements.grades(drawn, statements.ALL), (1, WORDINGS))
    weights = np.array([WEIGHTS.get(what, 1.0) * (2.0 if loudness is None and pitch is None else 1.0) for what, loudness, pitch in bank], np.float32)
    return drawn.features, np.array(WORDS.encode_batch(texts)), grade, weights, _answers(drawn)


def _answers(drawn):
    """Kind, loudness and pitch [B]; negative where unknown."""
    return {"kind": np.where(drawn.share.max(1) > 0.65, drawn.share.argmax(1), -1), "loudness": drawn.loudness, "pitch": drawn.pitch}


def _plain_loss(heads, features, answers):
    """Linear answers from the sound's features: they teach the tower early, and are thrown away."""
    losses = []
    for name, head in heads.items():
        right = torch.from_numpy(answers[name])
        known = right >= 0
        losses.append(F.cross_entropy(head(features[known]), right[known]))
    return sum(losses) / len(losses)


def train(pool, seed, steps, log=print):
    """The pair, averaged over its late weights."""
    torch.manual_seed(seed)
    rng = np.random.default_rng([seed, 1])
    pair = Pair().train()
    heads = nn.ModuleDict({name: nn.Linear(FEATURES, count) for name, count in ANSWERS.items()})
    learned = [*pair.parameters(), *heads.parameters()]
    optimizer, average = optimizer_of(learned, DECAY), copy.deepcopy(pair)
    started, recent = time.time(), []
    for step, (features, tokens, grade, weights, answers) in enumerate(ahead(lambda: make_batch(rng, pool), steps)):
        set_rate(optimizer, step, steps, PEAK_RATE)
        ranked, plain = _losses(pair, heads, features, tokens, grade, weights, answers)
        optimizer.zero_grad(set_to_none=True)
        (ranked + 0.5 * plain).backward()
        torch.nn.utils.clip_grad_norm_(learned, 1.0)
        optimizer.step()
        average_into(average, pair, max(0.01, 1 / (step + 1)))
        recent.append((ranked.item(), plain.item()))
        if (step + 1) % 50 == 0:
            losses = "  ".join(f"{x:.3f}" for x in np.mean(recent, 0))
            log(f"step {step + 1}/{steps}  losses {losses}  scale {pair.scale().item():.1f}  {time.time() - started:.0f} s", flush=True)
            recent = []
    return average.eval()


def _losses(pair, heads, features, tokens, grade, weights, answers):
    grade, weights, tokens = torch.from_numpy(grade), torch.from_numpy(weights), torch.from_numpy(tokens)
    heard = pair.audio.features(to_input_features(features))
    logits = pair.scale() * pair.audio.embed(heard) @ pair.text(tokens).T
    ranked = ranking_loss(logits, grade, weights[None]) + 0.3 * ranking_loss(logits.T, grade.T, weights[:, None])
    return ranked, _plain_loss(heads, heard, answers)
