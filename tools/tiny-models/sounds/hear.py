"""What a pair calls recordings, which it never heard and which decide nothing."""
import subprocess
from pathlib import Path

import numpy as np
import torch

from scoring import probabilities

from .features import RATE, SAMPLES, decibels, mel_powers, repeat_to
from .kinds import COVERS
from .measure import said_of
from .model import to_input_features
from .phrases import TEMPLATE
from .words import WORDS

# What is said of each sound: all words, but those that hold for many kinds.
ASKED = [word for word in COVERS if word not in ("voices", "instrument", "animals", "nature", "weather", "machine", "vehicle")]
# What is right to say first of the recordings that the card tells of, by the beginning of their file's name.
RIGHT = {"applause": {"applause"}, "jazz_guitar": {"music", "guitar", "jazz music"}, "rain": {"rain"}, "train": {"train"}, "typing": {"typing"}, "big-buck-bunny": {"music", "orchestra"}}


def is_right(name, word):
    return any(name.startswith(stem) and word in words for stem, words in RIGHT.items())


def windows_of(path):
    """Windows of two seconds, one after another, of any file that ffmpeg reads."""
    command = ["ffmpeg", "-v", "error", "-i", str(path), "-vn", "-ac", "1", "-ar", str(RATE), "-f", "f32le", "-"]
    samples = np.frombuffer(subprocess.run(command, check=True, capture_output=True).stdout, "<f4").astype(np.float64)
    parts = [samples[at:at + SAMPLES] for at in range(0, max(1, len(samples) - SAMPLES // 4), SAMPLES)]
    return [part if len(part) == SAMPLES else repeat_to(part) for part in parts]


def hear(pair, scale, path, most=4):
    """The words with the greatest mean probability over the windows, as [word, probability]."""
    heard = np.stack([decibels(mel_powers(window)) for window in windows_of(path)])
    with torch.no_grad():
        texts = pair.text(torch.tensor(WORDS.encode_batch([TEMPLATE.format(said_of(word)) for word in ASKED])))
        sounds = pair.audio(to_input_features(heard))
    mean = np.mean([probabilities((texts @ sound).numpy(), scale) for sound in sounds], axis=0)
    return [[said_of(ASKED[k]), round(float(mean[k]), 3)] for k in np.argsort(-mean)[:most]]


def hear_all(pair, scale, folder):
    """By file name, what each recording of a folder is called."""
    files = sorted(path for path in Path(folder).rglob("*") if path.suffix in (".wav", ".webm"))
    return {path.name: hear(pair, scale, path) for path in files}

