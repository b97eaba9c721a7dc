"""Writes packages/clap/test/golden/ms-clap.json: what msclap makes of sounds before its network, and the log-mel values that the
network itself begins with.

Run in the environment of `deepffmpeg models convert` (packages/models/convert/requirements.txt): python tools/golden/ms_clap_samples.py
"""
import ast
import hashlib
import importlib.metadata
import importlib.util
import json
import random
import textwrap
from pathlib import Path

import numpy
import torch
from torchlibrosa.stft import LogmelFilterBank, Spectrogram

RATE, SECONDS = 44100, 7  # msclap/configs/config_2023.yml
LENGTHS = [1, 1000, RATE, RATE * SECONDS // 2, RATE * SECONDS - 1, RATE * SECONDS]


def signal(length):
    """The same samples as `signal` in the test: a 32-bit linear congruential generator, top 24 bits, -1 to 1."""
    state, out = 7, numpy.empty(length, numpy.float32)
    for i in range(length):
        state = (state * 1664525 + 1013904223) % 2**32
        out[i] = (state >> 8) / 2**23 - 1
    return out


def filling():
    """CLAPWrapper.load_audio_into_tensor itself; its module imports torchaudio, of which no release fits our PyTorch."""
    folder = Path(importlib.util.find_spec("msclap").submodule_search_locations[0])
    text = (folder / "CLAPWrapper.py").read_text()
    [function] = [
        node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef) and node.name == "load_audio_into_tensor"
    ]
    names = {"np": numpy, "torch": torch, "random": random}
    exec(textwrap.dedent(ast.get_source_segment(text, function, padded=True)), names)
    return names["load_audio_into_tensor"]


class Wrapper:
    """What that function asks of its class: how a file is read."""

    def __init__(self, samples):
        self.samples = samples

    def read_audio(self, path, resample):
        return torch.from_numpy(self.samples)[None], RATE


fill = filling()
cases = []
for length in LENGTHS:
    window = fill(Wrapper(signal(length)), "", SECONDS).numpy()
    cases.append({"length": length, "sha256": hashlib.sha256(window.astype("<f4").tobytes()).hexdigest()})

# The settings with which msclap/models/htsat.py makes these two.
settings = {"window": "hann", "center": True, "pad_mode": "reflect", "freeze_parameters": True}
spectrogram = Spectrogram(n_fft=1024, hop_length=320, win_length=1024, **settings)
mel = LogmelFilterBank(sr=32000, n_fft=1024, n_mels=64, fmin=50, fmax=14000, ref=1.0, amin=1e-10, top_db=None, freeze_parameters=True)
with torch.inference_mode():
    values = mel(spectrogram(torch.from_numpy(signal(RATE))[None])).numpy()[0, 0]
made_with = {name: importlib.metadata.version(name) for name in ("msclap", "torchlibrosa", "librosa", "torch", "numpy")}
made_with["command"] = "python tools/golden/ms_clap_samples.py"
target = Path(__file__).parents[2] / "packages/clap/test/golden/ms-clap.json"
rows = {str(frame): [round(float(value), 4) for value in values[frame, ::9]] for frame in (0, 50, len(values) - 1)}
log_mel = {"frames": len(values), "every_ninth_band_of_frame": rows}
target.write_text(json.dumps({"made_with": made_with, "cases": cases, "log_mel": log_mel}, indent=1) + "\n")
