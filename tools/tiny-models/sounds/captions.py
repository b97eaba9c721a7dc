"""Puts statements into words, as people type labels: bare words, phrases and sentences, within the prompt's template or not."""
from .plain import HIGH
from .scenes import LOUD

TEMPLATE = "This is a sound of {}."
UNKNOWN_WORD = "[UNK]"
# Around a phrase that names a sound.
OPENINGS = ["a sound of {}", "the sound of {}", "sound of {}", "sounds of {}", "this is {}", "this is the sound of {}", "there is {}", "i hear {}", "i can hear {}",
            "you can hear {}", "we hear {}", "{} can be heard", "{} is heard", "a recording of {}", "an audio recording of {}", "recording of {}", "audio of {}", "{} in the background",
            "only {}", "just {}", "the audio is {}", "an audio clip of {}", "a video with {}"]
# (article, adjective-taking words); "" where there is no article.
NAMES = {
    "silence": [("", "silence")] * 5 + [("", "no sound"), ("", "nothing"), ("", "no audio"), ("", "no noise"), ("a", "silent moment"), ("", "complete silence"), ("", "total silence"), ("", "dead silence"), ("a", "silence"),
                ("a", "silent room"), ("", "silent audio"), ("a", "silent recording"), ("", "silent"), ("a", "pause"), ("", "muted audio"), ("", "nothing at all"), ("", "absolute silence")],
    "tone": [("a", "tone")] * 4 + [("", "tone"), ("", "tones"), ("a", "beep"), ("a", "beep"), ("", "beep"), ("", "beeps"), ("", "beeping"), ("a", "beeping sound"), ("a", "steady tone"), ("a", "steady tone"), ("a", "constant tone"),
             ("a", "continuous tone"), ("a", "pure tone"), ("a", "test tone"), ("a", "sine wave"), ("a", "sine tone"), ("a", "steady beep"), ("", "electronic beeps"), ("a", "single tone"), ("a", "sustained tone"), ("a", "long beep")],
    "noise": [("", "noise")] * 5 + [("a", "noise"), ("", "static"), ("", "static"), ("", "static noise"), ("", "random noise"), ("", "radio static"), ("", "steady noise"), ("a", "rushing noise"), ("", "background noise"), ("", "constant noise"),
              ("a", "noise signal")],
    "hiss": [("a", "hiss")] * 3 + [("", "hiss"), ("", "hissing"), ("", "hissing"), ("a", "hissing sound"), ("a", "hissing noise"), ("", "white noise"), ("", "white noise"), ("", "tape hiss"), ("a", "steady hiss")],
    "clicks": [("", "clicks")] * 4 + [("", "clicking"), ("", "clicking"), ("a", "clicking sound"), ("a", "clicking noise"), ("a", "click"), ("", "click"), ("", "ticking"), ("", "ticking"), ("", "ticks"), ("a", "tick"), ("a", "ticking clock"),
               ("a", "ticking sound"), ("a", "clock"), ("a", "metronome"), ("", "click sounds"), ("", "repeated clicks"), ("", "short clicks"), ("", "clicking sounds"), ("a", "clock ticking"), ("", "tapping"), ("a", "tapping sound")],
    "speech": [("", "speech")] * 4 + [("", "human speech"), ("a", "speech"), ("a", "voice"), ("a", "voice"), ("", "voice"), ("", "voices"), ("a", "human voice"), ("", "talking"), ("", "talking"), ("", "speaking"), ("", "talk"), ("", "spoken words"), ("", "spoken language"),
               ("a", "conversation"), ("a", "person speaking"), ("a", "person speaking"), ("a", "person talking"), ("a", "speaking voice"), ("a", "speaking person"), ("a", "talking person"), ("a", "man speaking"), ("a", "woman speaking"),
               ("a", "man talking"), ("a", "woman talking"), ("a", "spoken voice"), ("a", "speaker talking")],
    "music": [("", "music")] * 5 + [("a", "melody")] * 3 + [("", "melody"), ("", "melodies"), ("a", "song"), ("a", "song"), ("a", "tune"), ("a", "tune"), ("", "instrumental music"), ("", "musical instruments"), ("a", "musical instrument"), ("", "instruments"), ("", "music playing"),
              ("", "background music"), ("a", "piece of music"), ("", "chords"), ("a", "musical melody"), ("", "musical sounds"), ("a", "music track"), ("", "song")],
}
# Sentences of their own, and what says in them how loud it is.
CLAUSES = {
    "silence": ["it is silent", "there is no sound", "nothing can be heard", "it is completely silent", "nobody makes a sound", "there is nothing to hear", "the audio is silent", "there is silence"],
    "tone": ["a tone is playing{}", "a tone sounds{}", "something beeps{}", "something is beeping{}", "a steady tone is heard{}", "a machine beeps{}"],
    "noise": ["noise is heard{}", "static is heard{}", "there is only noise"],
    "hiss": ["something hisses{}", "something is hissing{}", "a hissing is heard{}", "air hissing{}"],
    "clicks": ["something clicks{}", "something is clicking{}", "a clock is ticking{}", "a clock ticks{}", "something ticks{}", "something is ticking{}"],
    "speech": ["a person is speaking{}", "a person is talking{}", "someone is talking{}", "someone is speaking{}", "someone talking{}", "someone speaking{}", "somebody is talking{}", "somebody speaking{}", "someone speaks{}", "someone talks{}", "people talking{}", "people are talking{}", "people speaking{}", "a person speaking{}",
               "a person talking{}", "a man is speaking{}", "a woman is speaking{}", "a man speaking{}", "a woman speaking{}", "a man talking{}", "a woman talking{}", "a person speaks{}", "a voice is heard{}", "somebody is speaking{}"],
    "music": ["music is playing{}", "music playing{}", "music plays{}", "a song is playing{}", "someone is playing music{}", "someone playing music{}", "a melody is playing{}", "instruments are playing{}", "someone is playing an instrument{}", "people playing music{}", "a band is playing{}", "a band playing{}"],
}
LOUDNESS = [["quiet"] * 5 + ["soft", "soft", "faint", "faint", "very quiet", "very soft"], ["loud"] * 6 + ["very loud", "really loud", "extremely loud"]]
HOW = [["quietly", "quietly", "softly", "very quietly", "faintly"], ["loudly", "loudly", "very loudly", "loud"]]
SOUND = ["sound", "sound", "sounds", "audio", "recording", "signal"]
PITCHES = [["low", "low", "low", "deep", "low pitched", "low-pitched", "low frequency"], ["high", "high", "high", "high pitched", "high-pitched", "high frequency", "shrill"]]
PITCHED = ["tone", "tone", "tone", "beep", "sine wave", "note", "steady tone", "sine tone", "tones", "pitch"]


