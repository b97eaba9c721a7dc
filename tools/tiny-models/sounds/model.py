"""The two towers of the pair."""
import math

import torch
from torch import nn
from torch.nn import functional as F

from text_tower import TextTower

from .features import BANDS
from .words import WORDS

EMBEDDING = 64
CHANNELS = [2, 16, 32, 64, 96]
# Maximum and mean over time, in each of the bands that are left.
FEATURES = 2 * CHANNELS[-1] * (BANDS >> (len(CHANNELS) - 1))


def views(decibels):
    """[B, 1, T, F] -> [B, 2, T, F]: how loud, and the same against the loudest of the window, about -1 to 1.

    In the second a sound looks alike however loud it is, which a small tower would else have to learn level by level.
    """
    # The extractor's floor is -100 dB; a loud tone reaches +40.
    against = decibels - decibels.amax((2, 3), keepdim=True)
    return torch.cat([(decibels + 40) / 50, against.clamp(min=-60) / 30 + 1], 1)


def _layer(into, out):
    return nn.Sequential(nn.Conv2d(into, out, 3, 2, 1, bias=False), nn.BatchNorm2d(out), nn.ReLU())


class AudioTower(nn.Module):
    """input_features [B, 1, FRAMES, BANDS] in dB -> audio_embeds [B, EMBEDDING] of length 1."""

    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(*(_layer(*pair) for pair in zip(CHANNELS, CHANNELS[1:])))
        self.hidden = nn.Linear(FEATURES, 128)
        self.out = nn.Linear(128, EMBEDDING)

    def features(self, input_features):
        """[B, FEATURES]: what there is at any time and on the whole, band by band."""
        maps = self.layers(views(input_features))
        return torch.cat([maps.mean(2), maps.amax(2)], 1).flatten(1)

    def embed(self, features):
        return F.normalize(self.out(F.relu(self.hidden(features))), dim=-1)

    def forward(self, input_features):
        return self.embed(self.features(input_features))


class Pair(nn.Module):
    """Both towers and the scale that turns cosines into logits."""

    def __init__(self):
        super().__init__()
        self.audio, self.text = AudioTower(), TextTower(len(WORDS.vocabulary), EMBEDDING, width=72)
        self.log_scale = nn.Parameter(torch.tensor(math.log(15.0)))

    def scale(self):
        return self.log_scale.exp().clamp(max=100)


def to_input_features(features):
    """float32 [B, FRAMES, BANDS] (numpy) -> the audio tower's input."""
    return torch.from_numpy(features).unsqueeze(1)
