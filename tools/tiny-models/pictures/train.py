"""Trains the pair on shapes drawn and pictures put together as it goes."""
import copy
import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from training import ahead, average_into, hidden_weights, in_two, Learner, quick, ranking_loss

from . import concepts, draw, statements
from .batch import Batches
from .captions import Captions
from .colours import NAMES
from .model import Dense, Pair, products, to_pixel_values, with_silhouettes

SHAPES, PICTURES = 34, 96  # of a batch
SMALL, SMALL_SHARE = 48, 0.6  # most of what there is to learn is seen in smaller pictures as well, at half the cost
PEAK_RATE, RESUMED_RATE, DECAY = 3e-3, 1.5e-3, 0.05
MUON = 5, 0.13  # its rate as a multiple of AdamW's, and its decay
REFINING_SHARE, REFINING_RATE = 0.15, 1e-3
KEPT = 32  # batches whose pictures are used again
RANDOM_STATEMENTS, UNKNOWN_STATEMENTS, SENTENCES, SPELT = 20, 12, 20, 0.08
# Shapes are harder to see than colours, and one statement among many: they count more.
WEIGHTS = {"shape": 6.0, "object": 3.0, "scene": 2.0, "shape-on": 3.0, "pattern": 3.0, "word": 6.0, "word-on": 3.0, "tinted": 3.0, "styled": 2.0, "sentence": 0.5, "other": 0.08}
CONCEPT_WEIGHT = 0.7  # looks and scenes are soon learnt, and many are true at once
BROAD_WEIGHT = 14.0  # "an animal" is true in part of a dog, which counts less
PLAIN_WEIGHTS = {"shape": 0.5, "subject": 0.8, "kind": 0.7, "broad": 0.3, "colour": 0.15, "ground": 0.15, "pair": 0.2, "focus": 0.5}
SIMPLE = statements.simple_statements()


class Teacher:
    """What a training run asks of its batches: statements, captions, tokens, and plain answers."""

    def __init__(self, pool, sentences, unseen, tokenizer):
        self.pool, self.batches, self.sentences, self.tokenizer = pool, Batches(pool, freely=True), sentences, tokenizer
        self.kept = []
        self.captions = Captions(pool.phrases.texts, sentences, unseen)
        at = pool.phrases.concepts
        self.looks = [column for look in concepts.LOOKS for column in at[look]]
        self.kinds = [pool.phrases.column[word] for words in concepts.KINDS.values() for word in words]
        self.broad = [pool.phrases.column[word] for word in concepts.KINDS["broad kinds"]]
        self.focus = [at[look][0] for look in ("sharp", "blurry")]
        self.narrow = [column for column in self.kinds if column not in self.broad]
        # Words for a scene or a look are said of thousands of pictures: the icons' own are asked for apart.
        common = {column for columns in at.values() for column in columns}
        self.is_common = np.isin(np.arange(len(pool.phrases.texts)), list(common))
        self.is_thing = np.ones(len(pool.phrases.texts), bool)
        self.is_thing[self.looks] = False
        self.own = [np.array([c for c in said if c not in common], int) for said in pool.said]
        self.subjects = {s: k for k, s in enumerate(sorted({s for s in pool.subject if s is not None}))}
        self.subject_of = np.array([draw.NONE if s is None else self.subjects[s] for s in pool.subject])
        self.answers = {"shape": len(draw.SHAPES), "colour": len(NAMES), "ground": len(NAMES), "subject": len(self.subjects),
                        "kind": len(self.narrow), "broad": len(self.broad), "pair": len(NAMES), "focus": 2}

    def make_batch(self, rng, squares_open):
        """Pixels, token numbers in two parts, the grade of every caption for every picture, captions' weights, and plain answers."""
        scenes = self._scenes(rng)
        bank = [*SIMPLE, *(statements.random_statement(rng) for _ in range(RANDOM_STATEMENTS)), *[("other", None, None, None)] * UNKNOWN_STATEMENTS]
        for i in range(SHAPES):
            true = statements.true_statement(rng, scenes, i)
            if true is not None:
                bank += [true, statements.near_miss(rng, true)]
        bank += self._about_pictures(rng, scenes)
        bank += [("sentence", None, int(k), None) for k in rng.choice(len(self.sentences), SENTENCES, replace=False)]
        grade = statements.grades(scenes, bank, self.sentences)
        if squares_open:
            for j, (kind, _, shape, _) in enumerate(bank):
                if shape == statements.RECTANGLE and kind in ("shape", "object", "scene", "shape-on"):
                    grade[grade[:, j] == statements.PARTLY, j] = statements.OPEN
        tokens, order = in_two([self.tokenizer.encode(self.captions.words(rng, s), rng, SPELT) for s in bank])
        weights = np.array([self._weight(s) for s in bank], np.float32)
        return scenes.pixels, tokens, grade[:, order], weights[order], self._answers(scenes)

    def _weight(self, statement):
        kind, _, column, _ = statement
        if kind == "word" and self.is_common[column]:
            return CONCEPT_WEIGHT
        return BROAD_WEIGHT if kind == "word" and column in self.broad else WEIGHTS.get(kind, 1.0)

    def _scenes(self, rng):
        """New pictures every other time; else those of one of the last batches, to be captioned anew, which costs half as much."""
        if len(self.kept) == KEPT and rng.random() < 0.5:
            return self.kept[int(rng.integers(KEPT))]
        scenes = self.batches.make(rng, SHAPES, self.batches.pick(rng, PICTURES))
        self.kept = [*self.kept[-KEPT + 1:], scenes]
        return scenes

    def _about_pictures(self, rng, scenes):
        found = []
        for i in range(SHAPES, len(scenes.kind)):
            row = scenes.rows[i]
            said = np.flatnonzero((scenes.truth[i] == statements.TRUE) & self.is_thing)
            own = self.own[row]
            columns = own if len(own) else said
            if len(own) and rng.random() < 0.6:
                best = own[self.pool.truth[row, own] == statements.TRUE]
                columns = best if len(best) else own
            if len(columns):
                true = statements.about_word(rng, scenes, i, columns, self.looks)
                miss = statements.near_word(rng, true, columns, self.looks)
                found += [true] + ([miss] if miss is not None else [])
        asked = [*self.kinds, *(int(rng.choice(columns)) for columns in self.pool.phrases.concepts.values())]
        return found + [("word", None, column, None) for column in asked]

    def _answers(self, scenes):
        """Shape, its colour and its background [B] by name where there is one shape only, a pattern's colours [B, 2], the subject and its kinds; negative where unknown."""
        one = (scenes.shape[:, 0] >= 0) & (scenes.shape[:, 1] == draw.NONE)
        return {
            "shape": np.where(one, scenes.shape[:, 0], scenes.pattern),
            "colour": np.where(one, scenes.colour[:, 0], draw.NONE),
            "ground": scenes.ground,
            "subject": np.where(scenes.rows >= 0, self.subject_of[scenes.rows], draw.NONE),
            "kind": _only(scenes.truth[:, self.narrow] == statements.TRUE),
            "focus": _only(scenes.truth[:, self.focus] == statements.TRUE),
            "broad": _only(scenes.truth[:, self.broad] >= statements.PARTLY),
            "pair": np.where((scenes.pair >= 0).all(1, keepdims=True), scenes.pair, draw.NONE),
        }


