"""Make the LibTorch twin of an ONNX tower: the same weights, traced, so that both runtimes can be compared.

Knows the operators of the tiny towers and no others. Written with PyTorch 1.13.1 and onnx 1.23.2 (Debian 12: apt-get install
python3-torch; then a virtual environment with --system-site-packages and pip install onnx).

usage: torchscript_tower.py TOWER.onnx OUT.pt
  native/test/models/clap_audio_model.pt: packages/tiny-models/models/tiny-clap/onnx/audio_model.onnx
"""
import sys

import onnx
import torch
from onnx import numpy_helper


def conv(x, w, b=None, *, pads, strides, group=1, dilations, **_):
    """Of one dimension or two; torch counts paddings from the last one on."""
    sides = len(pads) // 2
    padding = [side for at in reversed(range(sides)) for side in (pads[at], pads[at + sides])]
    convolve = {1: torch.nn.functional.conv1d, 2: torch.nn.functional.conv2d}[sides]
    return convolve(torch.nn.functional.pad(x, padding), w, b, stride=tuple(strides), dilation=tuple(dilations), groups=group)


def gemm(a, b, c, *, transB=0, transA=0, alpha=1.0, beta=1.0):
    assert not transA and alpha == beta == 1
    return torch.nn.functional.linear(a, b if transB else b.T, c)


def to_torch(tensor):
    array = numpy_helper.to_array(tensor)  # as lists, since onnx wants a newer numpy than Debian's PyTorch
    return torch.tensor(array.tolist(), dtype=getattr(torch, str(array.dtype)))


OPERATORS = {
    "Add": torch.add, "Sub": torch.sub, "Div": torch.div, "Relu": torch.relu, "Conv": conv, "Gemm": gemm,
    "Concat": lambda *xs, axis: torch.cat(xs, axis),
    "Flatten": lambda x, axis=1: torch.flatten(x, axis),
    "ReduceMax": lambda x, axes, keepdims=1: torch.amax(x, axes, bool(keepdims)),
    "ReduceMean": lambda x, axes, keepdims=1: torch.mean(x, axes, bool(keepdims)),
    "ReduceL2": lambda x, axes, keepdims=1: torch.sqrt(torch.sum(x * x, axes, bool(keepdims))),
    "Clip": lambda x, low=None, high=None: torch.clamp(x, None if low is None else float(low), None if high is None else float(high)),
    "Pow": lambda x, y: torch.pow(x, float(y)),
    "Sqrt": torch.sqrt,
    "Transpose": lambda x, perm: x.permute(*perm),
    "Unsqueeze": lambda x, axes: torch.unsqueeze(x, int(axes)),
    # Sizes are taken from the tensor itself, or the batch of the trace would be written into the network.
    "Shape": lambda x: x,
    "Expand": lambda x, like: x.expand_as(like),
    "Slice": lambda like, starts, ends, *_: torch.tensor(like.shape)[int(starts):int(ends)],  # of a shape
    "Reshape": lambda x, shape, allowzero=0: x.reshape([x.size(0), *map(int, shape[1:])]),
}


class Tower(torch.nn.Module):
    def __init__(self, graph):
        super().__init__()
        self.graph = graph
        self.names = {}
        for tensor in graph.initializer:
            self.names[tensor.name] = f"w{len(self.names)}"
            self.register_buffer(self.names[tensor.name], to_torch(tensor))

    def forward(self, x):
        values = {name: getattr(self, key) for name, key in self.names.items()}
        values[self.graph.input[0].name] = x
        for node in self.graph.node:
            options = {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}
            if node.op_type == "Constant":
                values[node.output[0]] = to_torch(options["value"])
                continue
            given = [values[name] if name else None for name in node.input]
            values[node.output[0]] = OPERATORS[node.op_type](*given, **options)
        return values[self.graph.output[0].name]


source, target = sys.argv[1:]
graph = onnx.load(source).graph
shape = [d.dim_value or 2 for d in graph.input[0].type.tensor_type.shape.dim]
with torch.no_grad():
    tower = torch.jit.trace(Tower(graph).eval(), torch.randn(shape), check_inputs=[(torch.randn([3, *shape[1:]]),)])
    torch.jit.freeze(tower).save(target)
