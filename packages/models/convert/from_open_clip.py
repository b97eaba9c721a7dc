"""Image-text models of open_clip: an architecture with the name of its data or a file of weights, or a folder or hub
repository with open_clip_config.json."""
import json
import tempfile
from pathlib import Path

import torch

from channel import ConversionError
from folder import hub_file, rounded
from network import Network, Source, pictures
from tokenizer_files import encode, read_tokenizer, saved

KERNELS = {"bilinear": 2, "bicubic": 3}


def is_open_clip(source):
    """Whether a folder or repository is one of open_clip's, and not of transformers too."""
    return hub_file(source, "open_clip_config.json") is not None and hub_file(source, "preprocessor_config.json") is None


class Only(torch.nn.Module):
    """A tower whose answer may be among others."""

    def __init__(self, call, *modules):
        super().__init__()
        self.call = call
        self.owned = torch.nn.ModuleList(modules)  # so that it moves and counts with us

    def forward(self, given):
        answer = self.call(given)
        return answer[0] if isinstance(answer, tuple) else answer


def clip(source, options, channel):
    import open_clip

    architecture = options.architecture
    if architecture is None:
        name, pretrained = f"{'local-dir' if Path(source).is_dir() else 'hf-hub'}:{source}", None
    else:
        name, pretrained = architecture, source
        refuse_other_activation(open_clip, architecture, source)
    published = published_preprocessing(open_clip, architecture, source) if architecture and Path(source).is_file() else {}
    if published:
        channel.progress(f"pictures are prepared as for the published weights of {architecture}: {published}")
    channel.progress(f"loading {source}")
    try:
        model = open_clip.create_model(
            name,
            pretrained=pretrained,
            require_pretrained=True,
            pretrained_text=False,
            force_preprocess_cfg=published or None,
        )
        tokenizer = open_clip.get_tokenizer(name)
    except Exception as error:  # whatever its loaders raise
        raise ConversionError(f"{source} cannot be loaded by open_clip: {short(error)}") from error
    if not isinstance(tokenizer, open_clip.SimpleTokenizer):
        raise ConversionError(
            f"{source} reads texts with {type(tokenizer).__name__}, whose cleaning has no place in tokenizer.json; "
            "only open_clip's own tokenizer is supported: convert its form for transformers, if there is one"
        )
    return read_model(model.eval(), tokenizer, architecture, source, options)


def short(error):
    """What loaders say is long where weights do not fit."""
    return " ".join(str(error).split())[:300] or type(error).__name__


def refuse_other_activation(open_clip, architecture, data):
    """open_clip only warns where weights were trained with another activation, and then gives other answers."""
    published = open_clip.get_pretrained_cfg(architecture, data)
    config = open_clip.get_model_config(architecture)
    if not published or config is None:
        return
    wants, has = bool(published.get("quick_gelu", False)), bool(config.get("quick_gelu", False))
    if wants != has:
        other = f"{architecture}-quickgelu" if wants else architecture.replace("-quickgelu", "")
        raise ConversionError(f"{data} was trained with another activation than {architecture} has: give --architecture {other}")


def published_preprocessing(open_clip, architecture, source):
    """How pictures are prepared for a file of weights, which does not tell: as for those that are published, if they agree."""
    names = ("mean", "std", "interpolation", "resize_mode")
    tags = open_clip.list_pretrained_tags_by_model(architecture)
    configs = [open_clip.get_pretrained_cfg(architecture, tag) for tag in tags]
    kinds = {tuple((name, config.get(name)) for name in names) for config in configs}
    if len(kinds) > 1:
        raise ConversionError(
            f"{source} does not tell how pictures are prepared for it, and published weights of {architecture} differ in that: put it "
            "as open_clip_model.safetensors or open_clip_pytorch_model.bin into a folder with an open_clip_config.json "
            '({"model_cfg": ..., "preprocess_cfg": {"mean": ..., "std": ..., ...}}), and name the folder without --architecture'
        )
    return {name: value for name, value in kinds.pop() if value is not None} if kinds else {}


