"""The network, as YOLOX lays out its answer: for each cell of three grids a box, whether something is there, and what."""
import torch
from torch import nn
from torch.nn import functional as F

from .scenes import CLASSES

STRIDES = (8, 16, 32)
OUTPUTS = 5 + len(CLASSES)
WIDTHS = (16, 32, 56, 96, 112)
NECK = 56


def outlines(x):
    """Where outlines run, and along which line [B, 3, H, W], -1 to 1, of pictures of -1 to 1.

    The same whatever the colours on both sides are, and hardly weaker where these are alike: shapes look alike here in all pairs of
    colours, which a small network would else have to learn pair by pair.
    """
    across = F.pad(x[:, :, :, 2:] - x[:, :, :, :-2], (1, 1, 0, 0))
    down = F.pad(x[:, :, 2:] - x[:, :, :-2], (0, 0, 1, 1))
    steep, flat, slanted = ((a * b).sum(1, keepdim=True) for a, b in ((across, across), (down, down), (across, down)))
    power = steep + flat + 1e-4
    strength = power / (power + 0.04)  # about a tenth of the range counts as half
    return torch.cat([strength, (steep - flat) / power * strength, 2 * slanted / power * strength], 1)


class Layer(nn.Module):
    """A convolution, normalised; with `adds`, its answer is added to what came in."""

    def __init__(self, into, out, stride=1, size=3, adds=False):
        super().__init__()
        self.conv = nn.Conv2d(into, out, size, stride, size // 2, bias=False)
        self.norm = nn.BatchNorm2d(out)
        self.adds = adds

    def forward(self, x):
        y = F.relu(self.norm(self.conv(x)))
        return x + y if self.adds else y


class Network(nn.Module):
    """pixels [B, 3, H, W], BGR, 0 to 255, sides divisible by 32 -> [B, cells, 5 + classes], before the sigmoid."""

    def __init__(self):
        super().__init__()
        a, b, c, d, e = WIDTHS
        self.fine = nn.Sequential(Layer(6, a, 2), Layer(a, b, 2), Layer(b, c, 2), Layer(c, c, adds=True))
        self.middle = nn.Sequential(Layer(c, d, 2), Layer(d, d, adds=True), Layer(d, d, adds=True))
        self.coarse = nn.Sequential(Layer(d, e, 2), Layer(e, e, adds=True), Layer(e, e, adds=True))
        self.narrow = nn.ModuleList(Layer(width, NECK, size=1) for width in (c, d, e))
        self.joined = nn.ModuleList(Layer(NECK, NECK) for _ in STRIDES)
        self.heads = nn.ModuleList(nn.Conv2d(NECK, OUTPUTS, 1) for _ in STRIDES)
        for head in self.heads:
            nn.init.normal_(head.weight, std=0.01)
            with torch.no_grad():
                head.bias.zero_()
                head.bias[4] = -4.6  # at first: a hundredth of the cells have something
                head.bias[2:4] = 1.0

    def forward(self, pixels):
        x = pixels / 127.5 - 1
        fine = self.fine(torch.cat([x, outlines(x)], 1))
        middle = self.middle(fine)
        coarse = self.coarse(middle)
        maps = [narrow(each) for narrow, each in zip(self.narrow, (fine, middle, coarse))]
        for k in (1, 0):
            maps[k] = maps[k] + F.interpolate(maps[k + 1], scale_factor=2.0, mode="nearest")
        answers = [head(joined(each)) for head, joined, each in zip(self.heads, self.joined, maps)]
        return torch.cat([answer.flatten(2).transpose(1, 2) for answer in answers], 1)


def cells(height, width):
    """Left upper corners of the cells in cells of their grid [cells, 2], and their strides [cells, 1]."""
    corners, strides = [], []
    for stride in STRIDES:
        rows, columns = torch.meshgrid(torch.arange(height // stride), torch.arange(width // stride), indexing="ij")
        corners.append(torch.stack([columns, rows], -1).reshape(-1, 2).float())
        strides.append(torch.full((corners[-1].shape[0], 1), float(stride)))
    return torch.cat(corners), torch.cat(strides)


def boxes_of(answers, corners, strides):
    """Left, top, right, bottom in pixels [B, cells, 4]."""
    centres = (answers[..., :2] + corners) * strides
    halves = answers[..., 2:4].clamp(max=6).exp() * strides / 2
    return torch.cat([centres - halves, centres + halves], -1)


def to_pixels(pictures):
    """RGB uint8 [B, H, W, 3] (numpy) -> the network's input."""
    return torch.from_numpy(pictures).flip(-1).permute(0, 3, 1, 2).contiguous().float()
