"""A sub-word tokenizer: usual words whole, all others as the longest known pieces (WordPiece)."""
from collections import Counter

from tokenizer import BOS, EOS, MAX_LENGTH, UNK, Tokenizer, split

_STARTS, _PARTS, _LONGEST = 700, 900, 6
_SIGNS = "abcdefghijklmnopqrstuvwxyz0123456789"


def _pieces(words):
    """The beginnings and the later parts that save most signs over the given words."""
    starts, parts = Counter(), Counter()
    for word in words:
        for length in range(2, min(_LONGEST, len(word)) + 1):
            starts[word[:length]] += length - 1
            for at in range(1, len(word) - length + 1):
                parts["##" + word[at:at + length]] += length - 1
    return [p for counter, most in ((starts, _STARTS), (parts, _PARTS)) for p, _ in sorted(counter.items(), key=lambda x: (-x[1], x[0]))[:most]]


class Pieces(Tokenizer):
    """Knows these words whole, and spells any other word in letters and digits by pieces learnt from the others."""

    def __init__(self, words, others):
        super().__init__([*words, *_pieces(sorted(others)), *_SIGNS, *("##" + sign for sign in _SIGNS)])

    def spell(self, word, whole=True):
        """Token numbers of one word: the longest known beginning, then the longest known rest; whole=False never as one."""
        numbers, at = [], 0
        while at < len(word):
            prefix = "##" if at else ""
            longest = len(word) if whole or at else max(1, len(word) - 1)
            end = next((end for end in range(longest, at, -1) if prefix + word[at:end] in self.vocabulary), None)
            if end is None:
                return [UNK]
            numbers.append(self.vocabulary[prefix + word[at:end]])
            at = end
        return numbers

    def encode(self, text, rng=None, spelt=0.0):
        """As the base class; of its words, a share is spelt in pieces although known whole."""
        numbers = [n for word in split(text) for n in self.spell(word, not spelt or rng.random() >= spelt)]
        return [BOS, *numbers[:MAX_LENGTH - 2], EOS]


def words_of(phrases, sentences, nouns):
    """The tokenizer of a pair that is told these phrases and sentences."""
    counts = Counter(word for text in phrases for word in split(text))
    told = {word for text in sentences for word in split(text)}
    usual = {word for word, times in counts.items() if times >= 2}
    others = {word for text in nouns.senses for word in split(text) if word.isascii() and word.isalpha() and nouns.senses[text]} | set(counts)
    return Pieces(sorted(told | usual), others)
