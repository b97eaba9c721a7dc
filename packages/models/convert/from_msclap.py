"""Microsoft's CLAP of 2023: its file of weights, a folder with it, or the name microsoft/msclap. The log-mel features are
part of its network, so that what is made takes samples."""
import importlib.util
import re
import sys
import types
from pathlib import Path

import torch
from torch import nn

from channel import ConversionError
from folder import hub_file, rounded
from network import SENTENCES, Network, Source, sounds
from tokenizer_files import NAMES, encode, saved

WEIGHTS = "CLAP_weights_2023.pth"
REPOSITORY = "microsoft/msclap"

# msclap/configs/config_2023.yml
SETTINGS = {
    "audioenc_name": "HTSAT",
    "sample_rate": 44100,
    "window_size": 1024,
    "hop_size": 320,
    "mel_bins": 64,
    "fmin": 50,
    "fmax": 8000,
    "classes_num": 527,
    "out_emb": 768,
}
SECONDS = 7
TEXT_LENGTH = 77


def is_msclap(source):
    path = Path(source)
    return source == REPOSITORY or path.suffix == ".pth" or (path / WEIGHTS).is_file()


class AudioTower(nn.Module):
    def __init__(self, encoder):
        super().__init__()
        self.encoder = encoder

    def forward(self, samples):
        return self.encoder(samples)[0]


class TextTower(nn.Module):
    def __init__(self, encoder):
        super().__init__()
        self.encoder = encoder

    def forward(self, input_ids, attention_mask):
        # GPT-2's own way to this mask cannot be traced.
        places = torch.arange(input_ids.shape[1], device=input_ids.device)
        seen = (places[None, :] <= places[:, None]) & attention_mask[:, None, None, :].bool()
        mask = torch.zeros(seen.shape, device=seen.device).masked_fill(~seen, torch.finfo(torch.float32).min)
        return self.encoder({"input_ids": input_ids, "attention_mask": mask})

    def reference(self, input_ids, attention_mask):
        return self.encoder({"input_ids": input_ids, "attention_mask": attention_mask})


def networks_of_msclap():
    """The module with its networks, without what its package imports to read files (torchaudio, of which no release fits)."""
    if "msclap" not in sys.modules:
        package = types.ModuleType("msclap")
        package.__path__ = list(importlib.util.find_spec("msclap").submodule_search_locations)
        sys.modules["msclap"] = package
    from msclap.models import clap, htsat

    # The original makes an integer of the batch, which tracing would fix.
    def join_windows(windows, window_size, height, width):
        rows, columns = height // window_size, width // window_size
        channels = windows.shape[-1]
        parted = windows.view(-1, rows, columns, window_size, window_size, channels)
        return parted.permute(0, 1, 3, 2, 4, 5).contiguous().view(-1, height, width, channels)

    htsat.window_reverse = join_windows
    return clap


def clap(source, options, channel):
    from transformers import GPT2Config, GPT2Model

    weights = weights_of(source)
    channel.progress(f"loading {weights}")
    state = read_weights(weights)
    config = text_config(state, GPT2Config)
    files = text_files(weights, options)
    module = networks_of_msclap()
    # The text tower's weights are in the file too: of gpt2 itself only the shape is needed.
    module.AutoModel = types.SimpleNamespace(from_pretrained=lambda _: GPT2Model(config))
    dimension = state["caption_encoder.projection.linear1.weight"].shape[0]
    model = module.CLAP(**SETTINGS, text_model="gpt2", transformer_embed_dim=config.n_embd, d_proj=dimension)
    missing, unexpected = model.load_state_dict(state, strict=False)
    made = re.compile(r"\.attn\.(masked_)?bias$|relative_position_index$|attn_mask$")  # of no training
    lacking = [name for name in missing if not made.search(name)]
    if lacking:
        raise ConversionError(f"{weights} lacks {len(lacking)} of the weights of MS-CLAP 2023, among them {lacking[0]}")
    model.eval()
    return read_model(model, files, config, dimension)


def weights_of(source):
    path = Path(source)
    if path.is_file():
        return path
    found = path / WEIGHTS if path.is_dir() else hub_file(source, WEIGHTS)
    if found is None or not found.is_file():
        raise ConversionError(f"{source} lacks {WEIGHTS}")
    return found


def read_weights(path):
    try:
        loaded = torch.load(path, map_location="cpu", weights_only=True)
        state = loaded["model"]
    except Exception as error:  # pickle and zip raise many kinds
        raise ConversionError(f"{path} is no file of weights of MS-CLAP: {str(error).splitlines()[0]}") from error
    state = {name.removeprefix("module."): value for name, value in state.items()}
    if "caption_encoder.base.wte.weight" not in state:
        raise ConversionError(f"{path} has no text tower of GPT-2: only the version of 2023 is supported")
    return state


