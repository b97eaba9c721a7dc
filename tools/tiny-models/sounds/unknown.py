"""Words that mean nothing to this pair: real ones, of things that no recipe here makes, from WordNet 3.0 (Debian's wordnet-base).

Half of them are held out: with those it is measured whether an unknown word is met as one.
"""
from functools import lru_cache
from pathlib import Path

INDEX = Path("/usr/share/wordnet/index.noun")
_MARK = "[UNK]"


@lru_cache(maxsize=None)
def unknown_words(held_out=False):
    """Nouns that share no beginning of four letters with a word of the captions."""
    from .words import CAPTION_WORDS  # at run time: the words are those of the captions, which use this file
    known = {word[:4] for word in CAPTION_WORDS if len(word) >= 4} | CAPTION_WORDS
    lines = INDEX.read_text(encoding="utf-8").splitlines()
    nouns = sorted({line.split(" ", 1)[0] for line in lines if not line.startswith(" ")})
    fitting = [noun for noun in nouns if noun.isascii() and noun.isalpha() and 3 < len(noun) < 13 and noun[:4] not in known]
    return fitting[int(held_out)::2]


def unknown_word(rng, held_out=False):
    """One of them, and now and then what has not even pieces."""
    stock = unknown_words(held_out)
    return _MARK if rng.random() < 0.1 else stock[int(rng.integers(len(stock)))]


def unknown_phrase(rng, held_out=False):
    """A label without a word that means anything."""
    one, two, three = (unknown_word(rng, held_out) for _ in range(3))
    ways = [one, one, f"a {one}", f"a {one}", f"{one} {two}", f"a {one} {two}", f"{one} {two} {three}", f"the {one}", f"a {one} is {two}", f"sound of {one}", f"a {one} of {two}", f"the sound of a {one}"]
    return ways[int(rng.integers(len(ways)))]
