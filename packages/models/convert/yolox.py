"""YOLOX's network, under the names that its published weights have. @see Ge et al. 2021, arXiv:2107.08430, and
github.com/Megvii-BaseDetection/YOLOX for the names."""
import re

import torch
from torch import nn


class Convolution(nn.Module):
    """A convolution, batch normalisation and SiLU."""

    def __init__(self, inputs, outputs, size, stride=1, groups=1):
        super().__init__()
        self.conv = nn.Conv2d(inputs, outputs, size, stride, (size - 1) // 2, groups=groups, bias=False)
        self.bn = nn.BatchNorm2d(outputs, eps=1e-3)  # as its training sets it

    def forward(self, x):
        return nn.functional.silu(self.bn(self.conv(x)))


class Separable(nn.Module):
    """The same in two steps, each channel by itself and then all of a pixel: YOLOX-nano."""

    def __init__(self, inputs, outputs, size, stride=1):
        super().__init__()
        self.dconv = Convolution(inputs, inputs, size, stride, groups=inputs)
        self.pconv = Convolution(inputs, outputs, 1)

    def forward(self, x):
        return self.pconv(self.dconv(x))


class Focus(nn.Module):
    """Four pixels of a square become channels of one."""

    def __init__(self, outputs):
        super().__init__()
        self.conv = Convolution(12, outputs, 3)

    def forward(self, x):
        parts = [x[..., ::2, ::2], x[..., 1::2, ::2], x[..., ::2, 1::2], x[..., 1::2, 1::2]]
        return self.conv(torch.cat(parts, dim=1))


class Bottleneck(nn.Module):
    def __init__(self, channels, adds, wide):
        super().__init__()
        self.conv1 = Convolution(channels, channels, 1)
        self.conv2 = wide(channels, channels, 3)
        self.adds = adds

    def forward(self, x):
        y = self.conv2(self.conv1(x))
        return x + y if self.adds else y


class CrossStage(nn.Module):
    """Half of the channels go through bottlenecks, the other half past them."""

    def __init__(self, inputs, outputs, count, adds, wide):
        super().__init__()
        half = outputs // 2
        self.conv1 = Convolution(inputs, half, 1)
        self.conv2 = Convolution(inputs, half, 1)
        self.conv3 = Convolution(2 * half, outputs, 1)
        self.m = nn.Sequential(*[Bottleneck(half, adds, wide) for _ in range(count)])

    def forward(self, x):
        return self.conv3(torch.cat([self.m(self.conv1(x)), self.conv2(x)], dim=1))


class Pooling(nn.Module):
    """What is largest within 5, 9 and 13 cells, beside the cells themselves."""

    def __init__(self, channels):
        super().__init__()
        half = channels // 2
        self.conv1 = Convolution(channels, half, 1)
        self.m = nn.ModuleList([nn.MaxPool2d(size, 1, size // 2) for size in (5, 9, 13)])
        self.conv2 = Convolution(4 * half, channels, 1)

    def forward(self, x):
        x = self.conv1(x)
        return self.conv2(torch.cat([x, *(pool(x) for pool in self.m)], dim=1))


class Darknet(nn.Module):
    def __init__(self, base, depth, wide):
        super().__init__()
        self.stem = Focus(base)

        def stage(number, count, *between, adds=True):
            channels = base * 2**number
            down = wide(channels // 2, channels, 3, 2)
            return nn.Sequential(down, *between, CrossStage(channels, channels, count, adds, wide))

        self.dark2 = stage(1, depth)
        self.dark3 = stage(2, 3 * depth)
        self.dark4 = stage(3, 3 * depth)
        self.dark5 = stage(4, depth, Pooling(base * 16), adds=False)

    def forward(self, x):
        fine = self.dark3(self.dark2(self.stem(x)))
        middle = self.dark4(fine)
        return fine, middle, self.dark5(middle)


class Pyramid(nn.Module):
    """Hands what the coarse grids know to the fine ones, and back."""

    def __init__(self, base, depth, wide):
        super().__init__()
        self.backbone = Darknet(base, depth, wide)
        small, middle, large = base * 4, base * 8, base * 16
        self.lateral_conv0 = Convolution(large, middle, 1)
        self.C3_p4 = CrossStage(2 * middle, middle, depth, False, wide)
        self.reduce_conv1 = Convolution(middle, small, 1)
        self.C3_p3 = CrossStage(2 * small, small, depth, False, wide)
        self.bu_conv2 = wide(small, small, 3, 2)
        self.C3_n3 = CrossStage(2 * small, middle, depth, False, wide)
        self.bu_conv1 = wide(middle, middle, 3, 2)
        self.C3_n4 = CrossStage(2 * middle, large, depth, False, wide)

    def forward(self, x):
        fine, middle, coarse = self.backbone(x)

        def double(y):
            return nn.functional.interpolate(y, scale_factor=2.0, mode="nearest")

        top = self.lateral_conv0(coarse)
        between = self.reduce_conv1(self.C3_p4(torch.cat([double(top), middle], dim=1)))
        out_fine = self.C3_p3(torch.cat([double(between), fine], dim=1))
        out_middle = self.C3_n3(torch.cat([self.bu_conv2(out_fine), between], dim=1))
        return out_fine, out_middle, self.C3_n4(torch.cat([self.bu_conv1(out_middle), top], dim=1))


class Head(nn.Module):
    def __init__(self, base, classes, wide):
        super().__init__()
        width = base * 4

        def for_each(make):
            return nn.ModuleList([make(base * 4 * 2**level) for level in range(3)])

        def pair(_):
            return nn.Sequential(wide(width, width, 3), wide(width, width, 3))

        self.stems = for_each(lambda channels: Convolution(channels, width, 1))
        self.cls_convs, self.reg_convs = for_each(pair), for_each(pair)
        self.cls_preds = for_each(lambda _: nn.Conv2d(width, classes, 1))
        self.reg_preds = for_each(lambda _: nn.Conv2d(width, 4, 1))
        self.obj_preds = for_each(lambda _: nn.Conv2d(width, 1, 1))

    def forward(self, features):
        tables = []
        for level, feature in enumerate(features):
            x = self.stems[level](feature)
            boxes = self.reg_convs[level](x)
            classes = self.cls_preds[level](self.cls_convs[level](x)).sigmoid()
            found = [self.reg_preds[level](boxes), self.obj_preds[level](boxes).sigmoid(), classes]
            tables.append(torch.cat(found, dim=1).flatten(2))
        return torch.cat(tables, dim=2).transpose(1, 2)


class Yolox(nn.Module):
    """[batch, 3, height, width], BGR, 0 to 255 -> [batch, cells, 5 + classes]; boxes as grid offsets, not decoded."""

    def __init__(self, base, depth, classes, is_separable):
        super().__init__()
        wide = Separable if is_separable else Convolution
        self.backbone = Pyramid(base, depth, wide)
        self.head = Head(base, classes, wide)

    def forward(self, x):
        return self.head(self.backbone(x))


STEM = "backbone.backbone.stem.conv.conv.weight"


def yolox_from(state):
    """The network that fits these weights; how wide and deep it is, they tell. KeyError where they are another's."""
    base = state[STEM].shape[0]
    blocks = {match[1] for name in state if (match := re.match(r"backbone\.backbone\.dark2\.1\.m\.(\d+)\.", name))}
    classes = state["head.cls_preds.0.weight"].shape[0]
    is_separable = "backbone.backbone.dark2.0.dconv.conv.weight" in state
    return Yolox(base, len(blocks), classes, is_separable)
