"""The two towers of the pair."""
import math

import torch
from torch import nn
from torch.nn import functional as F

from text_tower import TextTower

from .features import BANDS
from .words import WORDS

EMBEDDING = 128
CHANNELS = [2, 16, 40, 96, 128]
# Bands that are left after the layers, each of which halves them; the last one keeps the steps of 80 ms.
_LEFT = BANDS >> (len(CHANNELS) - 1)
WIDTH = 144
# Mean, maximum and spread over time.
FEATURES = 3 * WIDTH


def views(decibels):
    """[B, 1, T, F] -> [B, 2, T, F]: how loud, and the same against the loudest of the window, about -1 to 1.

    In the second a sound looks alike however loud it is, which a small tower would else have to learn level by level.
    """
    # The extractor's floor is -100 dB; a loud tone reaches +40.
    against = decibels - decibels.amax((2, 3), keepdim=True)
    return torch.cat([(decibels + 40) / 50, against.clamp(min=-60) / 30 + 1], 1)


def _layer(into, out, stride):
    return nn.Sequential(nn.Conv2d(into, out, 3, stride, 1, bias=False), nn.BatchNorm2d(out), nn.ReLU())


class AudioTower(nn.Module):
    """input_features [B, 1, FRAMES, BANDS] in dB -> audio_embeds [B, EMBEDDING] of length 1."""

    def __init__(self):
        super().__init__()
        strides = [2] * (len(CHANNELS) - 2) + [(1, 2)]
        self.layers = nn.Sequential(*(_layer(*pair, stride) for pair, stride in zip(zip(CHANNELS, CHANNELS[1:]), strides)))
        self.moment = nn.Conv1d(CHANNELS[-1] * _LEFT, WIDTH, 1)
        # Rhythm: what follows what within the window.
        self.course = nn.ModuleList(nn.Conv1d(WIDTH, WIDTH, 5, padding=2 * apart, dilation=apart) for apart in (1, 2, 4))
        self.hidden = nn.Linear(FEATURES, 192)
        self.out = nn.Linear(192, EMBEDDING)

    def features(self, seen):
        """[B, FEATURES]: what there is on the whole, at any time, and how much it changes, of what views() gives."""
        # Channels last: the layout in which torch's convolutions are fastest here.
        maps = self.layers(seen.contiguous(memory_format=torch.channels_last))
        x = F.relu(self.moment(maps.transpose(2, 3).flatten(1, 2)))
        for layer in self.course:
            x = x + F.relu(layer(x))
        mean = x.mean(2)
        spread = (((x - mean.unsqueeze(2)) ** 2).mean(2) + 1e-4).sqrt()
        return torch.cat([mean, x.amax(2), spread], 1)

    def embed(self, features):
        return F.normalize(self.out(F.relu(self.hidden(features))), dim=-1)

    def forward(self, input_features):
        return self.embed(self.features(views(input_features)))


class Pair(nn.Module):
    """Both towers and the scale that turns cosines into logits."""

    def __init__(self):
        super().__init__()
        self.audio, self.text = AudioTower(), TextTower(len(WORDS.vocabulary), EMBEDDING, width=96)
        self.log_scale = nn.Parameter(torch.tensor(math.log(15.0)))

    def scale(self):
        return self.log_scale.exp().clamp(max=100)


def to_input_features(features):
    """float32 [B, FRAMES, BANDS] (numpy) -> the audio tower's input."""
    return torch.from_numpy(features).unsqueeze(1)
