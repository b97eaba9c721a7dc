"""Writes the pair as a folder in the Hugging Face ONNX layout."""
import json
from pathlib import Path

import torch

import draw
import tokenizer
from model import EMBEDDING

OPSET = 14


def export(pair, scale, folder):
    """Writes both towers, the tokenizer and the configuration files."""
    folder = Path(folder)
    (folder / "onnx").mkdir(parents=True, exist_ok=True)
    pixels = torch.zeros(2, 3, draw.SIZE, draw.SIZE)
    tokens = torch.tensor(tokenizer.encode_batch(["a red circle", "blue"]))
    _tower(pair.vision, pixels, folder / "onnx/vision_model.onnx", "pixel_values", "image_embeds", {0: "batch"})
    _tower(pair.text, tokens, folder / "onnx/text_model.onnx", "input_ids", "text_embeds", {0: "batch", 1: "sequence"})
    for name, content in _configuration(scale).items():
        (folder / name).write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n")


def _tower(tower, example, path, into, out, axes):
    torch.onnx.export(tower.eval(), example, str(path), input_names=[into], output_names=[out], opset_version=OPSET,
                      dynamic_axes={into: axes, out: {0: "batch"}}, do_constant_folding=True)


def _configuration(scale):
    size = draw.SIZE
    ids = {"bos_token_id": tokenizer.BOS, "eos_token_id": tokenizer.EOS, "pad_token_id": tokenizer.PAD}
    return {
        "config.json": {
            "model_type": "clip",
            "projection_dim": EMBEDDING,
            "text_config": {"model_type": "clip_text_model", "vocab_size": len(tokenizer.VOCABULARY),
                            "max_position_embeddings": tokenizer.MAX_LENGTH, "projection_dim": EMBEDDING, **ids},
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
        "tokenizer.json": tokenizer.tokenizer_json(),
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": tokenizer.MAX_LENGTH,
            "bos_token": "<s>", "eos_token": "</s>", "pad_token": "[PAD]", "unk_token": "[UNK]",
            "padding_side": "right", "truncation_side": "right", "clean_up_tokenization_spaces": False,
        },
        "deepffmpeg.json": {"task": "clip", "activation": "softmax", "logitScale": scale, "embeddingSize": EMBEDDING, "promptTemplate": "{}"},
    }
