"""Words to numbers: lower case, split into words and single signs, one number per known word, or one for each piece of another."""
import re

PAD, UNK, BOS, EOS = 0, 1, 2, 3
SPECIAL = ["[PAD]", "[UNK]", "<s>", "</s>"]
MAX_LENGTH = 32
_SPLIT = re.compile(r"[^\W_]+|[^\s\w]|_")
# The same in the syntax of tokenizer.json.
SPLIT_REGEX = r"[\p{L}\p{N}]+|[^\s\p{L}\p{N}]"


def split(text):
    """The words and signs of a text, lower-cased."""
    return _SPLIT.findall(text.lower())


def padded(rows):
    """Rows of token numbers, all as long as the longest."""
    longest = max(map(len, rows))
    return [row + [PAD] * (longest - len(row)) for row in rows]


class Tokenizer:
    """A tokenizer that knows the given words, and the pieces ("ra", "##in") out of which it puts others together, if any."""

    def __init__(self, words, pieces=()):
        self.vocabulary = {word: i for i, word in enumerate(SPECIAL + sorted({*words, *pieces}))}
        self.longest = max(map(len, self.vocabulary))

    def encode(self, text, in_pieces=lambda word: False):
        """Token numbers of a text between <s> and </s>; [UNK] in a text stands for itself. Words of which in_pieces is
        true are taken for unknown: so training teaches what pieces mean."""
        numbers = []
        for k, part in enumerate(text.split("[UNK]")):
            if k:
                numbers.append(UNK)
            for word in split(part):
                known = word in self.vocabulary and not in_pieces(word)
                numbers += [self.vocabulary[word]] if known else self._pieces(word)
        return [BOS, *numbers[:MAX_LENGTH - 2], EOS]

    def _pieces(self, word):
        """From the left the longest piece each time; without a way through, the word is one unknown word."""
        numbers, start = [], 0
        while start < len(word):
            sign = "##" if start else ""
            whole = len(word) if start else len(word) - 1  # not the word itself: it is unknown, or to be taken so
            end = next((end for end in range(min(whole, start + self.longest), start, -1) if sign + word[start:end] in self.vocabulary), None)
            if end is None:
                return [UNK]
            numbers.append(self.vocabulary[sign + word[start:end]])
            start = end
        return numbers

    def encode_batch(self, texts, in_pieces=lambda word: False):
        """Padded token numbers as a list of lists."""
        return padded([self.encode(text, in_pieces) for text in texts])

    def json(self):
        """The Hugging Face fast-tokenizer file: WordPiece, which without pieces is a word-level model; every runtime of the
        format reads it."""
        def special(word):
            return {"id": self.vocabulary[word], "content": word, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}

        def place(word):
            return {"SpecialToken": {"id": word, "type_id": 0}}

        return {
            "version": "1.0", "truncation": None, "padding": None,
            "added_tokens": [special(word) for word in SPECIAL],
            "normalizer": {"type": "Sequence", "normalizers": [{"type": "NFC"}, {"type": "Lowercase"}]},
            "pre_tokenizer": {"type": "Split", "pattern": {"Regex": SPLIT_REGEX}, "behavior": "Removed", "invert": True},
            "post_processor": {
                "type": "TemplateProcessing",
                "single": [place("<s>"), {"Sequence": {"id": "A", "type_id": 0}}, place("</s>")],
                "pair": [place("<s>"), {"Sequence": {"id": "A", "type_id": 0}}, place("</s>"), {"Sequence": {"id": "B", "type_id": 1}}, place("</s>")],
                "special_tokens": {w: {"id": w, "ids": [self.vocabulary[w]], "tokens": [w]} for w in ("<s>", "</s>")},
            },
            "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": True},
            "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##", "max_input_chars_per_word": 100, "vocab": self.vocabulary},
        }