def text_config(state, GPT2Config):
    """The shape of GPT-2 by its weights. Its heads have 64 numbers, in every published size."""
    base = "caption_encoder.base"
    vocabulary, width = state[f"{base}.wte.weight"].shape
    layers = len([name for name in state if re.fullmatch(rf"{re.escape(base)}\.h\.\d+\.ln_1\.weight", name)])
    config = GPT2Config(
        vocab_size=vocabulary,
        n_embd=width,
        n_layer=layers,
        n_head=max(1, width // 64),
        n_positions=state[f"{base}.wpe.weight"].shape[0],
    )
    config._attn_implementation = "eager"
    return config


def text_files(weights, options):
    """GPT-2's tokenizer as msclap uses it: an end mark behind each text, and its exclamation mark to fill up with."""
    from transformers import AutoTokenizer

    place = options.tokenizer or (weights.parent if (weights.parent / "tokenizer.json").is_file() else "gpt2")
    try:
        tokenizer = AutoTokenizer.from_pretrained(str(place), use_fast=True)
    except Exception as error:  # whatever the many classes of tokenizers raise
        raise ConversionError(
            f"the tokenizer of GPT-2 cannot be had from {place} ({str(error).splitlines()[0]}): give --tokenizer, a folder with it"
        ) from error
    tokenizer.add_special_tokens({"pad_token": "!"})
    end = "<|endoftext|>"
    ids = tokenizer(f"a {end}")["input_ids"][1:]  # the space before the mark is a token of its own
    files = saved(tokenizer)
    definition = files[NAMES[0]]
    # Of several ids under one name: the library's own form for what is put behind a text.
    tokens = tokenizer.convert_ids_to_tokens(ids)
    definition["post_processor"] = {
        "type": "TemplateProcessing",
        "single": [{"Sequence": {"id": "A", "type_id": 0}}]
        + [{"SpecialToken": {"id": token, "type_id": 0}} for token in tokens],
        "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 0}}],
        "special_tokens": {
            token: {"id": token, "ids": [index], "tokens": [token]} for token, index in zip(tokens, ids)
        },
    }
    files[NAMES[1]] |= {"model_max_length": TEXT_LENGTH, "pad_token": "!"}
    check_ids(files, tokenizer, end)
    return files


def check_ids(files, tokenizer, end):
    ids, mask = encode(files, max_length=TEXT_LENGTH, pad_id=0)
    for sentence, row, count in zip(SENTENCES, ids.tolist(), mask.sum(1).tolist()):
        expected = tokenizer(f"{sentence} {end}")["input_ids"]
        if row[:count] != expected:
            raise ConversionError(f'the tokenizer made gives {row[:count]} for "{sentence}", msclap {expected}')


def read_model(model, files, config, dimension):
    ids, mask = encode(files, max_length=TEXT_LENGTH, pad_id=0)
    short = mask[1].sum()
    rate = SETTINGS["sample_rate"]
    text_tower = TextTower(model.caption_encoder)
    networks = [
        Network(
            "audio_model",
            AudioTower(model.audio_encoder),
            [{"samples": sounds(count, (SECONDS * rate,), -0.7, 0.7)} for count in (2, 1)],
            "audio_embeds",
            {"samples": {0: "batch"}, "audio_embeds": {0: "batch"}},
        ),
        Network(
            "text_model",
            text_tower,
            [
                {"input_ids": ids, "attention_mask": mask},
                {"input_ids": ids[1:2, :short], "attention_mask": mask[1:2, :short]},
            ],
            "text_embeds",
            {
                "input_ids": {0: "batch", 1: "length"},
                "attention_mask": {0: "batch", 1: "length"},
                "text_embeds": {0: "batch"},
            },
            text_tower.reference,
        ),
    ]
    sidecar = {
        "task": "clap",
        "activation": "softmax",
        "logitScale": rounded(model.logit_scale.exp().item()),
        "embeddingSize": dimension,
        "audio": {"sampleRate": rate, "windowSeconds": SECONDS, "padding": "repeat"},
    }
    text = {"model_type": "gpt2", "max_position_embeddings": TEXT_LENGTH, "vocab_size": config.vocab_size}
    files |= {"config.json": {"model_type": "clap", "projection_dim": dimension, "text_config": text}}
    return Source(networks, sidecar, files, {"version": "2023"})