def read_model(model, tokenizer, architecture, source, options):
    size = model.visual.image_size
    height, width = (size, size) if isinstance(size, int) else size
    preprocess = dict(model.visual.preprocess_cfg)
    length = tokenizer.context_length
    files = read_tokenizer(source, options.tokenizer) if options.tokenizer else own_tokenizer(tokenizer)
    ids, _ = encode(files, max_length=length, pad_id=0, pad_to_max=True)
    text_parts = [model.text] if hasattr(model, "text") else [model.transformer]
    networks = [
        Network(
            "vision_model",
            Only(model.visual, model.visual),
            [{"pixel_values": pictures(count, height, width, -1.8, 2.1)} for count in (3, 1)],
            "image_embeds",
            {"pixel_values": {0: "batch"}, "image_embeds": {0: "batch"}},
        ),
        Network(
            "text_model",
            Only(model.encode_text, model, *text_parts),
            [{"input_ids": ids}, {"input_ids": ids[1:2]}],
            "text_embeds",
            {"input_ids": {0: "batch"}, "text_embeds": {0: "batch"}},
        ),
    ]
    with torch.inference_mode():
        dimension = model.encode_text(ids[:1]).shape[-1]
    bias = getattr(model, "logit_bias", None)
    sidecar = {
        "task": "clip",
        "activation": "softmax" if bias is None else "sigmoid",
        "logitScale": rounded(model.logit_scale.exp().reshape(-1)[0].item()),
        "embeddingSize": dimension,
        "padTo": "max-length",  # as open_clip fills texts up, which some of its text towers see
    }
    if bias is not None:
        sidecar["logitBias"] = rounded(bias.reshape(-1)[0].item())
    if height != width:
        raise ConversionError(f"{source} takes pictures of {width}x{height}; only squares are supported")
    files |= {
        "config.json": {
            "model_type": "clip",
            "projection_dim": dimension,
            "text_config": {"max_position_embeddings": length, "vocab_size": tokenizer.vocab_size},
            "vision_config": {"image_size": height},
        },
        "preprocessor_config.json": preprocessor(preprocess, height),
    }
    details = {"name": architecture, "dataset": source} if architecture else {}
    return Source(networks, sidecar, files, details)


def preprocessor(config, side):
    """open_clip's settings in the words of transformers."""
    mode = config.get("resize_mode") or "shortest"
    if mode not in ("shortest", "squash"):
        raise ConversionError(f"pictures that are resized by the rule {mode} are not supported; shortest and squash are")
    whole = {"height": side, "width": side}
    common = {
        "do_resize": True,
        "resample": KERNELS[config.get("interpolation") or "bicubic"],
        "do_rescale": True,
        "rescale_factor": 1 / 255,
        "do_normalize": True,
        "image_mean": list(config["mean"]),
        "image_std": list(config["std"]),
        "do_convert_rgb": True,
    }
    if mode == "squash":
        return common | {"image_processor_type": "SiglipImageProcessor", "size": whole}
    crop = {"size": {"shortest_edge": side}, "do_center_crop": True, "crop_size": whole}
    return common | {"image_processor_type": "CLIPImageProcessor"} | crop


def own_tokenizer(tokenizer):
    """open_clip's byte pairs as tokenizer.json. What ftfy cleans before has no place in it."""
    from transformers import CLIPTokenizerFast

    names = {"<start_of_text>": "<|startoftext|>", "<end_of_text>": "<|endoftext|>"}
    vocabulary = {names.get(token, token): index for token, index in tokenizer.encoder.items()}
    with tempfile.TemporaryDirectory() as folder:
        vocab, merges = Path(folder) / "vocab.json", Path(folder) / "merges.txt"
        vocab.write_text(json.dumps(vocabulary, ensure_ascii=False), encoding="utf-8")
        lines = (" ".join(pair) for pair in tokenizer.bpe_ranks)
        merges.write_text("#version: 0.2\n" + "\n".join(lines) + "\n", encoding="utf-8")
        fast = CLIPTokenizerFast(str(vocab), str(merges), model_max_length=tokenizer.context_length)
        files = saved(fast)
    # open_clip fills up with 0. Its token must not become a special one: texts may hold an exclamation mark.
    files["tokenizer_config.json"]["pad_token"] = "!"
    return files
