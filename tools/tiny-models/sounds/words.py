"""The words that this pair knows, those that captions use less their plurals, and the pieces of all others."""
from tokenizer import Tokenizer, split

from . import phrases
from .pieces import pieces_of

_MORE = "a an the this is it that very here , . - ! ' in of and with to sound sounds something at not no".split()


def _used():
    lines = [phrases.TEMPLATE, *phrases.OPENINGS, *phrases.SOUND, *phrases.PITCHED, *phrases.JOINTS, *phrases.NAMES.values(), *phrases.SAID.values(), "high volume low volume it is"]
    lines += [word for table in (phrases.LOUDNESS, phrases.HOW, phrases.PITCHES, phrases.MOODS) for words in table.values() for word in words]
    words = {word for line in lines for word in split(line.replace("{}", " ").replace("|", " ").replace("*", " ").replace("~", " "))}
    return words | set(_MORE)


CAPTION_WORDS = frozenset(_used())


# "guitars" is "guitar" and "s": were it a word of its own, it would mean only what captions say of guitars, which is metal.
WHOLE_WORDS = frozenset(word for word in CAPTION_WORDS if len(word) < 4 or not word.endswith("s") or word[:-1] not in CAPTION_WORDS)


def _tokenizer():
    from .unknown import unknown_words
    return Tokenizer(WHOLE_WORDS, pieces_of([*unknown_words(), *WHOLE_WORDS]))


WORDS = _tokenizer()
