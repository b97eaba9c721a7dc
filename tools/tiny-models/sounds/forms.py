"""Forms of words that no caption holds, so that they come in pieces: those that are measured with, and endings to learn from."""

NEVER_SEEN = {"guitars": "guitar", "rainstorm": "rain", "windstorm": "wind", "footstep": "footsteps", "pianos": "piano", "trumpeter": "brass", "organist": "organ", "sirenlike": "siren", "laughingly": "laughter", "churchbell": "bell",
              "whisperer": "whisper", "choirboys": "choir", "drumsticks": "drums", "helicopters": "helicopter", "fluting": "flute", "applauding": "applause", "thunderous": "thunder", "birdlike": "birds", "violinists": "strings", "engines": "engine"}
_ENDINGS = "s s s es er ers ist ists ing ings ed like ish y ly ness sound sounds noise music player maker room time day work house place".split()
_SHORTEST = 4


def with_an_ending(rng, text):
    """The text with an ending on one of its longer words; the word means nearly the same. Forms that are measured with are never made."""
    split = text.split(" ")
    longer = [k for k, word in enumerate(split) if word.isalpha() and len(word) >= _SHORTEST]
    if not longer:
        return text
    at = longer[int(rng.integers(len(longer)))]
    form = split[at] + _ENDINGS[int(rng.integers(len(_ENDINGS)))]
    return " ".join([*split[:at], split[at] if form in NEVER_SEEN else form, *split[at + 1:]])
