"""Writes the model card from the metrics, so that its figures are always those of the weights beside it."""
from scoring import card_rows

HEAD = """# Tiny CLIP

A very small image-text pair in the Hugging Face ONNX layout: pictures and labels go in, embeddings of {size} numbers
come out, and `softmax({scale} * cosine)` over the labels is how well each fits. For tests, demos and first steps.

## What it knows

- the 11 basic colours: black, white, grey (gray), red, orange, yellow, green, blue, purple, pink, brown
- shapes: circle (disc, dot), square, rectangle, triangle, star, cross (plus), ring (hoop), and the patterns stripes and
  checkerboard
- dark and bright, colourful and colourless, plain
- compositions: "a red circle", "a blue background", "a star on a green background", "a red circle on a blue
  background", "red and white stripes"

Bare words and phrases both work ("red", "a red picture", "a photo of a red circle"), in British and American spelling.
**It knows nothing else.** It has never seen a photograph. A word outside its {words} is one unknown word: a label of
unknown words alone stands for "something else", and answers of that kind mean nothing more.

## Files

| file | what |
|---|---|
| `onnx/vision_model.onnx` | `pixel_values` float32 `[batch, 3, {side}, {side}]`, -1 to 1 -> `image_embeds` `[batch, {size}]`, L2 norm 1 |
| `onnx/text_model.onnx` | `input_ids` int64 `[batch, sequence]`, padded with 0 as far as needed -> `text_embeds` `[batch, {size}]`, L2 norm 1 |
| `tokenizer.json`, `tokenizer_config.json` | lower-cased whole words; WordPiece without pieces, which every runtime reads |
| `preprocessor_config.json` | shortest edge to {side} (bicubic), centre crop, mean and deviation 0.5 |
| `deepffmpeg.json` | the calibrated scale |
| `metrics.json` | the figures below, and how the weights came to be |

## How it was made

Trained from nothing on pictures that the recipe in `tools/tiny-models` draws itself; no other data and no other weights are in
it. Each true caption of a scene is ranked against all that are less true of it, so true statements never compete. The
scale is the one with the best log probability on scenes of a second seed; the figures are from a third.

| | |
|---|---|
| seeds (training, calibration, measuring) | {seeds} |
| steps of 128 scenes | {steps}, and {refining} of refinement |
| training time | {minutes} min on {threads} threads ({machine}) |
| versions | Python {python}, torch {torch}, numpy {numpy} |
| parameters | {parameters}, float32 |
"""

FOOT = """
Scenes in which people would argue about the answer (teal, a half-lit grey) are not asked about.

## Limits

Colours between the names (teal, gold, salmon, magenta) get one of their neighbours. "Dark" and "bright" are means over the whole
picture: below about 0.26 and above 0.6 of full brightness. A real scene of many colours has no single right colour word. A
shape should be at least 30 % of the picture's height. Small text, counts, sizes and places are not known.
Squares are at times called rectangles, and small thin shapes take on a neighbouring colour (a brown ring: red).

## Licence

MIT, code and weights.
"""


def write(metrics, folder):
    """Writes README.md into the model's folder."""
    versions = metrics["versions"]
    head = HEAD.format(
        side=metrics["imageSize"], size=metrics["embeddingSize"], scale=metrics["logitScale"], words=f"{metrics['words']} words",
        seeds=f"{metrics['seed']}, {metrics['calibrationSeed']}, {metrics['heldOutSeed']}", steps=metrics["steps"], refining=metrics["refiningSteps"],
        minutes=round(metrics["trainingSeconds"] / 60), threads=metrics["threads"], machine=metrics["machine"], parameters=f"{metrics['parameters']:,}",
        **versions)
    lines = ["", "## Measured on scenes it was not trained on", "", *card_rows(metrics["heldOut"])]
    (folder / "README.md").write_text(head + "\n".join(lines) + "\n" + FOOT)
