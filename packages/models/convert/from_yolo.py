"""Detectors: weights of YOLOX, and what other programs exported as ONNX or TorchScript. Files of weights of ultralytics
are pickles of its own classes, whose licence (AGPL-3.0) does not go with ours: they are exported by its own command."""
import ast
import json
from pathlib import Path

import torch

from channel import ConversionError
from network import Network, Source, pictures
from yolox import STEM, yolox_from

COCO = 80  # classes, of which @deepffmpeg/detect knows the names


def yolo(options, channel):
    if "q8" in options.dtype.split(","):
        raise ConversionError("--dtype q8: detectors are convolutions, which lose too much in 8 bits without samples to set their ranges")
    path = Path(options.source)
    if not path.is_file():
        raise ConversionError(f"{path}: a file was expected: weights of YOLOX, or an export as .onnx or TorchScript")
    channel.progress(f"loading {path}")
    if path.suffix == ".onnx":
        return from_onnx(path, options)
    script = read_script(path)
    return from_script(path, script, options) if script else from_weights(path, options)


def from_weights(path, options):
    try:
        loaded = torch.load(path, map_location="cpu", weights_only=True)
    except Exception as error:  # pickle and zip raise many kinds
        reason = str(error)
        if "ultralytics" in reason or "models.yolo" in reason:
            raise ConversionError(
                f"{path} is a pickle of ultralytics' (or YOLOv5's) own classes; its program is under AGPL-3.0 and no part of this one: "
                f'export it there ("yolo export model={path.name} format=onnx"), and convert the .onnx'
            ) from error
        raise ConversionError(f"{path} is no file of weights: {reason.splitlines()[0]}") from error
    state = loaded.get("model", loaded) if isinstance(loaded, dict) else {}
    if not isinstance(state, dict) or STEM not in state:
        raise ConversionError(f"{path} holds no weights of YOLOX (there is no {STEM}); other detectors come as .onnx or TorchScript")
    try:
        module = yolox_from(state)
        module.load_state_dict(state)
    except (KeyError, RuntimeError) as error:
        raise ConversionError(f"{path} holds weights of a YOLOX of unknown shape: {' '.join(str(error).split())[:300]}") from error
    classes = state["head.cls_preds.0.weight"].shape[0]
    # Nano and tiny were trained with less than the others.
    side = options.input_size or (416 if state[STEM].shape[0] < 32 else 640)
    if side % 32 != 0:
        raise ConversionError(f"--input-size {side}: a multiple of 32, the coarsest grid, was expected")
    module.eval()
    return source(module, (side, side), "yolox", labels_of(options, classes, None), scale=255)


def from_script(path, script, options):
    module, told = script
    side = sizes_of(options, told, path)
    with torch.inference_mode():
        answer = module(pictures(1, *side, 0, 1))
    table = answer[0] if isinstance(answer, (tuple, list)) else answer
    head, classes, scale = head_of(table.numpy(), side, told, path)
    only = module if table is answer else FirstOf(module)
    return source(only, side, head, labels_of(options, classes, told), scale=scale)


class FirstOf(torch.nn.Module):
    def __init__(self, module):
        super().__init__()
        self.module = module

    def forward(self, images):
        return self.module(images)[0]


def read_script(path):
    """The module of a TorchScript file and what ultralytics writes beside it, or None for another file."""
    extra = {"config.txt": ""}
    try:
        module = torch.jit.load(str(path), map_location="cpu", _extra_files=extra)
    except RuntimeError:
        return None
    text = extra["config.txt"]
    return module.eval(), json.loads(text) if text else {}


