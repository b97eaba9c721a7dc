"""tokenizer.json and tokenizer_config.json, from what a source has."""
import json
import tempfile
from pathlib import Path

import torch
from tokenizers import Tokenizer

from channel import ConversionError
from folder import hub_file, read_json
from network import SENTENCES

NAMES = ("tokenizer.json", "tokenizer_config.json")


def read_tokenizer(source, override=None):
    """The two files as JSON, from a folder, a hub name, or a tokenizer.json that the user names."""
    if override is not None and Path(override).is_file():
        beside = Path(override).parent / NAMES[1]
        own = beside if beside.is_file() else hub_file(source, NAMES[1])
        return {NAMES[0]: read_json(override), NAMES[1]: read_json(own) if own else {}}
    place = source if override is None else override
    fast = hub_file(place, NAMES[0])
    if fast is None:
        return save_fast(place)
    config = hub_file(place, NAMES[1]) or hub_file(source, NAMES[1])
    return {NAMES[0]: read_json(fast), NAMES[1]: read_json(config) if config else {}}


def save_fast(place):
    """Makes tokenizer.json from older files, such as vocab.json and merges.txt."""
    from transformers import AutoTokenizer

    try:
        tokenizer = AutoTokenizer.from_pretrained(str(place), use_fast=True)
        if not tokenizer.is_fast:
            raise ValueError("there is no fast form of it")
    except Exception as error:  # whatever the many classes of tokenizers raise
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise ConversionError(
            f"{place} holds no tokenizer that can be used ({reason}): name one with --tokenizer, a tokenizer.json or its folder"
        ) from error
    return saved(tokenizer)


def saved(tokenizer):
    with tempfile.TemporaryDirectory() as folder:
        tokenizer.save_pretrained(folder)
        return {name: read_json(Path(folder) / name) for name in NAMES}


def encode(files, *, max_length, pad_id, pad_to_max=False):
    """Token ids of the fixed sentences and their mask, int64, [sentences, length]."""
    tokenizer = Tokenizer.from_str(json.dumps(files[NAMES[0]]))
    tokenizer.no_padding()
    tokenizer.enable_truncation(max_length)
    rows = [each.ids for each in tokenizer.encode_batch(SENTENCES)]
    length = max_length if pad_to_max else max(map(len, rows))
    ids = torch.tensor([row + [pad_id] * (length - len(row)) for row in rows])
    mask = torch.tensor([[1] * len(row) + [0] * (length - len(row)) for row in rows])
    return ids, mask


def pad_id_of(files):
    """The id that the folder's files will have texts padded with."""
    token = files[NAMES[1]].get("pad_token")
    name = token.get("content") if isinstance(token, dict) else token
    found = name and Tokenizer.from_str(json.dumps(files[NAMES[0]])).token_to_id(name)
    if found is None:
        raise ConversionError("tokenizer_config.json names no pad_token that tokenizer.json has")
    return found
