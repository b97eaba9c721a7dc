"""Writes the pair as a folder in the Hugging Face ONNX layout."""
from pathlib import Path

import torch

import tokenizer
from folder import TOKEN_IDS, tokenizer_files, write_json, write_tower

from . import features
from .model import EMBEDDING
from .phrases import TEMPLATE
from .words import WORDS


def export(pair, scale, folder):
    """Writes both towers, the tokenizer and the configuration files."""
    folder = Path(folder)
    (folder / "onnx").mkdir(parents=True, exist_ok=True)
    heard = torch.full((2, 1, features.FRAMES, features.BANDS), -50.0)
    tokens = torch.tensor(WORDS.encode_batch(["loud speech", "a tone"]))
    write_tower(pair.audio, heard, folder / "onnx/audio_model.onnx", ["input_features"], "audio_embeds", {0: "batch"})
    write_tower(pair.text, (tokens, (tokens != tokenizer.PAD).long()), folder / "onnx/text_model.onnx", ["input_ids", "attention_mask"], "text_embeds", {0: "batch", 1: "sequence"})
    write_json(folder, {**_configuration(scale), **tokenizer_files(WORDS)})


def _configuration(scale):
    return {
        "config.json": {
            "model_type": "clap",
            "projection_dim": EMBEDDING,
            "logit_scale_init_value": scale,
            "text_config": {"model_type": "clap_text_model", "vocab_size": len(WORDS.vocabulary),
                            "max_position_embeddings": tokenizer.MAX_LENGTH, "projection_dim": EMBEDDING, **TOKEN_IDS},
            "audio_config": {"model_type": "clap_audio_model", "num_mel_bins": features.BANDS, "enable_fusion": False, "projection_dim": EMBEDDING},
        },
        "preprocessor_config.json": {
            "feature_extractor_type": "ClapFeatureExtractor", "processor_class": "ClapProcessor",
            "sampling_rate": features.RATE, "chunk_length_s": features.SECONDS, "max_length_s": features.SECONDS,
            "nb_max_samples": features.SAMPLES, "nb_max_frames": features.SAMPLES // features.HOP,
            "fft_window_size": features.WINDOW, "n_fft": features.WINDOW, "hop_length": features.HOP,
            "feature_size": features.BANDS, "frequency_min": features.LOWEST, "frequency_max": features.HIGHEST, "nb_frequency_bins": features.WINDOW // 2 + 1,
            "padding": "repeatpad", "padding_side": "right", "padding_value": 0.0, "return_attention_mask": False, "top_db": None, "truncation": "rand_trunc",
        },
        "deepffmpeg.json": {"task": "clap", "activation": "softmax", "logitScale": scale, "embeddingSize": EMBEDDING, "promptTemplate": TEMPLATE},
    }
