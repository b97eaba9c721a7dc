"""The two towers. Convolutions throughout: they are what torch without a BLAS library runs fast."""
import math

import torch
from torch import nn
from torch.nn import functional as F

from text_tower import TextTower

EMBEDDING = 128
LAYERS = [(24, 2), (48, 2), (64, 1), (96, 2), (128, 1), (128, 1), (256, 2), (256, 1)]  # (maps, stride) of the vision tower


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


def with_silhouettes(pixel_values):
    """[B, 5, S, S]: nothing here is learnt."""
    return torch.cat([pixel_values, silhouettes(pixel_values)], 1)


def products(rows, weight, bias=None):
    """rows [B, n] by weight [m, n] -> [B, m], as a convolution over one point: five times as fast where torch has no BLAS library."""
    return F.conv2d(rows[..., None, None], weight[..., None, None], bias)[..., 0, 0]


class Dense(nn.Linear):
    """A linear layer that is quick to train; exported as any other."""

    def forward(self, rows):
        return products(rows, self.weight, self.bias) if self.training else super().forward(rows)


class Layer(nn.Sequential):
    """A convolution, normalised. Where as many maps of that size came in, its answer is added to them: deep towers learn sooner so."""

    def __init__(self, into, out, stride):
        super().__init__(nn.Conv2d(into, out, 3, stride, 1, bias=False), nn.BatchNorm2d(out), nn.ReLU())
        self.adds = into == out and stride == 1

    def forward(self, maps):
        found = super().forward(maps)
        return maps + found if self.adds else found


class VisionTower(nn.Module):
    """pixel_values [B, 3, S, S], normalised to -1..1 -> image_embeds [B, EMBEDDING] of length 1."""

    def __init__(self):
        super().__init__()
        widths = [5, *(maps for maps, _ in LAYERS)]
        self.layers = nn.Sequential(*(Layer(into, out, stride) for into, (out, stride) in zip(widths, LAYERS)))
        self.features_count = 2 * widths[-1]
        self.hidden = Dense(self.features_count, 256)
        self.out = Dense(256, EMBEDDING)

    def features(self, seen):
        """[B, features_count]: mean and maximum of the last maps, of what with_silhouettes() gives."""
        maps = self.layers(seen)
        return torch.cat([maps.mean((2, 3)), maps.amax((2, 3))], 1)

    def embed(self, features):
        return F.normalize(self.out(F.relu(self.hidden(features))), dim=-1)

    def forward(self, pixel_values):
        """Of the picture and its mirror image, which shows the same: their mean is right more often than either."""
        seen = with_silhouettes(pixel_values)
        return self.embed((self.features(seen) + self.features(seen.flip(3))) / 2)


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
