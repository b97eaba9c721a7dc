"""Writes the model card from the metrics, so that its figures are always those of the weights beside it."""
from training import ARITHMETIC

from . import material
from .shapes import SHAPES

HEAD = """# Tiny detector

A very small detector of the kind of YOLOX: pictures go in, boxes with one of {classes} names come out. For tests, demos and first steps, so that finding,
following and counting objects can be seen without a download.

## What it knows

- shapes: {shapes}
- drawn figures, as emoji are: {figures} (an animal is a mammal, its face or all of it; a person a bust or a whole figure)

of any colour, from about 24 to 300 of {side} pixels, turned, some across an edge or partly hidden, on grounds with clutter.
**It knows nothing else**, and not what colour they are: that is for a model that sees, such as the tiny CLIP pair on each box. It has never seen a photograph: a real
face, car or dog is nothing that it was trained to find, and round or square parts of real scenes may be a circle or a square to it.

## Files

| file | what |
|---|---|
| `onnx/model.onnx` | `images` float32 `[batch, 3, {side}, {side}]`, BGR, 0 to 255, letterboxed at the top left with 114 -> `output` `[batch, {cells}, {row}]` as YOLOX has it: cells of strides 8, 16, 32, not decoded; objectness and classes as probabilities |
| `deepffmpeg.json` | head and labels, so that it opens without flags |
| `metrics.json` | the figures below, and how the weights came to be |

## How it was made

Trained from nothing on scenes that the recipe in `tools/tiny-models` draws as it goes: shapes are drawn by it, figures come from icons of
open licences, which the recipe brings from npm. No other data and no other weights are in it. Objectness was trained towards how well a box fits, and then
calibrated on scenes of a second seed with a slope and an offset; the figures are from a third seed **and from icons of sets that it was not trained on**.

| icons | version | licence | by | used to |
|---|---|---|---|---|
{packages}

Nothing of these is in the folder but what the weights learnt from them; CC BY 4.0 asks that their authors be named, as here. Changed: recoloured, resized, turned, mirrored.

| | |
|---|---|
| seeds (training, calibration, measuring) | {seeds} |
| steps | {steps}, by turns of {batches}; and {refining} of refinement, with more of what is hard |
| training time | {minutes} min, {threads} of torch's threads and {workers} process that draws ({machine}) |
| arithmetic of training | {arithmetic} |
| versions | Python {python}, torch {torch}, numpy {numpy}, Pillow {pillow} |
| parameters | {parameters}; convolutions with 16 bits, which become float32 as the file is loaded; {bytes} bytes |
"""

FOOT = """
## Limits

{verdict} Shapes as lines without a filling, hardly lighter or darker than what is behind them, or more than a third out of the picture are often missed.
Long words, small text and patterns of squares may give squares and rectangles. A square that is turned is still a square; one that is seen aslant is not.

## Licence

MIT, code and weights.
"""


AIM = 0.9  # of each class's AP50


def _percent(value):
    return f"{100 * value:.1f} %"


def _measured(metrics):
    table, confidence = metrics["heldOut"], metrics["confidence"]
    lines = ["", "## Measured on scenes it was not trained on", "",
             f"{table['scenes']} scenes of {metrics['imageSize']} x {metrics['imageSize']} pixels. A box is right when its class is and it shares at least half of all it and the object cover. "
             f"**mAP50 {_percent(table['map50'])}**; from a confidence of {confidence} on, precision {_percent(table['precision'])}, recall {_percent(table['recall'])}. "
             "The second stage of training was chosen among three (without one, even, more of what is hard) by other scenes with the same held-out icons, so these figures may flatter by a little.", "",
             f"| class | objects | AP50 | precision at {confidence} | recall at {confidence} | AP50 of icons of its own sets, in other scenes |", "|---|---:|---:|---:|---:|---:|"]
    for name, row in table["classes"].items():
        known = metrics["iconsOfTraining"].get(name)
        lines.append(f"| {name} | {row['objects']} | {_percent(row['ap50'])} | {_percent(row['precision'])} | {_percent(row['recall'])} | {_percent(known['ap50']) if known else ''} |")
    lines += ["", "| longer side | objects | recall |", "|---|---:|---:|"]
    lines += [f"| {name} | {row['objects']} | {_percent(row['recall'])} |" for name, row in table["sizes"].items()]
    lines += ["", "Calibration:", "", "| confidence | boxes | mean confidence | right |", "|---|---:|---:|---:|"]
    lines += [f"| {name} | {row['boxes']} | {_percent(row['meanConfidence'])} | {_percent(row['right'])} |" for name, row in table["calibration"]["bins"].items()]
    lines.append(f"\nThe mean difference between the two, over all boxes from 0.1 on, is {_percent(table['calibration']['error'])}.")
    return lines


def _verdict(metrics):
    """What falls short of the aim: with icons of sets that it has never seen, and with those that it knows."""
    def short(rows):
        return ", ".join(f"{name} ({_percent(row['ap50'])})" for name, row in rows.items() if row["ap50"] < AIM)
    unseen, known = short(metrics["heldOut"]["classes"]), short(metrics["iconsOfTraining"])
    if not unseen and not known:
        return f"Every class has the AP50 of {_percent(AIM)} that was the aim."
    return (f"**Not as good as it should be**, by an aim of {_percent(AIM)} for each class: of shapes, and of icons of sets never seen, {unseen or 'none'}; "
            f"of icons that it knows, in new scenes, {known or 'none'}. People, animals and faces are taken for one another; they are right more often from a confidence of 0.5 on.")


def _of_real_pictures(metrics):
    real = metrics.get("real")
    if real is None:
        return []
    found = ", ".join(f"{count} of {name}" for name, count in real["found"].items()) or "nothing"
    return ["", "## In real pictures", "",
            f"Told apart, since it was never meant for them, and nothing was fitted to them. In {real['pictures']} photographs and {real['frames']} frames of films (one a second), where hardly anything is drawn as it knows it, "
            f"it finds from {metrics['confidence']} on: {found}; in {real['without']} of them nothing. Some of it is right (a cat's head, dogs, a cartoon's bird, cars from above), more is not (letters, grass, clouds)."]


def write(metrics, folder):
    """Writes README.md into the model's folder."""
    side = metrics["imageSize"]
    packages = [(package, use) for group, use in ((material.TRAINING, "train"), (material.HELD_OUT, "measure")) for package in group]
    head = HEAD.format(
        classes=len(SHAPES) + len(material.CLASSES), shapes=", ".join(SHAPES), figures=", ".join(material.CLASSES), side=side,
        cells=sum((side // stride) ** 2 for stride in (8, 16, 32)), row=5 + len(SHAPES) + len(material.CLASSES),
        packages="\n".join(f"| `{p.name}` | {p.version} | {p.licence} | {p.by} | {use} |" for p, use in packages),
        seeds=f"{metrics['seed']}, {metrics['calibrationSeed']}, {metrics['heldOutSeed']}", steps=metrics["steps"], refining=metrics["refiningSteps"],
        batches=", ".join(f"{count} scenes of {pixels} pixels" for pixels, count in metrics["batches"]),
        minutes=round(metrics["trainingSeconds"] / 60), threads=metrics["threads"], arithmetic=ARITHMETIC[metrics["bfloat16"]], workers=metrics["workers"], machine=metrics["machine"],
        parameters=f"{metrics['parameters']:,}", bytes=f"{metrics['bytes']:,}", **metrics["versions"])
    lines = [*_measured(metrics), *_of_real_pictures(metrics)]
    (folder / "README.md").write_text(head + "\n".join(lines) + "\n" + FOOT.format(verdict=_verdict(metrics)))
