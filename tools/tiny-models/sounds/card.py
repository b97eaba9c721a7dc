"""Writes the model card from the metrics, so that its figures are always those of the weights beside it."""
from training import ARITHMETIC

from . import plain, scenes
from .hear import is_right
from .pool import PERFORMED
from .train import REFINED

HEAD = """# Tiny CLAP

A very small audio-text pair in the Hugging Face ONNX layout: sounds and labels go in, embeddings of {size} numbers come
out, and `softmax({scale} * cosine)` over the labels is how well each fits. For tests, demos and first steps.

## What it knows

- silence; a steady tone or beeps, and whether it is low (up to {low} Hz) or high (from {high} Hz); a sweep, rising or falling
- noise: white noise and hiss, pink noise and static, rumble; clicks and ticking
- speech, of a man or a woman; whispering, a robot, a squeaky cartoon voice, a crowd's babble, laughter, crying, a scream, cheering, a choir
- music, fast or slow, happy or sad (see below), and its instruments: piano, guitar (acoustic, electric), bass, strings, organ, flute, brass,
  saxophone, xylophone (music box, chimes), harp, accordion, synthesizer, drums; an orchestra, rock, heavy metal, dance music, jazz, folk; an eerie drone
- rain, thunder, wind, water, waves, fire; birds, dogs, cats, owls, horses, insects
- engines, traffic, trains, helicopters, drills, electrical hum, a factory; sirens, alarms, phones, bells, whistles, horns, lasers
- footsteps, typing, knocking, a creaking door, explosions, gunshots, applause, the crackle of a record
- loud and quiet (soft, faint), of anything: "loud speech", "a quiet tone", "someone talking loudly", "a loud high beep"
- how speech and music are recorded: clean, noisy, muffled, distorted, echoing, over the telephone, on an old record
- two at once: "speech and music", "a person speaking in front of rain", and so on for speech and 17 others, and music and 8

Bare words, phrases and whole sentences all work, within the template "This is a sound of {{}}." or without it. **It knows nothing else.** It
learnt {words} words; others, and plurals, come as pieces ("guitars" is "guitar" and "s"), and what has no meaning here is met as "something else",
which fits less than a true label and better than a false one.

Loud is a level of {loud} dBFS or more, quiet is {quiet} dBFS or less; level is the RMS of the loudest 50 ms, and for clicks their
peak less 9 dB. Between the two it is open. Silence is digital zero, or noise below about -60 dBFS. Fast music has 5.5 notes a second or more,
slow music 2 or fewer, in the window that is heard. Happy means here: in a major key and lively; sad: in a minor key and slow. Nothing else about moods was learnt.

## Files

| file | what |
|---|---|
| `onnx/audio_model.onnx` | `input_features` float32 `[batch, 1, 201, 64]`, dB -> `audio_embeds` `[batch, {size}]`, L2 norm 1 |
| `onnx/text_model.onnx` | `input_ids` and `attention_mask` int64 `[batch, sequence]`, padded with 0 as far as needed -> `text_embeds` `[batch, {size}]`, L2 norm 1 |
| `preprocessor_config.json` | a standard `ClapFeatureExtractor`: 16 kHz, 2 s, 64 Slaney mel bands of 50 to 7000 Hz, "repeatpad", "rand_trunc" |
| `tokenizer.json`, `tokenizer_config.json` | lower-cased; WordPiece: {words} whole words and {pieces} pieces |
| `deepffmpeg.json` | the calibrated scale and the prompt's template |
| `metrics.json` | the figures below, and how the weights came to be |

## How it was made

Trained from nothing on sounds that the recipe in `tools/tiny-models` makes itself; **it has never heard a recording of what it names.** Speech comes from
espeak-ng; instruments from FluidSynth with two sound fonts, whose instruments are recorded notes; everything else is synthesised: noises,
tones and bursts, shaped as the thing would shape them. A second, shorter stage was added because the first told rising from falling tones by chance: it hears other
windows, more sweeps and plain tunes among them. Each true caption of a sound is ranked against all that are less true of it, so true
statements never compete. The scale is the one with the best log probability on sounds of a second seed; the figures are from a third.

What it learnt from beside the recipe:

| what | licence | used for |
|---|---|---|
| Fluid (R3) GM, Debian's fluid-soundfont-gm | MIT | instruments of training |
| MuseScore General, Debian's musescore-general-soundfont-lossless | MIT, parts CC0 or public domain | instruments of training |
| espeak-ng's voices, Debian's espeak-ng | GPL-3.0-or-later, for the program; what it speaks is free | speech of training |
| WordNet 3.0, Debian's wordnet-base | WordNet licence (permissive) | words that mean nothing here |
| flite's voices, Debian's flite | permissive | only to measure |

| | |
|---|---|
| seeds (training, its second stage, calibration, measuring) | {seeds} |
| windows rendered for training | {windows}, and {fresh} for the second stage, each heard at many levels, over many backgrounds, before and over others |
| in training, music is moved | in {transposed} % of its windows by up to {semitones} semitones up or down (its mel bands, not its samples), so that keys of new pieces are new but not far |
| steps of {batch} scenes | {steps}{cut}, in whose last {refined} % what is arguable ranks below what is true, then {finishing} on the other windows |
| made by | one command, in one run (`--threads {threads}`; {machine}) |
| processor time, with rendering | {processor} min: {cores} min of 2 cores ({minutes} min by the clock, beside other work) |
| arithmetic of training | {arithmetic} |
| versions | {versions} |
| parameters | {parameters}, float32 |

## Measured on sounds it was not trained on

A label that is arguable ("engine" of a train) counts as wrong if chosen. "p off by" is how far, on the mean, the probability of the chosen
label is from how often it is right. Of all that is synthesised only the seeds are new: those figures tell how well the model knows the synthesis, not the world.

**New pieces by known performers.** Sentences, words, keys and melodies are new; programs of instruments, drum kits, voices and languages are those of training:
"""

