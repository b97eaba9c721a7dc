"""Makes a PyTorch model with random weights, something to see or hear, and what the model says about it.

Run by convert.test.ts: python random_models.py KIND FOLDER [TOKENIZER_FOLDER]. In FOLDER come the source, the medium and
expected.json. Pictures have the size that the model takes and sounds its length and rate, so that nothing is resampled.
"""
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3] / "models/convert"))

import numpy
import torch
from PIL import Image

LABELS = ["a cat", "a dog!", "music in the rain", "two people talking"]


def spread(model, deviation):
    """Weights so wide that answers differ much."""
    for name, weight in model.named_parameters():
        if weight.dim() > 1 and "logit" not in name:
            torch.nn.init.normal_(weight, std=deviation)
    return model.eval()


def picture(folder, side):
    """Blocks of colours, saved without loss."""
    values = numpy.random.default_rng(3).integers(0, 256, (8, 8, 3), numpy.uint8)
    image = Image.fromarray(values).resize((side, side), Image.Resampling.NEAREST)
    image.save(folder / "medium.png")
    return image


def sound(folder, rate, seconds):
    from scipy.io import wavfile

    noise = numpy.random.default_rng(5).standard_normal(rate * seconds)
    samples = (0.2 * noise * numpy.sin(numpy.arange(len(noise)) / rate)).astype(numpy.float32)
    wavfile.write(folder / "medium.wav", rate, samples)
    return samples


def expect(folder, logits, **more):
    probabilities = logits.softmax(-1).reshape(-1).tolist()
    (folder / "expected.json").write_text(json.dumps({"labels": LABELS, "probabilities": probabilities, **more}))


def write_files(folder, files):
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        (folder / name).write_text(json.dumps(content), encoding="utf-8")


