"""The two towers. Convolutions throughout: they are what torch without a BLAS library runs fast."""
import math

import torch
from torch import nn
from torch.nn import functional as F

from text_tower import TextTower

EMBEDDING = 128
FEATURES = 384


def silhouettes(x):
    """Where outlines run and what stands out [B, 2, S, S], 0 to 1 in each picture whatever its colours are.

    Shapes look alike here in all pairs of colours, which a small tower would else have to learn pair by pair.
    """
    across = x[:, :, 1:-1, 2:] - x[:, :, 1:-1, :-2]
    down = x[:, :, 2:, 1:-1] - x[:, :, :-2, 1:-1]
    edges = F.pad((across * across + down * down).sum(1, keepdim=True), (1, 1, 1, 1))
    apart = ((x - x.mean((2, 3), keepdim=True)) ** 2).sum(1, keepdim=True)
    both = torch.cat([edges, apart], 1).sqrt()
    # The small constant keeps the noise of flat frames from being blown up.
    return both / (both.amax((2, 3), keepdim=True) + 0.1)


def _layer(into, out, stride):
    return nn.Sequential(nn.Conv2d(into, out, 3, stride, 1, bias=False), nn.BatchNorm2d(out), nn.ReLU())


class VisionTower(nn.Module):
    """pixel_values [B, 3, S, S], normalised to -1..1 -> image_embeds [B, EMBEDDING] of length 1."""

    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(
            _layer(5, 24, 2), _layer(24, 48, 2), _layer(48, 96, 2), _layer(96, 128, 1), _layer(128, 192, 2), _layer(192, 192, 1))
        self.hidden = nn.Linear(FEATURES, 256)
        self.out = nn.Linear(256, EMBEDDING)

    def features(self, pixel_values):
        """[B, FEATURES]: mean and maximum of the last maps."""
        maps = self.layers(torch.cat([pixel_values, silhouettes(pixel_values)], 1))
        return torch.cat([maps.mean((2, 3)), maps.amax((2, 3))], 1)

    def embed(self, features):
        return F.normalize(self.out(F.relu(self.hidden(features))), dim=-1)

    def forward(self, pixel_values):
        return self.embed(self.features(pixel_values))


class Pair(nn.Module):
    """Both towers and the scale that turns cosines into logits."""

    def __init__(self, vocabulary_size):
        super().__init__()
        self.vision, self.text = VisionTower(), TextTower(vocabulary_size, EMBEDDING)
        self.log_scale = nn.Parameter(torch.tensor(math.log(15.0)))

    def scale(self):
        return self.log_scale.exp().clamp(max=100)


def to_pixel_values(pixels):
    """float [B, S, S, 3] in 0..1 (numpy) -> the vision tower's input."""
    return torch.from_numpy(pixels).permute(0, 3, 1, 2).contiguous() * 2 - 1
