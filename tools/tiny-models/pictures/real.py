"""Asks a pair about real pictures and videos in a folder that it never learnt from: told apart from the held-out figures, and nothing is chosen by it."""
from pathlib import Path

import numpy as np
from PIL import Image

from frames import a_frame_a_second
from scoring import probabilities

from .draw import SIZE
from .measure import embed_pictures, embed_texts

ANIMALS = ["a dog", "a cat", "a horse", "a cow", "an elephant", "a rabbit", "a bird", "a fish", "a bear", "a flower", "a car", "a tree", "a person", "a building"]
STYLE, LIGHT, PLACE = ["animation", "live action"], ["day", "night"], ["indoors", "outdoors"]
# File: the right answer to each question; None: not asked.
QUESTIONS = {"what it is": ANIMALS, "animation or live action": STYLE, "day or night": LIGHT, "indoors or outdoors": PLACE}
EXPECTED = {
    "images/cat.jpg": ("a cat", "live action", None, None),
    "images/dogs.jpg": ("a dog", "live action", None, None),
    "images/mdn_elephant.jpg": ("an elephant", "live action", "day", "outdoors"),
    "images/mdn_flowers.jpg": ("a flower", "live action", "day", "outdoors"),
    "big-buck-bunny-30s.webm": (None, "animation", "day", "outdoors"),
    "car-detection.mp4": ("a car", "live action", "day", "outdoors"),
}


def _fitted(image):
    """As preprocessor_config.json says: shortest edge to SIZE, centre cut."""
    scale = SIZE / min(image.size)
    width, height = (max(SIZE, round(side * scale)) for side in image.size)
    x, y = (width - SIZE) // 2, (height - SIZE) // 2
    return np.asarray(image.convert("RGB").resize((width, height), Image.BICUBIC).crop((x, y, x + SIZE, y + SIZE)), np.float32) / 255


def ask(pair, tokenizer, scale, folder):
    """[{file, question, frames, right, expected, answers}]: of every frame the best label, counted."""
    found = []
    for name, expected in EXPECTED.items():
        file = Path(folder) / name
        images = [Image.open(file)] if name.startswith("images") else a_frame_a_second(file)
        pictures = embed_pictures(pair, np.stack([_fitted(image) for image in images]))
        for (question, labels), right in zip(QUESTIONS.items(), expected):
            if right is None:
                continue
            known = embed_texts(pair, tokenizer, labels)
            answers = [labels[int(c.argmax())] for c in (pictures @ known.T).numpy()]
            p = float(np.mean([probabilities(c, scale)[labels.index(right)] for c in (pictures @ known.T).numpy()]))
            counted = {a: answers.count(a) for a in sorted(set(answers), key=lambda a: -answers.count(a))}
            found.append({"file": Path(name).name, "question": question, "frames": len(images), "expected": right, "right": answers.count(right), "meanProbability": round(p, 3), "answers": counted})
    return found
