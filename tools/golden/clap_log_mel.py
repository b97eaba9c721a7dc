"""Writes packages/clap/test/golden/clap-log-mel.json: what Hugging Face's ClapFeatureExtractor makes of noise, by small settings.

Run with transformers 4.57.6 and numpy: python3 tools/golden/clap_log_mel.py
"""
import itertools
import json
from pathlib import Path

import numpy
import transformers
from transformers.models.clap.feature_extraction_clap import ClapFeatureExtractor

PLAIN = {
    "sampling_rate": 800,
    "feature_size": 8,
    "fft_window_size": 64,
    "hop_length": 40,
    "frequency_min": 20,
    "frequency_max": 380,
    "max_length_s": 1,
}
# A rate that halves to no whole number, a hop that does not divide the window, bands from 0 and above the spectrum.
ODD = {**PLAIN, "sampling_rate": 801, "hop_length": 77, "fft_window_size": 128, "frequency_min": 0, "frequency_max": 500}
FAST = {**PLAIN, "sampling_rate": 4000, "hop_length": 500, "fft_window_size": 256, "frequency_max": 1900}


def noise(count):
    """The same samples as `noise` in the test: a 32-bit linear congruential generator, top byte, -1 to 1."""
    state, out = 1, []
    for _ in range(count):
        state = (state * 1664525 + 1013904223) % 2**32
        out.append(((state >> 24) - 128) / 128)
    return numpy.array(out, numpy.float32)


def case(settings, samples):
    extractor = ClapFeatureExtractor(**settings)
    made = extractor(noise(samples), sampling_rate=settings["sampling_rate"], return_tensors="np")
    [channels] = made["input_features"]
    assert all((channel == channels[0]).all() for channel in channels)
    return {
        "settings": settings,
        "samples": samples,
        "shape": list(channels.shape),
        "features": [round(float(value), 5) for value in channels[0].ravel()],
    }


cases = [
    case({**PLAIN, "truncation": truncation, "padding": padding}, samples)
    for (truncation, padding), samples in itertools.product(
        [("rand_trunc", "repeatpad"), ("rand_trunc", "repeat"), ("rand_trunc", "pad"), ("fusion", "repeatpad")],
        [800, 400, 300, 799, 1],  # whole, twice, twice and a rest, almost, the least
    )
]
cases += [
    case({**settings, "truncation": truncation, "padding": "repeatpad"}, settings["sampling_rate"])
    for settings, truncation in itertools.product([ODD, FAST], ["rand_trunc", "fusion"])
]
target = Path(__file__).parents[2] / "packages/clap/test/golden/clap-log-mel.json"
target.parent.mkdir(exist_ok=True)
made_with = {
    "transformers": transformers.__version__,
    "numpy": numpy.__version__,
    "command": "python3 tools/golden/clap_log_mel.py",
}
rows = ",\n".join(json.dumps(each) for each in cases)
target.write_text(f'{{"made_with": {json.dumps(made_with)}, "cases": [\n{rows}\n]}}\n')
