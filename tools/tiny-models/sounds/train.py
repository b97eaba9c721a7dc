"""Trains the pair on scenes drawn as it goes."""
import copy
import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from grades import OPEN, PARTLY
from training import ahead, average_into, hidden_weights, in_two, Learner, quick, ranking_loss

from . import captions, scenes, statements
from .kinds import KINDS
from .model import FEATURES, Pair, to_input_features, views
from .pool import COLUMN, YES
from .recording import QUALITIES
from .words import WHOLE_WORDS, WORDS

BATCH = 80
PEAK_RATE, FINISHING_RATE, DECAY = 3e-3, 1e-3, 0.05
MUON = 5, 0.13  # for what hears: its rate as a multiple of AdamW's, and its decay
# In the last part of training, what is doubtful ranks below what is true: "rain" says it better than "noise". While the
# kinds are learnt that is left open, so that what is alike may lie close together.
REFINED = 0.3
# Statements whose wordings each batch asks for: all, the bare words twice, and some without meaning.
BANK = [*statements.ALL, *statements.PLAIN, *[statements.OTHERS] * 10]
# Sets of attributes of which at most one holds: they are asked of the tower's features, too.
CHOICES = {"loudness": ["quiet", "loud"], "pitch": ["low", "high"], "way": ["rising", "falling"], "voice": ["man", "woman"], "tempo": ["slow", "fast"], "mood": ["sad", "happy"], "quality": QUALITIES}
ANSWERS = {"kind": len(KINDS), **{name: len(choice) for name, choice in CHOICES.items()}}
IN_PIECES = 0.04  # of the known words are taken for unknown ones
MORE_FORMS = 0.2  # of the captions of the second stage: by then words are known, and their forms are still learnt


def make_batch(rng, pool, doubtful=OPEN, forms=captions.FORMS):
    """What the audio tower's layers hear, token numbers in two parts, the grade of every caption for every scene, captions' weights, and plain answers."""
    drawn = scenes.draw(rng, pool, BATCH, changing=0.12, mixed=0.24, coloured=0.4)
    texts = [captions.words(rng, s, forms) for s in BANK]
    split = set(rng.choice(sorted(WHOLE_WORDS), int(IN_PIECES * len(WHOLE_WORDS))))
    grade = statements.grades(drawn, statements.ALL, doubtful)
    others = np.full((BATCH, 10), statements.grades(drawn, [statements.OTHERS])[0, 0], np.float32)
    grade = np.concatenate([grade, grade[:, :len(statements.PLAIN)], others], 1)
    tokens, order = in_two([WORDS.encode(text, split.__contains__) for text in texts])
    weights = np.array([_weight(*s) for s in BANK], np.float32)
    return views(to_input_features(drawn.features)).numpy(), tokens, grade[:, order], weights[order], _answers(drawn)


def _weight(words, attributes):
    if words == ("silence",):
        return 4.0  # it has few statements
    if set(attributes) & {*QUALITIES, *statements.MOODS}:
        return 4.0  # heard long before they are said: the ways of recording are alike in words, not in sound
    return 3.0 if len(words) == 2 else 1.5 if len(words) == 1 and not attributes else 1.0


def _answers(drawn):
    """The share of each kind [B, kinds], and numbers [B] of what holds in each choice, negative where unknown."""
    found = {"kind": drawn.share.astype(np.float32)}
    for name, choice in CHOICES.items():
        holds = drawn.attributes[:, [COLUMN[a] for a in choice]] == YES
        found[name] = np.where(holds.sum(1) == 1, holds.argmax(1), -1)
    return found


def _plain_loss(heads, features, answers):
    """Linear answers from the sound's features: they teach the tower early, and are thrown away."""
    if not heads:
        return 0.0
    losses = [2.0 * F.cross_entropy(heads["kind"](features).float(), torch.from_numpy(answers["kind"]))]
    for name in CHOICES:
        right = torch.from_numpy(answers[name])
        known = right >= 0
        if known.any():
            losses.append(0.5 * F.cross_entropy(heads[name](features[known]).float(), right[known]))
    return sum(losses)


def train(pool, seed, steps, log=print, checkpoint=None):
    """The pair, averaged over its late weights; now and then also given to checkpoint with its step, if there is one."""
    torch.manual_seed(seed)
    pair = Pair().to(memory_format=torch.channels_last)
    heads = nn.ModuleDict({name: nn.Linear(FEATURES, count) for name, count in ANSWERS.items()})
    rng = np.random.default_rng([seed, 1])
    batches = ahead(lambda step: make_batch(rng, pool, OPEN if step < (1 - REFINED) * steps else PARTLY), steps)
    return _stage(pair, heads, batches, steps, PEAK_RATE, log, checkpoint)


def finish(pair, pool, seed, steps, log=print):
    """The pair after a shorter second stage on other windows; nothing is open there that is doubtful."""
    rng = np.random.default_rng([seed, 1])
    return _stage(pair.to(memory_format=torch.channels_last), nn.ModuleDict(), ahead(lambda _: make_batch(rng, pool, PARTLY, MORE_FORMS), steps), steps, FINISHING_RATE, log)


def _stage(pair, heads, batches, steps, rate, log, checkpoint=None):
    learner = Learner([*pair.train().parameters(), *heads.parameters()], DECAY, longest=1.0, muon=[(hidden_weights(pair.audio), *MUON)])
    average = copy.deepcopy(pair)
    started, recent = time.time(), []
    for step, (seen, tokens, grade, weights, answers) in enumerate(batches):
        ranked, plain = _losses(pair, heads, seen, tokens, grade, weights, answers)
        learner.learn(ranked + 0.6 * plain, step, steps, rate)
        average_into(average, pair, max(0.01, 1 / (step + 1)))
        recent.append((ranked.item(), float(plain)))
        if (step + 1) % 50 == 0:
            losses = "  ".join(f"{x:.3f}" for x in np.mean(recent, 0))
            log(f"step {step + 1}/{steps}  losses {losses}  scale {pair.scale().item():.1f}  {time.time() - started:.0f} s", flush=True)
            recent = []
        if checkpoint and (step + 1) % 200 == 0:
            checkpoint(average, step + 1)
    return average.eval()


def _losses(pair, heads, seen, tokens, grade, weights, answers):
    grade, weights = torch.from_numpy(grade), torch.from_numpy(weights)
    with quick():
        heard = pair.audio.features(torch.from_numpy(seen))
        texts = torch.cat([pair.text(torch.from_numpy(part)) for part in tokens])
        plain = _plain_loss(heads, heard, answers)
    logits = pair.scale() * pair.audio.embed(heard.float()) @ F.normalize(texts.float(), dim=-1).T
    ranked = ranking_loss(logits, grade, weights[None]) + 0.3 * ranking_loss(logits.T, grade.T, weights[:, None])
    return ranked, plain
