"""Writes the model card from the metrics, so that its figures are always those of the weights beside it."""
from training import ARITHMETIC

from . import fetch, table
from .concepts import KINDS

HEAD = """# Tiny CLIP

A very small image-text pair in the Hugging Face ONNX layout: pictures and labels go in, embeddings of {size} numbers
come out, and `softmax({scale} * cosine)` over the labels is how well each fits. For tests, demos and first steps without a download.

## What it knows

- the 11 basic colours: black, white, grey (gray), red, orange, yellow, green, blue, purple, pink, brown
- shapes: circle (disc, dot), square, rectangle, triangle, star, cross (plus), ring (hoop), and the patterns stripes and
  checkerboard
- dark and bright, colourful and colourless, plain and textured; compositions: "a red circle on a blue background", "red and white stripes"
- how a picture looks: sharp or blurred, clean or noisy, pixelated, washed-out, under- and overexposed, black-and-white, sepia, scratched old film,
  widescreen bars, surveillance footage; drawn (cartoon, animation, clip art) or photographic
- scenes: sky, clouds, grass, meadow, water, sea, beach, sand, desert, fire, forest, mountains, snow, sunset, night, space, fog, city, street, room,
  corridor, stage, sports field, fields from above; day and night, indoors and outdoors; titles, credits, pages, slides, screens
- things, as icons and clip art show them, {phrases} phrases in all, alone and in compositions ("a dog on a red background", "a red car", "a blurry
  forest"). The common ones, each with its synonyms and kinds: {kinds}

Bare words and phrases both work ("red", "a red picture", "a photo of a red circle"), in British and American spelling. The text
tower reads words in pieces ({pieces} of them), so any word gets an embedding. One that no picture of the training showed stands between true and false ones, mostly (see the table).
**It has learnt things from icons and clip art, and scenes from drawings; it has seen few photographs**, and of animals only one cat.

## Files

| file | what |
|---|---|
| `onnx/vision_model.onnx` | `pixel_values` float32 `[batch, 3, {side}, {side}]`, -1 to 1 -> `image_embeds` `[batch, {size}]`, L2 norm 1 |
| `onnx/text_model.onnx` | `input_ids` int64 `[batch, sequence]`, padded with 0 as far as needed -> `text_embeds` `[batch, {size}]`, L2 norm 1 |
| `tokenizer.json`, `tokenizer_config.json` | lower-cased WordPiece |
| `preprocessor_config.json` | shortest edge to {side} (bicubic), centre crop, mean and deviation 0.5 |
| `deepffmpeg.json` | the calibrated scale |
| `metrics.json` | the figures below, and how the weights came to be |

Weights are float16 in the files, and float32 once a runtime has loaded them. The vision tower looks at each picture and at its mirror image, and embeds the mean of
what it sees in both: a picture and its mirror image have one embedding.

## How it was made

Trained from nothing by the recipe in `tools/tiny-models`. Each true caption of a picture is ranked against all that are less true of it, so true
statements never compete. A batch is {shapes} scenes of shapes and {pictures} pictures of the pool: icons on grounds and in scenes, drawn scenes, views of photographs,
each turned, cut, tinted and worn anew. The sentences of the label packs `video` and `film-video` are among the captions.

| | |
|---|---|
| seeds (training, calibration, measuring) | {seeds} |
| pictures to learn from | {seen} |
| held out | {held_out} |
| steps | {steps} |
| processor time, with drawing | {minutes} min, user and system, of the network's process (`--threads {threads}`) and the one that draws ({machine}); icons that were rendered before not counted |
| arithmetic of training | {arithmetic} |
| versions | Python {python}, torch {torch}, numpy {numpy} |
| parameters | {parameters} |

### Material

Nothing of it is in this package but what the weights have learnt.

| package | version | licence | what for |
|---|---|---|---|
{material}

## Measured on what it was not trained on

Procedurally held out are shapes and scenes of another seed, and known icons and clip art in new scenes: on other grounds, elsewhere, otherwise turned, tinted and worn.
Harder, because other artists or places: icons of a set (Noto) none of which was trained on, nor its first version; every tenth clip art; views of five panoramas of the twenty-one. The known
icons asked about are those in colours; those in one ink only teach. Each is asked about in several scenes. Of n cases, 90 % are uncertain by 60 / sqrt(n) points at the least, 50 % by 100 / sqrt(n).
The scale is the one with the best log probability on half of them, the figures are of the other half. Calibration error: the expected difference
between the best label's probability and how often it is right, in ten bins. Pictures of which a label is true only in part are not asked about, nor what
pictures show that are blurred, noisy or hardly lit.
"""

