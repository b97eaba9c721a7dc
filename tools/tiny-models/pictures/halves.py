"""Exports a tower with its weights in half precision: half the file, and every runtime unfolds them when it loads."""
import copy

import torch
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval
from torch.nn.utils.parametrize import register_parametrization

from folder import OPSET


class _Unfolded(nn.Module):
    """Half precision in the file, single precision in use."""

    def forward(self, weight):
        return weight.float()


def _fused(tower):
    """Convolutions take in the normalisations behind them."""
    for layer in [m for m in tower.modules() if isinstance(m, nn.Sequential)]:
        for k in range(len(layer) - 1):
            if isinstance(layer[k], nn.Conv2d) and isinstance(layer[k + 1], nn.BatchNorm2d):
                layer[k], layer[k + 1] = fuse_conv_bn_eval(layer[k], layer[k + 1]), nn.Identity()
    return tower


def halved(tower):
    """A copy of the tower whose weights have been through half precision."""
    tower = _fused(copy.deepcopy(tower).eval())
    for module in tower.modules():
        if isinstance(module, (nn.Conv1d, nn.Conv2d, nn.Linear, nn.Embedding)):
            module.weight = nn.Parameter(module.weight.detach().half(), requires_grad=False)
            register_parametrization(module, "weight", _Unfolded(), unsafe=True)
    return tower


def write_halved(tower, examples, path, inputs, out, axes):
    """Exports a tower: examples and axes by the names of its inputs."""
    # Folding constants would put single precision back into the file.
    torch.onnx.export(halved(tower), examples, str(path), input_names=inputs, output_names=[out], opset_version=OPSET,
                      dynamic_axes={**{name: axes for name in inputs}, out: {0: "batch"}}, do_constant_folding=False)
