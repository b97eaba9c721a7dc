"""Writes a network in each format that was asked for, and compares what it gives with what its source gives."""
from pathlib import Path

import numpy
import torch

from channel import ConversionError

# onnxruntime 1.30, which runs it, knows it wholly, and so does every OpenVINO of the last years.
OPSET = 17

# What float32 arithmetic in another order may leave; a wrong export is off by tenths.
MOST_DIFFERENCE = 1e-3

# Where the numbers themselves are small, the difference says little and the direction all.
LEAST_COSINE = 0.9999

# Of one protobuf file. Weights beside it would escape the digest that tells models apart.
MOST_BYTES = 2**31 - 1

SUFFIXES = {"fp32": "", "fp16": "_fp16", "q8": "_quantized"}


def answer(network, device):
    """Runs the source on its fixed inputs."""
    call = network.reference or network.module
    with torch.inference_mode():
        for case in network.cases:
            given = [tensor.to(device) for tensor in case.values()]
            network.answers.append(call(*given).float().cpu().numpy())
    if not all(numpy.isfinite(each).all() for each in network.answers):
        raise ConversionError(f"the source's {network.name} gives numbers that are not finite: its weights are damaged")


def export(network, output, *, dtypes, torchscript, openvino, device, channel):
    """Writes one network; returns a report of each file."""
    reports = []

    def check(path, kind, run):
        channel.progress(f"checking {path.relative_to(output)}")
        reports.append(compare(network, path, path.relative_to(output).as_posix(), kind, run))

    folder = output / "onnx"
    folder.mkdir(parents=True, exist_ok=True)
    full = folder / f"{network.name}.onnx"
    channel.progress(f"writing onnx/{full.name}")
    if network.onnx_bytes is None:
        write_onnx(network, full, device)
    else:
        full.write_bytes(network.onnx_bytes)
    check(full, "fp32", onnx_runner(full))
    for dtype in [each for each in dtypes if each != "fp32"]:
        path = folder / f"{network.name}{SUFFIXES[dtype]}.onnx"
        channel.progress(f"writing onnx/{path.name}")
        {"fp16": write_half, "q8": write_quantised}[dtype](full, path)
        check(path, dtype, onnx_runner(path))
    if openvino:
        for dtype in [each for each in dtypes if each != "q8"]:
            path = output / "openvino" / f"{network.name}{SUFFIXES[dtype]}.xml"
            channel.progress(f"writing openvino/{path.name}")
            write_openvino(full, path, dtype)
            check(path, dtype, openvino_runner(path))
    if torchscript:
        path = output / "torchscript" / f"{network.name}.pt"
        channel.progress(f"writing torchscript/{path.name}")
        write_torchscript(network, path, device)
        check(path, "fp32", torchscript_runner(path, device))
    if "fp32" not in dtypes:
        full.unlink()
        reports = [each for each in reports if each["file"] != f"onnx/{full.name}"]
    return reports


def compare(network, path, name, dtype, run):
    """How far the file's answers are from the source's: the largest difference, and the smallest cosine of two rows."""
    largest, cosine = 0.0, 1.0
    for case, expected in zip(network.cases, network.answers):
        given = run({key: tensor.numpy() for key, tensor in case.items()})
        if given.shape != expected.shape:
            raise ConversionError(f"{name} gives {list(given.shape)} where its source gives {list(expected.shape)}")
        if not numpy.isfinite(given).all():
            raise ConversionError(f"{name} gives numbers that are not finite, as where 16 bits are too few: leave {dtype} out")
        # Rounding grows with the numbers: of those above 1 (pixels, say) it is the share that counts.
        largest = max(largest, float(numpy.abs(given - expected).max() / max(1.0, numpy.abs(expected).max())))
        rows = [each.reshape(len(each), -1).astype(numpy.float64) for each in (given, expected)]
        norms = numpy.linalg.norm(rows[0], axis=1) * numpy.linalg.norm(rows[1], axis=1)
        cosine = min(cosine, float(((rows[0] * rows[1]).sum(axis=1) / numpy.maximum(norms, 1e-30)).min()))
    if dtype == "fp32" and (largest > MOST_DIFFERENCE or cosine < LEAST_COSINE):
        raise ConversionError(
            f"{name} differs from its source by {largest:.2g} (at most {MOST_DIFFERENCE:g} was expected; smallest cosine "
            f"{cosine:.6f}), so it is not kept"
        )
    return {"file": name, "dtype": dtype, "bytes": size_of(path), "difference": largest, "cosine": cosine}


