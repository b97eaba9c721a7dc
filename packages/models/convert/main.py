"""Converts a PyTorch model to a folder that DeepFFmpeg opens. README.md says how it is run and what it prints."""
import argparse
import contextlib
import sys
import warnings
from pathlib import Path

from channel import Channel, ConversionError


def read_flags():
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("task", choices=["clip", "clap", "detect"])
    parser.add_argument("source", help="a file, a folder or a name")
    parser.add_argument("--output", required=True, type=Path, help="a folder, which is made")
    parser.add_argument("--dtype", default="fp32", help="fp32, fp16, q8, with commas between")
    parser.add_argument("--torchscript", action="store_true")
    parser.add_argument("--openvino", action="store_true")
    parser.add_argument("--device", choices=["cpu", "cuda"], default="cpu")
    parser.add_argument("--architecture", help="of a source of open_clip, such as ViT-L-14")
    parser.add_argument("--tokenizer", help="tokenizer.json, its folder or a hub name")
    parser.add_argument("--labels", type=Path, help="of a detector: a class a line")
    parser.add_argument("--input-size", type=int, help="of a detector: pixels a side")
    return parser.parse_args()


def open_source(options, channel):
    """Finds out what a source is, and loads it."""
    if options.task == "clip":
        return open_clip_model(options, channel)
    if options.task == "clap":
        return open_clap_model(options, channel)
    import from_yolo

    return from_yolo.yolo(options, channel)


def open_clip_model(options, channel):
    import from_open_clip
    import from_transformers

    if options.architecture is None and Path(options.source).is_file():
        raise ConversionError(f"{options.source} is a file of weights: give --architecture, its name in open_clip, such as ViT-B-32")
    if options.architecture is not None or from_open_clip.is_open_clip(options.source):
        return from_open_clip.clip(options.source, options, channel)
    return from_transformers.clip(options.source, options, channel)


def open_clap_model(options, channel):
    import from_msclap
    import from_transformers

    if from_msclap.is_msclap(options.source):
        return from_msclap.clap(options.source, options, channel)

    return from_transformers.clap(options.source, options, channel)


def convert(options, channel):
    dtypes = options.dtype.split(",")
    unknown = [each for each in dtypes if each not in ("fp32", "fp16", "q8")]
    if unknown:
        raise ConversionError(f"--dtype: fp32, fp16 and q8 are known, {unknown[0]} came")
    channel.progress("starting PyTorch")
    import torch

    from export import answer, export
    from folder import write_json

    if options.device == "cuda" and not torch.cuda.is_available():
        raise ConversionError("--device cuda: PyTorch sees no CUDA device here; leave it out to convert on the CPU")
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = False  # or the check would see its rounding
    source = open_source(options, channel)
    options.output.mkdir(parents=True, exist_ok=True)
    reports = []
    for network in source.networks:
        network.module.to(options.device).eval()
        channel.progress(f"running the source's {network.name}")
        answer(network, options.device)
        reports += export(
            network,
            options.output,
            dtypes=dtypes,
            torchscript=options.torchscript,
            openvino=options.openvino,
            device=options.device,
            channel=channel,
        )
    for name, content in source.files.items():
        write_json(options.output / name, content)
    write_json(options.output / "deepffmpeg.json", source.sidecar)
    channel.result({"sidecar": source.sidecar, "details": source.details, "files": reports})


def main():
    options = read_flags()
    channel = Channel()
    warnings.filterwarnings("ignore")  # of tracers, about what the check tells for certain
    try:
        convert(options, channel)
    except ConversionError as error:
        channel.error(str(error))
        return 1
    return 0


if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError):  # whoever asked is gone
        sys.exit(main())