def from_onnx(path, options):
    import onnx
    import onnxruntime

    if options.torchscript:
        raise ConversionError("--torchscript: what came as ONNX cannot become TorchScript")
    content = path.read_bytes()
    try:
        told = {each.key: each.value for each in onnx.load_from_string(content).metadata_props}
        session = onnxruntime.InferenceSession(content, providers=["CPUExecutionProvider"])
    except Exception as error:  # protobuf's and onnxruntime's own kinds
        raise ConversionError(f"{path} is no ONNX file that can be run: {str(error).splitlines()[0]}") from error
    inputs, outputs = session.get_inputs(), session.get_outputs()
    if len(inputs) != 1 or len(outputs) != 1 or len(inputs[0].shape) != 4 or inputs[0].type != "tensor(float)":
        raise ConversionError(
            f"{path} takes {len(inputs)} and gives {len(outputs)} tensors; one float32 picture and one table were expected. "
            "Detectors of other shapes are opened as they are: --detect-model FILE --detect-head ..."
        )
    batch, _, height, width = inputs[0].shape
    told = {name: parsed(value) for name, value in told.items()}
    side = (height, width) if isinstance(height, int) and isinstance(width, int) else sizes_of(options, told, path)
    count = 1 if isinstance(batch, int) else 2

    def run(images):
        return torch.from_numpy(session.run(None, {inputs[0].name: images.cpu().numpy()})[0])

    head, classes, scale = head_of(run(pictures(batch if isinstance(batch, int) else 1, *side, 0, 255)).numpy(), side, told, path)
    made = source(run, side, head, labels_of(options, classes, told), scale=scale, input_name=inputs[0].name)
    network = made.networks[0]
    network.onnx_bytes = content
    network.output = outputs[0].name
    network.cases = [{inputs[0].name: pictures(batch if isinstance(batch, int) else each, *side, 0, scale)} for each in (count, 1)]
    if not isinstance(height, int):
        made.sidecar["detect"]["inputSize"] = {"width": side[1], "height": side[0]}
    return made


def parsed(text):
    """ultralytics writes Python's own literals."""
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return text


def sizes_of(options, told, path):
    given = options.input_size or told.get("imgsz")
    if given is None:
        raise ConversionError(f"{path} does not tell how large its pictures are: give --input-size")
    return (given, given) if isinstance(given, int) else tuple(given)


def head_of(table, side, told, path):
    """Which of @deepffmpeg/detect's heads reads a table of boxes, how many classes it has, and the largest value of its pixels."""
    task = told.get("task", "detect")
    if task != "detect":
        raise ConversionError(f"{path} is for {task}; only detection of boxes is supported")
    if table.ndim != 3:
        raise ConversionError(f"{path} gives {list(table.shape)}; a table of boxes [batch, rows, columns] was expected")
    _, rows, columns = table.shape
    if columns == 6 and rows <= 1000:
        raise ConversionError(f"{path} gives boxes that are already chosen ({rows} rows of 6): export it without NMS")
    if rows < columns:
        return "yolov8", rows - 4, 1
    cells = sum((side[0] // stride) * (side[1] // stride) for stride in (8, 16, 32))
    if rows != cells:
        return "yolov5", columns - 5, 1
    # Decoded widths and heights are exponentials, and so above 0.
    return ("yolox" if (table[..., 2:4] <= 0).any() else "yolox-decoded"), columns - 5, 255


def labels_of(options, classes, told):
    if options.labels is not None:
        try:
            names = [line.strip() for line in options.labels.read_text(encoding="utf-8").splitlines()]
        except (OSError, UnicodeDecodeError) as error:
            raise ConversionError(f"--labels {options.labels} cannot be read: {error}") from error
        names = [name for name in names if name]
    else:
        named = (told or {}).get("names")
        if named is None and classes == COCO:
            return None
        if named is None:
            raise ConversionError(f"the model has {classes} classes and does not tell their names: give --labels, a file with one a line")
        names = [str(named[key]) for key in sorted(named, key=int)] if isinstance(named, dict) else list(map(str, named))
    if len(names) != classes:
        raise ConversionError(f"the model has {classes} classes, and {len(names)} labels came")
    return names


def source(module, side, head, labels, *, scale, input_name="images"):
    network = Network(
        "model",
        module if isinstance(module, torch.nn.Module) else torch.nn.Identity(),
        [{input_name: pictures(count, *side, 0, scale)} for count in (2, 1)],
        "output",
        {input_name: {0: "batch"}, "output": {0: "batch"}},
        reference=None if isinstance(module, torch.nn.Module) else module,
    )
    detect = {"head": head} | ({"labels": labels} if labels else {})
    return Source([network], {"task": "detect", "detect": detect}, {}, {})
