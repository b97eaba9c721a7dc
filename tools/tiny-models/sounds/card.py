"""Writes the model card from the metrics, so that its figures are always those of the weights beside it."""
from scoring import card_rows

from . import plain, scenes

HEAD = """# Tiny CLAP

A very small audio-text pair in the Hugging Face ONNX layout: sounds and labels go in, embeddings of {size} numbers come
out, and `softmax({scale} * cosine)` over the labels is how well each fits. For tests, demos and first steps.

## What it knows

- silence ("silence", "no sound", "it is silent")
- a steady tone or beeps ("a tone", "a beep", "a sine wave"), and whether it is low (up to {low} Hz) or high (from {high} Hz)
- noise ("noise", "static", "a hiss", "white noise")
- clicks ("clicks", "ticking", "a ticking clock", "tapping")
- speech ("speech", "a person speaking", "someone talking", "a voice")
- music ("music", "a melody", "a song", "instruments")
- loud and quiet (soft, faint), also together with what sounds: "loud speech", "a quiet tone", "someone talking loudly",
  "a loud high beep"

Bare words, phrases and whole sentences all work, within the template "This is a sound of {{}}." or without it.
**It knows nothing else.** It has never heard a recording: its speech comes from espeak-ng, its music from sums of sines. A
word outside its {words} is one unknown word: a label of unknown words alone stands for "something else", and answers of
that kind mean nothing more.

Loud is a level of {loud} dBFS or more, quiet is {quiet} dBFS or less; level is the RMS of the loudest 50 ms, and for clicks their
peak less 9 dB. Between the two it is open. Silence is digital zero, or noise below about -60 dBFS.

## Files

| file | what |
|---|---|
| `onnx/audio_model.onnx` | `input_features` float32 `[batch, 1, 201, 64]`, dB -> `audio_embeds` `[batch, {size}]`, L2 norm 1 |
| `onnx/text_model.onnx` | `input_ids` and `attention_mask` int64 `[batch, sequence]`, padded with 0 as far as needed -> `text_embeds` `[batch, {size}]`, L2 norm 1 |
| `preprocessor_config.json` | a standard `ClapFeatureExtractor`: 16 kHz, 2 s, 64 Slaney mel bands of 50 to 7000 Hz, "repeatpad", "rand_trunc" |
| `tokenizer.json`, `tokenizer_config.json` | lower-cased whole words; WordPiece without pieces, which every runtime reads |
| `deepffmpeg.json` | the calibrated scale and the prompt's template |
| `metrics.json` | the figures below, and how the weights came to be |

## How it was made

Trained from nothing on sounds that the recipe in `tools/tiny-models` synthesises itself; no other data and no other weights are
in it. Each true caption of a sound is ranked against all that are less true of it, so true statements never compete. The
scale is the one with the best log probability on sounds of a second seed; the figures are from a third, whose voices,
languages, sentences and instruments are not those of training.

| | |
|---|---|
| seeds (training, calibration, measuring) | {seeds} |
| windows rendered for training | {windows}, each heard at many levels, over many backgrounds |
| steps of {batch} scenes | {steps} |
| time, with rendering | {minutes} min on {threads} threads ({machine}) |
| versions | Python {python}, torch {torch}, numpy {numpy}, espeak-ng {espeak} |
| parameters | {parameters}, float32 |
"""

FOOT = """
Sounds about which people would argue (neither loud nor quiet, half one and half another) are not asked about, except in "windows
with a change": there the right answer is what lasts at least two thirds of the window, or what sounds beside silence, and the
other sound competes.

How often each kind (row) was called by each word:

{confusion}

## Limits

What lies above 7 kHz is not heard. Two sounds at once (speech over music) have no single right word, and neither has a window in which
one sound gives way to another half way; a tone that changes its pitch within a window, or sweeps, is taken for music. Singing, drums
alone, sirens, animals, machines and weather were never heard: they get the nearest of six kinds (rain and applause: noise;
typing: clicks). Men's and women's voices are not told apart, and whispering is not known. A single held note of an instrument is a
tone; a steady chord is music, with less certainty.

## Licence

MIT, code and weights.
"""


def write(metrics, folder, batch):
    """Writes README.md into the model's folder."""
    versions = metrics["versions"]
    head = HEAD.format(
        size=metrics["embeddingSize"], scale=metrics["logitScale"], words=f"{metrics['words']} words", low=plain.LOW_UP_TO, high=plain.HIGH_FROM,
        loud=f"{scenes.LOUD_FROM:.0f}", quiet=f"{scenes.QUIET_UP_TO:.0f}", batch=batch,
        seeds=f"{metrics['seed']}, {metrics['calibrationSeed']}, {metrics['heldOutSeed']}", windows=metrics["windows"], steps=metrics["steps"],
        minutes=round(metrics["makingSeconds"] / 60), threads=metrics["threads"], machine=metrics["machine"], parameters=f"{metrics['parameters']:,}",
        python=versions["python"], torch=versions["torch"], numpy=versions["numpy"], espeak=versions["espeak-ng"])
    lines = ["", "## Measured on sounds it was not trained on", "", *card_rows(metrics["heldOut"])]
    (folder / "README.md").write_text(head + "\n".join(lines) + "\n" + FOOT.format(confusion=_confusion(**metrics["confusion"])))


def _confusion(kinds, counts):
    lines = ["| | " + " | ".join(kinds) + " |", "|---" + "|---:" * len(kinds) + "|"]
    return "\n".join(lines + [f"| {kind} | " + " | ".join(map(str, row)) + " |" for kind, row in zip(kinds, counts)])
