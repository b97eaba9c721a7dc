"""Writes the pair as a folder in the Hugging Face ONNX layout."""
from pathlib import Path

import torch

import tokenizer
from folder import TOKEN_IDS, tokenizer_files, write_json

from . import draw
from .halves import write_halved
from .model import EMBEDDING


def export(pair, words, scale, folder):
    """Writes both towers, the tokenizer and the configuration files."""
    folder = Path(folder)
    (folder / "onnx").mkdir(parents=True, exist_ok=True)
    pixels = torch.zeros(2, 3, draw.SIZE, draw.SIZE)
    tokens = torch.tensor(words.encode_batch(["a red circle", "blue"]))
    write_halved(pair.vision, pixels, folder / "onnx/vision_model.onnx", ["pixel_values"], "image_embeds", {0: "batch"})
    write_halved(pair.text, tokens, folder / "onnx/text_model.onnx", ["input_ids"], "text_embeds", {0: "batch", 1: "sequence"})
    write_json(folder, {**_configuration(scale, words), **tokenizer_files(words)})


def _configuration(scale, words):
    size = draw.SIZE
    return {
        "config.json": {
            "model_type": "clip",
            "projection_dim": EMBEDDING,
            "text_config": {"model_type": "clip_text_model", "vocab_size": len(words.vocabulary),
                            "max_position_embeddings": tokenizer.MAX_LENGTH, "projection_dim": EMBEDDING, **TOKEN_IDS},
            "vision_config": {"model_type": "clip_vision_model", "image_size": size, "num_channels": 3, "projection_dim": EMBEDDING},
        },
        "preprocessor_config.json": {
            "image_processor_type": "CLIPImageProcessor",
            "do_convert_rgb": True,
            "do_resize": True, "size": {"shortest_edge": size}, "resample": 3,
            "do_center_crop": True, "crop_size": {"height": size, "width": size},
            "do_rescale": True, "rescale_factor": 1 / 255,
            "do_normalize": True, "image_mean": [0.5, 0.5, 0.5], "image_std": [0.5, 0.5, 0.5],
        },
        "deepffmpeg.json": {"task": "clip", "activation": "softmax", "logitScale": scale, "embeddingSize": EMBEDDING, "promptTemplate": "{}"},
    }