def size_of(path):
    """An .xml of OpenVINO has its weights beside it."""
    weights = path.with_suffix(".bin")
    return path.stat().st_size + (weights.stat().st_size if path.suffix == ".xml" and weights.exists() else 0)


def write_onnx(network, path, device):
    weights = sum(each.numel() * each.element_size() for each in network.module.state_dict().values())
    if weights > MOST_BYTES:
        raise ConversionError(
            f"{network.name} has {weights / 1e9:.1f} GB of weights; an ONNX file holds 2 GB, and weights beside it are not supported"
        )
    first = network.cases[0]
    torch.onnx.export(
        network.module,
        tuple(tensor.to(device) for tensor in first.values()),
        str(path),
        input_names=list(first),
        output_names=[network.output],
        dynamic_axes=network.free,
        opset_version=OPSET,
        dynamo=False,  # traced: TorchScript files come the same way, so that both have the same limits
    )
    name_sizes(network, path)


def name_sizes(network, path):
    """Tracing leaves sizes of an output open that are always the same; who reads the file wants to know them."""
    import onnx

    exported = onnx.load(str(path))
    sizes = exported.graph.output[0].type.tensor_type.shape.dim
    free = network.free.get(network.output, {})
    unnamed = [axis for axis, size in enumerate(sizes) if axis not in free and not size.HasField("dim_value")]
    for axis in unnamed:
        sizes[axis].dim_value = network.answers[0].shape[axis]
    if unnamed:
        onnx.save(exported, str(path))


def write_half(full, path):
    import onnx
    from onnxruntime.transformers.float16 import convert_float_to_float16

    onnx.save(convert_float_to_float16(onnx.load(str(full)), keep_io_types=True), str(path))


def write_quantised(full, path):
    from onnxruntime.quantization import QuantType, quantize_dynamic

    # Convolutions stay: in 8 bits without samples to set their ranges they lose too much.
    quantize_dynamic(str(full), str(path), weight_type=QuantType.QUInt8, op_types_to_quantize=["MatMul", "Gather"])


def write_openvino(full, path, dtype):
    import openvino

    path.parent.mkdir(parents=True, exist_ok=True)
    openvino.save_model(openvino.convert_model(str(full)), str(path), compress_to_fp16=dtype == "fp16")


def write_torchscript(network, path, device):
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(network.module, torch.jit.ScriptModule):
        network.module.save(str(path))
        return
    first = tuple(tensor.to(device) for tensor in network.cases[0].values())
    with torch.inference_mode(False), torch.no_grad():
        torch.jit.freeze(torch.jit.trace(network.module, first, check_trace=False)).save(str(path))


def onnx_runner(path):
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    wanted = {each.name for each in session.get_inputs()}
    output = session.get_outputs()[0].name

    def run(given):
        return session.run([output], {key: value for key, value in given.items() if key in wanted})[0]

    return run


def openvino_runner(path):
    import openvino

    compiled = openvino.Core().compile_model(str(path), "CPU", {"INFERENCE_PRECISION_HINT": "f32"})
    wanted = {name for each in compiled.inputs for name in each.names}
    return lambda given: compiled({key: value for key, value in given.items() if key in wanted})[0]


def torchscript_runner(path, device):
    module = torch.jit.load(str(path), map_location=device)

    def run(given):
        with torch.inference_mode():
            return module(*[torch.from_numpy(value).to(device) for value in given.values()]).float().cpu().numpy()

    return run
