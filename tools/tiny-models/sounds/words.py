"""The words that this pair knows, all that captions use, and the pieces of all others."""
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


def _tokenizer():
    from .unknown import unknown_words
    return Tokenizer(CAPTION_WORDS, pieces_of([*unknown_words(), *CAPTION_WORDS]))


WORDS = _tokenizer()