def _only(true):
    """The one true column of each row; NONE where there are none or several."""
    return np.where(true.sum(1) == 1, true.argmax(1), draw.NONE)


def _batches(teacher, rng, steps, small, squares_open):
    """A run's batches, made ahead: what the tower's layers see, at its size, in place of the pixels."""
    def make(step):
        pixels, *rest = teacher.make_batch(rng, squares_open)
        values = to_pixel_values(pixels)
        if step < small:
            values = F.interpolate(values, (SMALL, SMALL), mode="bilinear", align_corners=False, antialias=True)
        return with_silhouettes(values).numpy(), *rest

    return ahead(make, steps)


def _plain_loss(heads, features, answers):
    """Linear answers from the picture's features: they teach the tower to see shapes early, and are thrown away."""
    losses = []
    for name, head in heads.items():
        right = torch.from_numpy(answers[name])
        right = right[:, None] if right.ndim == 1 else right
        known = right[:, 0] >= 0
        if known.any():
            said = head(features[known]).float()
            losses += [PLAIN_WEIGHTS[name] * F.cross_entropy(said, each) / right.shape[1] for each in right[known].T]
    return sum(losses)


def train(teacher, seed, steps, save, earlier=None, log=print):
    """Returns the averaged pair after so many steps, the last of which refine; save(average, steps) is called on the way.
    earlier: the state of a pair to go on from.

    Refining, a square is better called a square than a rectangle. Before, that is left open: shapes are learnt from the clear cases.
    """
    torch.manual_seed(seed)
    pair = Pair(len(teacher.tokenizer.vocabulary))
    if earlier:
        pair.load_state_dict(earlier)
    pair.vision.to(memory_format=torch.channels_last)  # a fifth faster
    heads = nn.ModuleDict({name: Dense(pair.vision.features_count, count) for name, count in teacher.answers.items()})
    refining = int(steps * REFINING_SHARE)
    small = 0 if earlier else int(steps * SMALL_SHARE)
    pair = _run(pair, heads, teacher, [seed, 1], steps - refining, small, RESUMED_RATE if earlier else PEAK_RATE, save, log)
    return _run(pair, heads, teacher, [seed, 2], refining, 0, REFINING_RATE, lambda average, done: save(average, steps - refining + done), log)


def _run(pair, heads, teacher, seed, steps, small, peak, save, log):
    """Trains pair and heads, the first of the steps with small pictures; returns the average of the pair's late weights."""
    pair.train()
    average = copy.deepcopy(pair)
    learner = Learner([*pair.parameters(), *heads.parameters()], DECAY, longest=1.0, muon=[(hidden_weights(pair), *MUON)])
    rng = np.random.default_rng(seed)
    started, recent = time.time(), []
    for step, (seen, tokens, grade, weights, answers) in enumerate(_batches(teacher, rng, steps, small, squares_open=peak != REFINING_RATE)):
        grade, weights = torch.from_numpy(grade), torch.from_numpy(weights)
        with quick():
            features = pair.vision.features(torch.from_numpy(seen).to(memory_format=torch.channels_last))
            texts = torch.cat([pair.text(torch.from_numpy(part)) for part in tokens])
            plain = _plain_loss(heads, features, answers)
        logits = pair.scale() * products(pair.vision.embed(features.float()), F.normalize(texts.float(), dim=-1))
        # By picture and by caption: the second gives rare words and looks as much to say as frequent ones.
        ranked = ranking_loss(logits, grade, weights[None]) + ranking_loss(logits.T, grade.T, weights[:, None])
        learner.learn(ranked + plain, step, steps, peak)
        average_into(average, pair, max(0.01, 1 / (step + 1)))
        recent.append((ranked.item(), plain.item()))
        if (step + 1) % 50 == 0:
            losses = "  ".join(f"{x:.3f}" for x in np.mean(recent, 0))
            log(f"step {step + 1}/{steps}  losses {losses}  scale {pair.scale().item():.1f}  {time.time() - started:.0f} s")
            recent = []
            save(average, step + 1)
    return average.eval()
