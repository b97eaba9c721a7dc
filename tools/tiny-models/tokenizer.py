"""Words to numbers: lower case, split into words and single signs, one number per known word."""
import re

import captions
from colours import NAMES
from draw import SHAPES

PAD, UNK, BOS, EOS = 0, 1, 2, 3
SPECIAL = ["[PAD]", "[UNK]", "<s>", "</s>"]
MAX_LENGTH = 32
_SPLIT = re.compile(r"[^\W_]+|[^\s\w]|_")
# The same in the syntax of tokenizer.json.
SPLIT_REGEX = r"[\p{L}\p{N}]+|[^\s\p{L}\p{N}]"
_MORE = """a an the of with on in over in front against and that is this there very mostly all everywhere something thing
object objects shape shapes pattern colour color colours colors background backdrop ground wall surface plain empty blank
dark gloomy bright light colourful colorful vivid multicoloured multicolored colourless colorless monochrome gray
striped stripe stripes lines checkerboard chessboard checkers checked sign signs drawing , . -""".split()


def split(text):
    """The words and signs of a text, lower-cased."""
    return _SPLIT.findall(text.lower())


def build_vocabulary():
    """Every word that captions use, after the special ones."""
    found = set(NAMES) | set(_MORE) | set(captions.PICTURE)
    for shape in SHAPES:
        for pair in captions.SHAPE_WORDS.get(shape, []):
            found |= {w for form in pair for w in form.split()}
    return {word: i for i, word in enumerate(SPECIAL + sorted(found))}


VOCABULARY = build_vocabulary()


def encode(text):
    """Token numbers of a text between <s> and </s>; [UNK] in a text stands for itself."""
    numbers = []
    for k, part in enumerate(text.split("[UNK]")):
        if k:
            numbers.append(UNK)
        numbers += [VOCABULARY.get(word, UNK) for word in split(part)]
    return [BOS, *numbers[:MAX_LENGTH - 2], EOS]


def encode_batch(texts):
    """Padded token numbers as a list of lists."""
    rows = [encode(text) for text in texts]
    longest = max(map(len, rows))
    return [row + [PAD] * (longest - len(row)) for row in rows]


def tokenizer_json():
    """The Hugging Face fast-tokenizer file. WordPiece over whole words, without pieces, is a word-level model
    that every runtime of the format reads."""
    def special(word):
        return {"id": VOCABULARY[word], "content": word, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}

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
            "special_tokens": {w: {"id": w, "ids": [VOCABULARY[w]], "tokens": [w]} for w in ("<s>", "</s>")},
        },
        "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": True},
        "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##", "max_input_chars_per_word": 100, "vocab": VOCABULARY},
    }