FOOT = """
**New performers.** Harder: also the voices and languages of speech, some programs of most instruments and a drum kit were never heard in training:

{performers}

Sounds about which people would argue (neither loud nor quiet, half one and half another) are not asked about, except in "windows
with a change": there the right answer is what lasts at least two thirds of the window, or what sounds beside silence, and the
other sound competes.

Speech of flite, a synthesiser of which training heard nothing:

{others}

Called by its own word among those of all {kinds} kinds, new pieces by known performers:

{by_kind}

The same by new performers, where that is another question:

{by_new}
{recordings}
## Limits

What lies above 7 kHz is not heard. A window in which one sound gives way to another half way has no single right word.
Real recordings of rain, applause, engines and animals differ from what the recipe makes of them; see what was heard above.
Not covered, for want of an honest way to make them: what is said (news, lessons, stories and sports reports are all just speech), whose feelings a voice
tells beside laughter and crying, swords, splashes, tyres, handling noise, monsters, spaceships; blues, soul, reggae, hip hop, funk, Latin, country and
other styles beside the six. Singing is a choir's vowels. Such words are met as unknown, or as the known word nearest by.

## Licence

MIT, code and weights.
"""


def write(metrics, folder, batch):
    """Writes README.md into the model's folder."""
    head = HEAD.format(
        size=metrics["embeddingSize"], scale=metrics["logitScale"], words=metrics["words"], pieces=metrics["pieces"], low=plain.LOW_UP_TO, high=plain.HIGH_FROM,
        transposed=round(100 * scenes.TRANSPOSED), semitones=round(scenes.SEMITONES), loud=f"{scenes.LOUD_FROM:.0f}", quiet=f"{scenes.QUIET_UP_TO:.0f}", batch=batch,
        seeds=f"{metrics['seed']}, {metrics['finishingSeed']}, {metrics['calibrationSeed']}, {metrics['heldOutSeed']}", windows=metrics["windows"], steps=metrics["steps"], refined=round(100 * REFINED), fresh=metrics["finishingWindows"], finishing=metrics["finishingSteps"],
        cut="" if metrics["steps"] == metrics["ofSteps"] else f" of {metrics['ofSteps']}, cut short", minutes=round(metrics["makingSeconds"] / 60), processor=round(metrics["processorSeconds"] / 60),
        cores=round(metrics["processorSeconds"] / 120), threads=metrics["threads"], arithmetic=ARITHMETIC[metrics["bfloat16"]], machine=metrics["machine"], parameters=f"{metrics['parameters']:,}",
        versions=", ".join(f"{name} {version}" for name, version in metrics["versions"].items()))
    known, new = metrics["byKind"]["newPieces"], metrics["byKind"]["newPerformers"]
    foot = FOOT.format(performers="\n".join(_rows(metrics["newPerformers"])), others="\n".join(_rows(metrics["otherVoices"])), kinds=len(known), by_kind="\n".join(_kinds(known)),
                       by_new="\n".join(_kinds({kind: new[kind] for kind in new if kind in PERFORMED})), recordings=_recordings(metrics.get("recordings")))
    (folder / "README.md").write_text(head + "\n" + "\n".join(_rows(metrics["newPieces"])) + "\n" + foot)


def _rows(table):
    lines = ["| question | cases | right | mean p of the true label | p > 0.8 | p off by |", "|---|---:|---:|---:|---:|---:|"]
    for task, row in table.items():
        lines.append(f"| {task} | {row['cases']} | {100 * row['accuracy']:.1f} % | {row['meanProbability']:.2f} | {100 * row['above80']:.0f} % | {row['calibrationError']:.3f} |")
    return lines


def _kinds(table):
    """Four kinds a line: the share that was called right, and what else it was called most."""
    cells = [f"{kind} {100 * right:.0f} %" + (f" ({other})" if right < 0.9 else "") for kind, (right, other) in table.items()]
    rows = [cells[k:k + 4] for k in range(0, len(cells), 4)]
    return ["| | | | |", "|---|---|---|---|", *("| " + " | ".join(row + [""] * (4 - len(row))) + " |" for row in rows)]


def _recordings(heard):
    """What real recordings were called, with the mean probability over their windows, among all words."""
    if not heard:
        return ""
    lines = ["", "## Real recordings", "", "As they are: they were never trained on. The second stage was added after a first look at all figures of this page, these among them; nothing was fitted to them. Mean probability over windows of 2 s, among all words. It has learnt the recipe's rain and applause, not the world's.", "", "| file | called | | then |", "|---|---|---|---|"]
    for name, called in heard.items():
        said = [f"{word} {p:.2f}" for word, p in called]
        lines.append(f"| {name} | {said[0]} | {'right' if is_right(name, called[0][0]) else 'wrong'} | {', '.join(said[1:])} |")
    return "\n".join(lines) + "\n"
