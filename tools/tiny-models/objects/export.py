"""Writes the network as a folder that the detector's reader takes."""
import torch
from torch import nn
from torch.nn import functional as F

from folder import OPSET, write_json

from .measure import SIDE
from .model import Layer
from .scenes import CLASSES


class _Halved(nn.Module):
    """A convolution whose weights the file holds with half the bits; they become float32 when it is loaded."""

    def __init__(self, weight, bias, conv):
        super().__init__()
        self.register_buffer("weight", weight.half())  # a buffer: a plain tensor would be folded into float32
        self.register_buffer("bias", bias.detach())
        self.stride, self.padding = conv.stride, conv.padding

    def forward(self, x):
        return F.conv2d(x, self.weight.float(), self.bias, self.stride, self.padding)


class _Joined(nn.Module):
    """A layer whose normalisation has gone into its convolution."""

    def __init__(self, layer):
        super().__init__()
        norm = layer.norm
        scale = norm.weight / (norm.running_var + norm.eps).sqrt()
        self.conv = _Halved(layer.conv.weight * scale[:, None, None, None], norm.bias - norm.running_mean * scale, layer.conv)
        self.adds = layer.adds

    def forward(self, x):
        y = F.relu(self.conv(x))
        return x + y if self.adds else y


class _Answers(nn.Module):
    """Presence and classes as probabilities, presence calibrated."""

    def __init__(self, network, presence):
        super().__init__()
        self.network, self.presence = network, presence

    def forward(self, images):
        boxes, there, kinds = self.network(images).split([4, 1, len(CLASSES)], -1)
        return torch.cat([boxes, (there * self.presence[0] + self.presence[1]).sigmoid(), kinds.sigmoid()], -1)


def _for_export(module):
    """The same network with every layer joined and its weights halved."""
    for name, child in module.named_children():
        if isinstance(child, Layer):
            setattr(module, name, _Joined(child))
        elif isinstance(child, nn.Conv2d):
            setattr(module, name, _Halved(child.weight, child.bias, child))
        else:
            _for_export(child)
    return module


@torch.no_grad()
def export(network, presence, folder):
    """Writes onnx/model.onnx and deepffmpeg.json. The network is changed, and of no use for training any more."""
    (folder / "onnx").mkdir(parents=True, exist_ok=True)
    answers = _Answers(_for_export(network), presence).eval()
    torch.onnx.export(answers, torch.zeros(1, 3, SIDE, SIDE), str(folder / "onnx/model.onnx"), input_names=["images"], output_names=["output"], opset_version=OPSET,
                      dynamic_axes={"images": {0: "batch"}, "output": {0: "batch"}}, do_constant_folding=False)
    write_json(folder, {"deepffmpeg.json": {"task": "detect", "detect": {"head": "yolox", "labels": CLASSES}}})