def transformers_clip(folder, _):
    import open_clip
    from from_open_clip import own_tokenizer
    from transformers import CLIPConfig, CLIPImageProcessor, CLIPModel, CLIPTokenizerFast

    source = folder / "source"
    files = own_tokenizer(open_clip.SimpleTokenizer())
    files["tokenizer_config.json"]["pad_token"] = "<|endoftext|>"
    write_files(source, files)
    text = {"hidden_size": 16, "intermediate_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2, "eos_token_id": 49407}
    vision = {"hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 2, "num_attention_heads": 2, "image_size": 64, "patch_size": 16}
    model = spread(CLIPModel(CLIPConfig(text_config=text, vision_config=vision, projection_dim=24)), 0.3)
    model.logit_scale.data.fill_(1.7)
    model.save_pretrained(source)
    processor = CLIPImageProcessor(size={"shortest_edge": 64}, crop_size={"height": 64, "width": 64})
    processor.save_pretrained(source)
    texts = CLIPTokenizerFast.from_pretrained(source)(LABELS, padding=True, return_tensors="pt")
    pixels = processor(picture(folder, 64), return_tensors="pt")
    with torch.inference_mode():
        expect(folder, model(**texts, **pixels).logits_per_image)


def open_clip_folder(folder, _):
    import open_clip
    from safetensors.torch import save_file

    source = folder / "source"
    config = {
        "model_cfg": {
            "embed_dim": 24,
            "vision_cfg": {"image_size": 64, "layers": 2, "width": 32, "head_width": 16, "patch_size": 16},
            "text_cfg": {"context_length": 77, "vocab_size": 49408, "width": 16, "heads": 2, "layers": 2, "no_causal_mask": True},
            "custom_text": True,
        },
        # As MobileCLIP: no mean, no deviation, bilinear.
        "preprocess_cfg": {"mean": [0, 0, 0], "std": [1, 1, 1], "interpolation": "bilinear", "resize_mode": "shortest"},
    }
    write_files(source, {"open_clip_config.json": config})
    model = spread(open_clip.CustomTextCLIP(**{key: value for key, value in config["model_cfg"].items() if key != "custom_text"}), 0.3)
    model.logit_scale.data.fill_(1.5)
    save_file(model.state_dict(), source / "open_clip_model.safetensors")
    loaded, preprocess = open_clip.create_model_from_pretrained(f"local-dir:{source}")
    texts = open_clip.get_tokenizer(f"local-dir:{source}")(LABELS)
    loaded.eval()
    with torch.inference_mode():
        expect(folder, loaded.get_logits(preprocess(picture(folder, 64))[None], texts)[0])


def siglip(folder, tokenizer):
    from transformers import PreTrainedTokenizerFast, SiglipConfig, SiglipImageProcessor, SiglipModel

    source = folder / "source"
    small = {"hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 2, "num_attention_heads": 2}
    config = SiglipConfig(text_config=small | {"vocab_size": 1000, "projection_size": 32}, vision_config=small | {"image_size": 64, "patch_size": 16})
    model = spread(SiglipModel(config), 0.3)
    model.logit_scale.data.fill_(2.5)
    model.logit_bias.data.fill_(-0.7)
    model.save_pretrained(source)
    processor = SiglipImageProcessor(size={"height": 64, "width": 64})
    processor.save_pretrained(source)
    fast = PreTrainedTokenizerFast(tokenizer_file=str(Path(tokenizer) / "tokenizer.json"), pad_token="</s>")
    texts = fast(LABELS, padding="max_length", max_length=64, truncation=True, return_tensors="pt")["input_ids"]
    with torch.inference_mode():
        logits = model(input_ids=texts, **processor(picture(folder, 64), return_tensors="pt")).logits_per_image
    expect(folder, logits)
    answer = {"labels": LABELS, "probabilities": logits.sigmoid().reshape(-1).tolist()}
    (folder / "expected.json").write_text(json.dumps(answer))


def laion_clap(folder, tokenizer):
    from transformers import ClapConfig, ClapFeatureExtractor, ClapModel, RobertaTokenizerFast

    source = folder / "source"
    audio = {"hidden_size": 128, "patch_embeds_hidden_size": 16, "depths": [1, 1, 1, 1], "num_attention_heads": [1, 1, 2, 4], "spec_size": 256}
    text = {"hidden_size": 16, "intermediate_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2}
    model = spread(ClapModel(ClapConfig(audio_config=audio, text_config=text, projection_dim=24)), 0.2)
    model.logit_scale_a.data.fill_(2.1)
    model.save_pretrained(source)
    extractor = ClapFeatureExtractor(truncation="rand_trunc", padding="repeatpad")
    extractor.save_pretrained(source)
    fast = RobertaTokenizerFast.from_pretrained(tokenizer)
    texts = fast(LABELS, padding=True, return_tensors="pt")
    heard = extractor(sound(folder, 48000, 10), sampling_rate=48000, return_tensors="pt")
    with torch.inference_mode():
        answer = model(input_features=heard["input_features"], **texts)
    expect(folder, answer.logits_per_audio)


def ms_clap(folder, _):
    import types

    from from_msclap import SETTINGS, WEIGHTS, networks_of_msclap
    from tokenizers import pre_tokenizers
    from transformers import GPT2Config, GPT2Model, GPT2TokenizerFast

    source = folder / "source"
    letters = sorted(set(pre_tokenizers.ByteLevel.alphabet()) - {"!"})
    words = ["!", *letters, "Ġa", "Ġc", "at", "og", "Ġcat"]  # as in GPT-2, ! is 0
    vocabulary = {word: index for index, word in enumerate([*words, "<|endoftext|>"])}
    write_files(source, {"vocab.json": vocabulary})
    (source / "merges.txt").write_text("#version: 0.2\nĠ a\nĠ c\na t\no g\nĠc at\n", encoding="utf-8")
    tokenizer = GPT2TokenizerFast(str(source / "vocab.json"), str(source / "merges.txt"))
    tokenizer.save_pretrained(source)

    module = networks_of_msclap()
    config = GPT2Config(vocab_size=len(vocabulary), n_embd=64, n_layer=2, n_head=1, n_positions=128)
    module.AutoModel = types.SimpleNamespace(from_pretrained=lambda _: GPT2Model(config))
    model = spread(module.CLAP(**SETTINGS, text_model="gpt2", transformer_embed_dim=64, d_proj=32), 0.1)
    model.logit_scale.data.fill_(3.3)
    torch.save({"model": model.state_dict()}, source / WEIGHTS)

    # As its CLAPWrapper reads texts.
    tokenizer.add_special_tokens({"pad_token": "!"})
    marked = [f"{label} <|endoftext|>" for label in LABELS]
    texts = tokenizer(marked, max_length=77, padding="max_length", truncation=True, return_tensors="pt")
    heard = torch.from_numpy(sound(folder, 44100, 7))[None]
    with torch.inference_mode():
        audio, text = model.audio_encoder(heard)[0], model.caption_encoder(dict(texts))
        audio, text = (each / each.norm(dim=-1, keepdim=True) for each in (audio, text))
        expect(folder, model.logit_scale.exp() * audio @ text.T)


def yolox(folder, _):
    from yolox import Yolox

    source = folder / "source"
    source.mkdir()
    classes = 3
    model = Yolox(16, 1, classes, True).eval()
    torch.manual_seed(2)
    for module in model.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            module.running_mean.normal_(std=0.2)
            module.running_var.uniform_(0.5, 1.5)
    for level in range(3):
        torch.nn.init.normal_(model.head.obj_preds[level].weight, std=0.5)
        torch.nn.init.normal_(model.head.cls_preds[level].weight, std=0.5)
    torch.save({"model": model.state_dict(), "start_epoch": 7}, source / "weights.pth")
    (source / "labels.txt").write_text("one\ntwo\nthree\n")
    side = 128
    pixels = numpy.asarray(picture(folder, side))[..., ::-1].transpose(2, 0, 1).astype(numpy.float32)
    with torch.inference_mode():
        table = model(torch.from_numpy(pixels[None].copy()))[0]
    found = []
    row = 0
    for stride in (8, 16, 32):
        for y in range(side // stride):
            for x in range(side // stride):
                dx, dy, w, h, objectness, *scores = table[row].tolist()
                best = max(range(classes), key=lambda index: scores[index])
                found.append({
                    "label": ["one", "two", "three"][best],
                    "confidence": objectness * scores[best],
                    "centre": [(x + dx) * stride, (y + dy) * stride],
                    "size": [float(numpy.exp(w) * stride), float(numpy.exp(h) * stride)],
                })
                row += 1
    (folder / "expected.json").write_text(json.dumps({"found": found}))


class TableOfBoxes(torch.nn.Module):
    """Gives what exports of YOLOv8 and its successors give, [batch, 4 + classes, cells]: middle, size, and a score a class."""

    def __init__(self, side, classes):
        super().__init__()
        strides = (8, 16, 32)
        self.levels = torch.nn.ModuleList([torch.nn.Conv2d(3, 4 + classes, stride, stride) for stride in strides])
        cells = [(x + 0.5, y + 0.5, 1) for stride in strides for y in range(side // stride) for x in range(side // stride)]
        sizes = [stride for stride in strides for _ in range((side // stride) ** 2)]
        self.register_buffer("cells", torch.tensor(cells).T * torch.tensor(sizes))

    def forward(self, images):
        table = torch.cat([level(images).flatten(2) for level in self.levels], 2)
        middles = self.cells[:2] + (table[:, :2].sigmoid() - 0.5) * self.cells[2]
        return torch.cat([middles, table[:, 2:4].exp() * self.cells[2], table[:, 4:].sigmoid()], 1)


def yolov8(folder, _):
    """As ultralytics exports: TorchScript that tells of itself in config.txt, ONNX that does in its metadata."""
    import onnx

    side, labels = 128, ["one", "two", "three"]
    source = folder / "source"
    source.mkdir()
    model = spread(TableOfBoxes(side, len(labels)), 0.1)
    pixels = numpy.asarray(picture(folder, side)).transpose(2, 0, 1).astype(numpy.float32) / 255
    images = torch.from_numpy(pixels[None])
    told = {"task": "detect", "imgsz": [side, side], "names": dict(enumerate(labels))}
    with torch.inference_mode():
        scripted = torch.jit.trace(model, images)
        torch.jit.save(scripted, source / "model.torchscript", _extra_files={"config.txt": json.dumps(told)})
        torch.onnx.export(model, images, source / "model.onnx", input_names=["images"], output_names=["output0"], dynamo=False)
        x, y, width, height, *scores = model(images)[0].tolist()
    exported = onnx.load(source / "model.onnx")
    for key, value in told.items():
        exported.metadata_props.add(key=key, value=str(value))
    onnx.save(exported, source / "model.onnx")
    best = [max(range(len(labels)), key=lambda index: scores[index][cell]) for cell in range(len(x))]
    found = [
        {
            "label": labels[best[cell]],
            "confidence": scores[best[cell]][cell],
            "centre": [x[cell], y[cell]],
            "size": [width[cell], height[cell]],
        }
        for cell in range(len(x))
    ]
    (folder / "expected.json").write_text(json.dumps({"found": found}))


if __name__ == "__main__":
    kind, folder, *rest = sys.argv[1:]
    torch.manual_seed(1)
    kinds = [transformers_clip, open_clip_folder, siglip, laion_clap, ms_clap, yolox, yolov8]
    {each.__name__: each for each in kinds}[kind](Path(folder), rest[0] if rest else None)
