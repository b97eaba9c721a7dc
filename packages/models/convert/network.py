"""A network to convert, and the fixed inputs that every format of it is checked on."""
from dataclasses import dataclass, field
from typing import Any, Callable

import numpy
import torch

SENTENCES = [
    "a photo of a cat",
    "music",
    "a red circle on a blue background, seen from far away",
    "people talking in the rain at night",
]


@dataclass
class Network:
    """One network, such as an image tower: what goes into its file, under which names."""

    name: str  # of the file, such as vision_model
    module: torch.nn.Module
    cases: list[dict[str, torch.Tensor]]  # inputs it is checked on; the first is what it is traced with
    output: str
    free: dict[str, dict[int, str]] = field(default_factory=dict)  # which dimensions are free, of inputs and output
    reference: Callable[..., torch.Tensor] | None = None  # the source as it came, where the module had to be put otherwise
    onnx_bytes: bytes | None = None  # of a source that is ONNX: taken as it is
    answers: list[numpy.ndarray] = field(default_factory=list)  # of the source, for each case


@dataclass
class Source:
    """A model as it came: its networks, and what its folder must say."""

    networks: list[Network]
    sidecar: dict[str, Any]
    files: dict[str, Any]  # JSON files by name
    details: dict[str, Any]  # for models_config.json


def pictures(count, height, width, low, high):
    """Noise, a slope, waves and a flat picture between two values, float32, [count, 3, height, width]."""
    random = numpy.random.default_rng(7)
    across = numpy.linspace(0, 1, width)[None, None, :]
    down = numpy.linspace(0, 1, height)[None, :, None]
    kinds = [
        random.random((3, height, width)),
        numpy.broadcast_to((across + down) / 2, (3, height, width)),
        0.5 + 0.5 * numpy.sin(40 * across + 25 * down + numpy.arange(3)[:, None, None]),
        numpy.full((3, height, width), 0.25),
    ]
    values = numpy.stack([kinds[i % len(kinds)] for i in range(count)])
    return torch.from_numpy((low + (high - low) * values).astype(numpy.float32))


def sounds(count, shape, low, high):
    """The same idea for sound: noise, a wave and a growing wave, float32, [count, *shape]."""
    random = numpy.random.default_rng(11)
    length = int(numpy.prod(shape))
    time = numpy.arange(length) / length
    kinds = [
        random.random(length),
        0.5 + 0.5 * numpy.sin(time * 9000),
        0.5 + 0.5 * time * numpy.sin(time * time * 20000),
    ]
    values = numpy.stack([kinds[i % len(kinds)] for i in range(count)]).reshape(count, *shape)
    return torch.from_numpy((low + (high - low) * values).astype(numpy.float32))