def words(rng, statement):
    """One of the ways to say the statement."""
    text = _said(rng, *statement)
    if statement[0] != "other" and rng.random() < 0.1:
        text = _with_unknown_word(rng, text)
    chance = rng.random()
    if chance < 0.55:
        return TEMPLATE.format(text)
    return text + "." if chance < 0.65 else text


def _said(rng, what, loudness, pitch):
    if what == "other":
        u = UNKNOWN_WORD
        return _pick(rng, [u, u, f"a {u}", f"a {u}", f"{u} {u}", f"a {u} {u}", f"{u} {u} {u}", f"the {u}", f"a {u} is {u}", f"sound of {u}"])
    if what is None:
        return _of_loudness(rng, loudness)
    if pitch is not None:
        return _opened(rng, _pitched(rng, loudness, pitch))
    if rng.random() < 0.3 and (loudness is None or what != "noise"):
        how = "" if loudness is None else " " + _pick(rng, HOW[loudness])
        return _pick(rng, [c for c in CLAUSES[what] if "{}" in c or not how]).format(how)
    return _opened(rng, _named(rng, what, loudness))


def _named(rng, what, loudness):
    article, name = _pick(rng, NAMES[what])
    if loudness is None:
        return _with_article(rng, article, name)
    adjective = _pick(rng, LOUDNESS[loudness])
    if rng.random() < 0.08:
        return f"{_with_article(rng, article, name)} that is {adjective}"
    if what == "speech" and name.split()[-1] in ("speaking", "talking") and rng.random() < 0.6:
        return f"{_with_article(rng, article, name)} {_pick(rng, HOW[loudness])}"
    return _with_article(rng, article, f"{adjective} {name}")


def _of_loudness(rng, loudness):
    w = _pick(rng, LOUDNESS[loudness])
    sound = _pick(rng, SOUND)
    text = _pick(rng, [w, w, w, f"a {w} sound", f"a {w} sound", f"{w} {sound}", f"{w} {sound}", f"something {w}", f"something {w}", f"a {w} {UNKNOWN_WORD}",
                       f"it is {w}", f"the sound is {w}", f"the audio is {w}", f"{w} sounds", f"a sound that is {w}", _pick(rng, ["high volume", "at high volume"] if loudness == LOUD else ["low volume", "at low volume"])])
    return _opened(rng, text, 0.1)


def _pitched(rng, loudness, pitch):
    height, name = _pick(rng, PITCHES[pitch]), _pick(rng, PITCHED)
    if pitch != HIGH and rng.random() < 0.2:
        height, name = _pick(rng, [("low", "hum"), ("deep", "hum"), ("humming", "sound"), ("low", "humming"), ("steady", "hum")])
    if loudness is not None:
        w = _pick(rng, LOUDNESS[loudness])
        height = _pick(rng, [f"{w} {height}", f"{w} {height}", f"{height} {w}", f"{w}, {height}"])
    return _with_article(rng, "" if name in ("tones", "humming") else "a", f"{height} {name}")


def _with_article(rng, article, name):
    chance = rng.random()
    if not article or chance < 0.2:
        return name
    if chance < 0.3:
        return f"the {name}"
    return ("an " if name[0] in "aeio" else "a ") + name


def _opened(rng, phrase, share=0.25):
    return _pick(rng, OPENINGS).format(phrase) if rng.random() < share else phrase


def _with_unknown_word(rng, phrase):
    """A word outside the vocabulary, so that such words change little."""
    split = phrase.split(" ")
    at = int(rng.integers(len(split) + 1))
    return " ".join(split[:at] + [UNKNOWN_WORD] + split[at:])


def _pick(rng, options):
    return options[int(rng.integers(len(options)))]
