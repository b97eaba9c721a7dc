"""Forms of words that no caption holds, so that they come in pieces: those that are measured with, and endings to learn from."""

NEVER_SEEN = {"guitarlike": "guitar", "rainstorm": "rain", "windstorm": "wind", "footstep": "footsteps", "pianos": "piano", "trumpeter": "brass", "organist": "organ", "sirenlike": "siren", "laughingly": "laughter", "churchbell": "bell",
              "whisperer": "whisper", "choirboys": "choir", "drumsticks": "drums", "helicopters": "helicopter", "fluting": "flute", "applauding": "applause", "thunderous": "thunder", "birdlike": "birds", "violinists": "strings", "engines": "engine"}
_ENDINGS = "s s s es er ers ist ists ing ings ed like ish y ly ness sound sounds noise music player maker room time day work house place".split()
_SHORTEST = 4
_JOINED = 0.3  # of the texts have two words joined in place of an ending, if there are two


def with_a_form(rng, text):
    """The text with a word that it may hold in no other caption: two joined, or a longer one with an ending; it means nearly the same.
    Forms that are measured with are never made."""
    split = text.split(" ")
    beside = [k for k, (one, two) in enumerate(zip(split, split[1:])) if _joins(one) and _joins(two) and one + two not in NEVER_SEEN]
    if beside and rng.random() < _JOINED:
        at = beside[int(rng.integers(len(beside)))]
        return " ".join([*split[:at], split[at] + split[at + 1], *split[at + 2:]])
    longer = [k for k, word in enumerate(split) if word.isalpha() and len(word) >= _SHORTEST]
    if not longer:
        return text
    at = longer[int(rng.integers(len(longer)))]
    form = split[at] + _ENDINGS[int(rng.integers(len(_ENDINGS)))]
    return " ".join([*split[:at], split[at] if form in NEVER_SEEN else form, *split[at + 1:]])


def _joins(word):
    return word.isalpha() and len(word) > 2 and word not in ("the", "and", "with", "that")
