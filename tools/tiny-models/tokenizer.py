"""Words to numbers: lower case, split into words and single signs, one number per known word."""
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


class Tokenizer:
    """A tokenizer that knows the given words and no others."""

    def __init__(self, words):
        self.vocabulary = {word: i for i, word in enumerate(SPECIAL + sorted(set(words)))}

    def encode(self, text):
        """Token numbers of a text between <s> and </s>; [UNK] in a text stands for itself."""
        numbers = []
        for k, part in enumerate(text.split("[UNK]")):
            if k:
                numbers.append(UNK)
            numbers += [self.vocabulary.get(word, UNK) for word in split(part)]
        return [BOS, *numbers[:MAX_LENGTH - 2], EOS]

    def encode_batch(self, texts):
        """Padded token numbers as a list of lists."""
        rows = [self.encode(text) for text in texts]
        longest = max(map(len, rows))
        return [row + [PAD] * (longest - len(row)) for row in rows]

    def json(self):
        """The Hugging Face fast-tokenizer file. WordPiece over whole words, without pieces, is a word-level model
        that every runtime of the format reads."""
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
