"""Parts of words, so that a word which is not in the vocabulary is not nothing: WordPiece's pieces, by how often they occur."""
from collections import Counter

_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"


def pieces_of(words, beginnings=250, others=350, longest=5):
    """The most frequent beginnings and inner parts of the words, and every letter, so that any word of letters has pieces."""
    first, inner = Counter(), Counter()
    for word in words:
        for length in range(2, longest + 1):
            if length < len(word):
                first[word[:length]] += length - 1
            for start in range(1, len(word) - length + 1):
                inner["##" + word[start:start + length]] += (length - 1) * (2 if start + length == len(word) else 1)
    return [*_LETTERS, *("##" + letter for letter in _LETTERS), *_most(first, beginnings), *_most(inner, others)]


def _most(counts, count):
    return [part for part, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:count]]
