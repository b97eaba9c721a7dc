"""The parts of a model folder in the Hugging Face ONNX layout that do not depend on what is looked at."""
import json

import torch

import tokenizer

OPSET = 14
TOKEN_IDS = {"bos_token_id": tokenizer.BOS, "eos_token_id": tokenizer.EOS, "pad_token_id": tokenizer.PAD}


def write_tower(tower, examples, path, inputs, out, axes):
    """Exports a tower: examples and axes by the names of its inputs."""
    torch.onnx.export(tower.eval(), examples, str(path), input_names=inputs, output_names=[out], opset_version=OPSET,
                      dynamic_axes={**{name: axes for name in inputs}, out: {0: "batch"}}, do_constant_folding=True)


def write_json(folder, files):
    """Writes {name: content} as JSON files."""
    for name, content in files.items():
        (folder / name).write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n")


def tokenizer_files(words):
    """Both files of a tokenizer."""
    return {
        "tokenizer.json": words.json(),
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": tokenizer.MAX_LENGTH,
            "bos_token": "<s>", "eos_token": "</s>", "pad_token": "[PAD]", "unk_token": "[UNK]",
            "padding_side": "right", "truncation_side": "right", "clean_up_tokenization_spaces": False,
        },
    }
