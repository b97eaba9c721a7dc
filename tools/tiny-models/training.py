"""What both recipes train with: the ranking loss, batches made ahead, the rate, and the average of late weights."""
import math
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from grades import OTHER, PARTLY, TRUE
from muon import Muon
from tokenizer import padded


AHEAD = 4  # batches of each worker that are made while one is learnt from; no more, as each takes megabytes


def ranking_loss(logits, grade, weights):
    """Every true caption against all that are less true: true statements never compete with one another.

    logits, grade [scenes, captions], weights broadcastable to them; grade NaN takes no part. Mean over scenes of the mean
    over their captions.
    """
    total, count = 0.0, 0.0
    for level, share in ((TRUE, 1.0), (PARTLY, 0.3), (OTHER, 0.3)):
        rivals = logits.masked_fill(~(grade < level), -1e4).logsumexp(1, keepdim=True)
        weight = (grade == level).float() * weights * share
        total = total + (F.softplus(rivals - logits) * weight).sum(1)
        count = count + weight.sum(1)
    return (total / count.clamp(min=1)).mean()


def _multiplies_halves():
    """Whether the processor multiplies bfloat16: where it does not, torch is slower with it."""
    processor = Path("/proc/cpuinfo")
    return processor.exists() and any(flag in processor.read_text() for flag in ("avx512_bf16", "amx_bf16"))


HALVES = _multiplies_halves()
ARITHMETIC = {True: "convolutions in bfloat16; weights, sums and all else in single precision", False: "single precision"}  # for the cards, by HALVES


def quick():
    """Convolutions in bfloat16 with single-precision sums and weights, where the processor has that: two thirds of the time."""
    return torch.autocast("cpu", torch.bfloat16, enabled=HALVES)


_make = None


def _remember(make):
    torch.set_num_threads(1)  # of the threads of the process that it was forked from, none is here: it would wait for them for ever
    global _make
    _make = make


def _made(step):
    return _make(step)


def ahead(make, steps, workers=1):
    """make(step) of each step, in order, made ahead by other processes. With one worker, make may go on from what it did before.

    Not by threads: each would wait for the other's lock, several hundred times a step.
    """
    with ProcessPoolExecutor(workers, get_context("fork"), _remember, [make]) as pool:
        waiting, first = deque(), AHEAD * workers
        for step in range(steps + first):
            if step < steps:
                waiting.append(pool.submit(_made, step))
            if step >= first:
                yield waiting.popleft().result()


def in_two(rows):
    """Rows of token numbers as two arrays, of the shorter three quarters and of the longer, which saves padding; and the order they are in."""
    order = np.argsort([len(row) for row in rows], kind="stable")
    cut = len(rows) * 3 // 4
    return [np.array(padded([rows[k] for k in part])) for part in (order[:cut], order[cut:])], order


def hidden_weights(network):
    """Those of its convolutions and linear layers."""
    return [layer.weight for layer in network.modules() if isinstance(layer, (nn.Conv1d, nn.Conv2d, nn.Linear))]


class Learner:
    """Moves weights: those given to Muon by it, all others by AdamW, which decays weights only, not offsets and scales."""

    def __init__(self, learned, decay, longest, muon=()):
        """longest: what the norm of all gradients is cut to. muon: hidden weights, with their rate as a multiple of AdamW's and their decay."""
        self.learned, self.longest = list(learned), longest
        apart = {id(weight) for weights, _, _ in muon for weight in weights}
        others = [weight for weight in self.learned if id(weight) not in apart]
        groups = [{"params": [w for w in others if w.ndim > 1], "weight_decay": decay}, {"params": [w for w in others if w.ndim <= 1], "weight_decay": 0.0}]
        self.optimizers = [torch.optim.AdamW(groups, betas=(0.9, 0.98))]
        if muon:
            moved = [{"params": weights, "times": times, "weight_decay": its} for weights, times, its in muon]
            self.optimizers.append(Muon(moved, torch.bfloat16 if HALVES else torch.float32))

    def learn(self, loss, step, steps, peak):
        """One step of so many. The rate goes up for 100 steps, then down along a cosine."""
        rate = peak * min(1.0, (step + 1) / 100) * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * step / steps)))
        for weight in self.learned:
            weight.grad = None
        loss.backward()
        nn.utils.clip_grad_norm_(self.learned, self.longest)
        for optimizer in self.optimizers:
            for group in optimizer.param_groups:
                group["lr"] = rate * group.get("times", 1)
            optimizer.step()


def average_into(average, pair, share):
    """Moves the average towards the pair."""
    with torch.no_grad():
        for mine, its in zip(average.state_dict().values(), pair.state_dict().values()):
            if mine.dtype.is_floating_point:
                mine.lerp_(its, share)
            else:
                mine.copy_(its)