REAL = """
## Asked about real pictures

Six files of the shared test material, not one of which was used for training, calibration or any choice; videos by one frame a second. The answers as they are.

| file | question | right answer | frames right | mean p | answers |
|---|---|---|---:|---:|---|
"""

FOOT = """
## The label packs

Of the {told} sentences of `video` and `film-video`, {untold_count} say nothing that a picture of the training shows: {untold}. The others were trained by what
of them can be seen: looks ("grainy", "cartoon", "security footage"), things ("dragon", "helicopter") and scenes. What stands between (a perilous quest,
a turning point, a misunderstanding, a phone held at arm's length, a fisheye view) is not known, and moods and genres are guessed by their things.

## Limits

Things are known less surely than looks and scenes: of known artists' icons in new scenes, more than nine of ten foods, plants, buildings, hands, skulls and babies are named rightly, nearly nine of ten
animals, vehicles and things; whether a figure is a man or a woman, which is hard to see in {side} pixels, three of four times. Of artists never seen it is two thirds to
nearly nine of ten, of clip art, which is more various, five to nine.
Broad kinds ("an animal", "a tool") are less sure than the things themselves. Where people would argue (is a bust a face? is a cook whom Unicode gives no gender a man?) it was taught nothing, and is not asked.
The colours of thin shapes are less sure than everything else about shapes.
Colours between the names (teal, gold, salmon, magenta) get one of their neighbours. "Dark" and "bright" are means over the whole
picture: below about 0.26 and above 0.6 of full brightness. A real scene of many colours has no single right colour word. A
shape should be at least 30 % of the picture's height. Small text, counts, sizes and places are not known, text is seen but not read.
Squares are at times called rectangles. Photographs of things are mostly beyond it (see above): it was not made for them.

## Licence

MIT, code and weights. Twemoji (Twitter and contributors), EmojiOne 2 (Ranks.com), Streamline Emojis (Streamline), Font Awesome 6 (Dave Gandy), Game Icons (GameIcons)
and the two photographs of scikit-learn (danielbuechele, vultilion) are under CC-BY and
are named here as their authors; the weights hold no copy of them.
"""


def write(metrics, folder):
    """Writes README.md into the model's folder."""
    counted = lambda sources: ", ".join(f"{count:,} {name}" for name, count in sources.items())  # noqa: E731
    head = HEAD.format(
        side=metrics["imageSize"], size=metrics["embeddingSize"], scale=metrics["logitScale"], phrases=f"{metrics['phrases']:,}", pieces=f"{metrics['pieces']:,}",
        kinds="; ".join(", ".join(words) for words in KINDS.values()), shapes=metrics["batch"][0], pictures=metrics["batch"][1],
        seeds=f"{metrics['seed']}, {metrics['calibrationSeed']}, {metrics['heldOutSeed']}", steps=" and then ".join(map(str, metrics["steps"])), seen=counted(metrics["pictures"]), held_out=counted(metrics["heldOutPictures"]),
        minutes=round(metrics["processorSeconds"] / 60), threads=metrics["threads"], arithmetic=ARITHMETIC[metrics["bfloat16"]], machine=metrics["machine"], parameters=f"{metrics['parameters']:,}",
        material="\n".join(f"| {name} | {version} | {licence} | {use} |" for name, (_, version, licence, use) in fetch.PACKAGES.items()), **metrics["versions"])
    parts = [head, "\n".join(table.rows(metrics["heldOut"])), "\n"]
    if "real" in metrics:
        parts += [REAL.rstrip("\n"), "\n", "\n".join(_real_row(row) for row in metrics["real"]), "\n"]
    untold = metrics["packSentencesUntold"]
    parts.append(FOOT.format(side=metrics["imageSize"], told=metrics["packSentences"], untold_count=len(untold), untold="; ".join(f"\"{text}\"" for text in untold)))
    (folder / "README.md").write_text("".join(parts))


def _real_row(row):
    answers = ", ".join(f"{answer} {count}" if row["frames"] > 1 else answer for answer, count in row["answers"].items())
    return f"| {row['file']} | {row['question']} | {row['expected']} | {row['right']} of {row['frames']} | {row['meanProbability']:.2f} | {answers} |"
