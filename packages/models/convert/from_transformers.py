"""CLIP, SigLIP and CLAP (LAION) as Hugging Face's transformers keep them: a folder, or a name on the hub."""
import torch

from channel import ConversionError
from folder import read_json, require_file, rounded
from network import Network, Source, pictures, sounds
from tokenizer_files import encode, pad_id_of, read_tokenizer

TOKENIZER_HINT = ": name another place with --tokenizer"


class Tower(torch.nn.Module):
    """Half of a joint model: a body whose pooled output goes through a projection."""

    def __init__(self, body, projection, names):
        super().__init__()
        self.body, self.projection, self.names = body, projection, names

    def forward(self, *given):
        pooled = self.body(**dict(zip(self.names, given))).pooler_output
        return self.projection(pooled)


def load(kind, source, channel):
    """The model in float32. Weights that are missing are an error: transformers would make them up."""
    import transformers

    channel.progress(f"loading {source}")
    try:
        model, info = getattr(transformers, kind).from_pretrained(
            str(source), dtype=torch.float32, attn_implementation="eager", output_loading_info=True
        )
    except (OSError, ValueError, RuntimeError) as error:
        raise ConversionError(f"{source} cannot be loaded as {kind}: {str(error).splitlines()[0]}") from error
    missing = [*info["missing_keys"], *(str(each) for each in info["mismatched_keys"])]
    if missing:
        raise ConversionError(f"{source} lacks {len(missing)} of the weights of {kind}, among them {missing[0]}")
    return model.eval()


def positions_of(config, name):
    value = getattr(config, "max_position_embeddings", None)
    if value is None:
        raise ConversionError(f"config.json: {name}.max_position_embeddings was expected")
    return value


def clip(source, options, channel):
    files = {name: read_json(require_file(source, name)) for name in ("config.json", "preprocessor_config.json")}
    kind = files["config.json"].get("model_type")
    if kind not in ("clip", "siglip"):
        raise ConversionError(
            f"{source}/config.json: model_type: clip or siglip was expected, {kind} came"
            + (": pictures of any shape are not supported" if kind == "siglip2" else "")
        )
    files |= read_tokenizer(source, options.tokenizer)
    model = load({"clip": "CLIPModel", "siglip": "SiglipModel"}[kind], source, channel)
    return clip_source(model, kind, files) if kind == "clip" else siglip_source(model, kind, files)


def image_cases(vision_config):
    side = vision_config.image_size
    cases = [pictures(count, side, side, -1.8, 2.1) for count in (3, 1)]
    return [{"pixel_values": each} for each in cases]


def clip_source(model, kind, files):
    positions = positions_of(model.config.text_config, "text_config")
    ids, mask = encode(files, max_length=positions, pad_id=pad_id_of(files))
    short = mask[1].sum()
    texts = [{"input_ids": ids, "attention_mask": mask}, {"input_ids": ids[1:2, :short], "attention_mask": mask[1:2, :short]}]
    networks = [
        Network(
            "vision_model",
            Tower(model.vision_model, model.visual_projection, ["pixel_values"]),
            image_cases(model.config.vision_config),
            "image_embeds",
            {"pixel_values": {0: "batch"}, "image_embeds": {0: "batch"}},
        ),
        Network(
            "text_model",
            Tower(model.text_model, model.text_projection, ["input_ids", "attention_mask"]),
            texts,
            "text_embeds",
            free_text("text_embeds", "input_ids", "attention_mask"),
        ),
    ]
    sidecar = {
        "task": kind,
        "activation": "softmax",
        "logitScale": rounded(model.logit_scale.exp().item()),
        "embeddingSize": model.config.projection_dim,
    }
    return Source(networks, sidecar, files, {})


def siglip_source(model, kind, files):
    positions = positions_of(model.config.text_config, "text_config")
    # It has learnt with texts filled up to the end, and pools the last position.
    ids, _ = encode(files, max_length=positions, pad_id=pad_id_of(files), pad_to_max=True)
    texts = [{"input_ids": ids}, {"input_ids": ids[2:3]}]
    same = torch.nn.Identity()
    networks = [
        Network(
            "vision_model",
            Tower(model.vision_model, same, ["pixel_values"]),
            image_cases(model.config.vision_config),
            "pooler_output",
            {"pixel_values": {0: "batch"}, "pooler_output": {0: "batch"}},
        ),
        Network(
            "text_model",
            Tower(model.text_model, same, ["input_ids"]),
            texts,
            "pooler_output",
            {"input_ids": {0: "batch"}, "pooler_output": {0: "batch"}},
        ),
    ]
    sidecar = {
        "task": kind,
        "activation": "sigmoid",
        "logitScale": rounded(model.logit_scale.exp().item()),
        "logitBias": rounded(model.logit_bias.item()),
        "embeddingSize": model.config.vision_config.hidden_size,
    }
    return Source(networks, sidecar, files, {})


def clap(source, options, channel):
    files = {name: read_json(require_file(source, name)) for name in ("config.json", "preprocessor_config.json")}
    kind = files["config.json"].get("model_type")
    if kind != "clap":
        raise ConversionError(f"{source}/config.json: model_type: clap was expected, {kind} came")
    if files["config.json"].get("audio_config", {}).get("enable_fusion"):
        raise ConversionError(f"{source}: a CLAP that fuses several cuts of a sound is not supported: take an unfused one")
    files |= read_tokenizer(source, options.tokenizer)
    model = load("ClapModel", source, channel)
    text = model.config.text_config
    positions = positions_of(text, "text_config") - text.pad_token_id - 1  # as RoBERTa counts them
    ids, mask = encode(files, max_length=positions, pad_id=pad_id_of(files))
    short = mask[1].sum()
    settings = files["preprocessor_config.json"]
    frames = 1 + settings["nb_max_samples"] // settings["hop_length"]
    heard = [sounds(count, (1, frames, settings["feature_size"]), -80, 20) for count in (2, 1)]
    networks = [
        Network(
            "audio_model",
            Tower(model.audio_model, model.audio_projection, ["input_features"]),
            [{"input_features": each} for each in heard],
            "audio_embeds",
            {"input_features": {0: "batch"}, "audio_embeds": {0: "batch"}},
        ),
        Network(
            "text_model",
            Tower(model.text_model, model.text_projection, ["input_ids", "attention_mask"]),
            [
                {"input_ids": ids, "attention_mask": mask},
                {"input_ids": ids[1:2, :short], "attention_mask": mask[1:2, :short]},
            ],
            "text_embeds",
            free_text("text_embeds", "input_ids", "attention_mask"),
        ),
    ]
    sidecar = {
        "task": "clap",
        "activation": "softmax",
        # Of a sound among texts; logit_scale_t is of a text among sounds.
        "logitScale": rounded(model.logit_scale_a.exp().item()),
        "embeddingSize": model.config.projection_dim,
    }
    return Source(networks, sidecar, files, {})


def free_text(output, *inputs):
    return {name: {0: "batch", 1: "length"} for name in inputs} | {output: {0: "batch"}}
