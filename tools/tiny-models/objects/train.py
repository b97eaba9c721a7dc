"""Trains the network on scenes that other processes draw as it goes."""
import copy
import time
from dataclasses import dataclass
from functools import partial

import numpy as np
import torch

from training import ahead, average_into, Learner, quick

from .losses import loss_of
from .model import Network, cells, to_pixels
from .scenes import HARD, HARDER, draw


@dataclass(frozen=True)
class Stage:
    """Sizes of scenes and how many at a time, by turns; the highest rate; how often each class comes (evenly if not given)."""
    batches: tuple
    rate: float
    shares: np.ndarray = None


# Mostly small pictures with large and small objects; others as large as those that the network will see.
LEARNING = Stage(((192, 24), (192, 24), (320, 10)), 3e-3, HARDER)
# At the end more of what is hard.
REFINING = Stage(((320, 10), (192, 24)), 1.5e-3, HARD)
REFINING_STEPS = 1500
DECAY = 0.02
MOST_OBJECTS = 12


def batch_of(stage, seed, icons, step):
    """Pixels [B, side, side, 3] and objects [B, MOST_OBJECTS, 5], class -1 where there is none; the same for the same seed and step."""
    side, count = stage.batches[step % len(stage.batches)]
    rng = np.random.default_rng([seed, step])
    scenes = [draw(rng, side, icons, stage.shares) for _ in range(count)]
    objects = np.full((count, MOST_OBJECTS, 5), -1, np.float32)
    for row, scene in zip(objects, scenes):
        row[:len(scene.objects)] = scene.objects
    return np.stack([scene.pixels for scene in scenes]), objects


def train(seed, steps, icons, workers, keep, log=print):
    """The average of late weights. `workers` processes draw; keep(network) is called now and then, so that a training cut short gives one, too."""
    torch.manual_seed(seed)
    learnt = run(Network(), LEARNING, seed, steps, icons, workers, keep, log)
    return run(learnt, REFINING, seed + 1000, min(steps, REFINING_STEPS), icons, workers, keep, log)


def run(network, stage, seed, steps, icons, workers, keep, log):
    """Trains the network in one stage; the average of its late weights."""
    network.to(memory_format=torch.channels_last)  # the layout in which torch's convolutions are fastest here
    average = copy.deepcopy(network).eval()
    network.train()
    learner = Learner(network.parameters(), DECAY, longest=5.0)
    places = {side: cells(side, side) for side, _ in stage.batches}
    started, recent = time.time(), []
    for step, (pixels, objects) in enumerate(ahead(partial(batch_of, stage, seed, icons), steps, workers)):
        with quick():
            answers = network(to_pixels(pixels).contiguous(memory_format=torch.channels_last))
        loss, parts = loss_of(answers.float(), torch.from_numpy(objects), *places[pixels.shape[1]])
        learner.learn(loss, step, steps, stage.rate)
        average_into(average, network, max(0.005, 1 / (step + 1)))
        recent.append(parts)
        if (step + 1) % 100 == 0:
            log(f"step {step + 1}/{steps}  box, presence, class {'  '.join(f'{x:.3f}' for x in np.mean(recent, 0))}  {time.time() - started:.0f} s", flush=True)
            recent = []
        if (step + 1) % 1000 == 0:
            keep(average)
    return average
