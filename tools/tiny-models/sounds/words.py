"""The words that this pair knows: all that captions use."""
from tokenizer import Tokenizer, split

from . import captions

_MORE = "a an the this is it that very here , . - ! in of and with to sound sounds something silent high low volume at hum humming deep steady".split()


def _known():
    phrases = [captions.TEMPLATE, *captions.OPENINGS, *captions.SOUND, *captions.PITCHED]
    phrases += [name for names in captions.NAMES.values() for _, name in names]
    phrases += [clause for clauses in captions.CLAUSES.values() for clause in clauses]
    phrases += [word for table in (captions.LOUDNESS, captions.HOW, captions.PITCHES) for words in table for word in words]
    return {word for phrase in phrases for word in split(phrase.replace("{}", " "))} | set(_MORE)


WORDS = Tokenizer(_known())
