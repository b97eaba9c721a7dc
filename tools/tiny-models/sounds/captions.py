"""Puts statements into words, as people type labels: bare words, phrases and sentences, within the prompt's template or not."""
from functools import lru_cache

from . import phrases as said
from .forms import with_a_form
from .phrases import TEMPLATE
from .unknown import unknown_phrase, unknown_word

__all__ = ["TEMPLATE", "words"]
FORMS = 0.08  # of the captions have a word in a form of its own, which comes in pieces


@lru_cache(maxsize=None)
def _options(text):
    """([(article, name)], [sentences]) of a line of phrases, the likelier ones several times."""
    names, sentences = [], []
    for phrase in text.split("|"):
        times = 5 if phrase.startswith("*") else 1
        phrase = phrase.lstrip("*")
        if phrase.startswith("~"):
            sentences.append(phrase[1:])
            continue
        first, _, rest = phrase.partition(" ")
        names += [(first, rest) if first in ("a", "an", "the") and rest else ("", phrase)] * times
    return names, sentences


def words(rng, statement, forms=FORMS):
    """One of the ways to say the statement; that share of them with such a form."""
    what, attributes = statement
    text = unknown_phrase(rng) if what == ("other",) else _said(rng, what, attributes)
    if what != ("other",) and rng.random() < 0.06:
        text = _with_unknown_word(rng, text)
    if what != ("other",) and rng.random() < forms:
        text = with_a_form(rng, text)
    chance = rng.random()
    if chance < 0.55:
        return TEMPLATE.format(text)
    return text + "." if chance < 0.65 else text


def _said(rng, what, attributes):
    if len(what) == 2:
        first, second = (_phrase(rng, word, said.NAMES[word]) for word in what)
        if rng.random() < 0.3:
            first, second = second, first
        return _pick(rng, said.JOINTS).format(first, second)
    key = what[0] if what else "", " ".join(attributes)
    if key in said.SAID:
        return _phrase(rng, *what[:1] or [""], said.SAID[key], share=0.3)
    loudness = next((name for name in attributes if name in said.LOUDNESS), None)
    if not what:
        return _of_loudness(rng, loudness)
    if "low" in attributes or "high" in attributes:
        return _opened(rng, _pitched(rng, loudness, attributes[-1]))
    if loudness is None and attributes:
        return _opened(rng, _of_mood(rng, what[0], attributes))
    sentences = [s for s in _options(said.NAMES[what[0]])[1] if "{}" in s or not loudness]
    if sentences and rng.random() < 0.3:
        return _pick(rng, sentences).format("" if loudness is None else " " + _pick(rng, said.HOW[loudness]))
    return _opened(rng, _named(rng, what[0], loudness))


def _phrase(rng, word, text, share=0.0):
    """A name out of a line of phrases, or, for so great a share, one of its sentences."""
    names, sentences = _options(text)
    if sentences and rng.random() < share:
        return _pick(rng, sentences).format("")
    phrase = _with_article(rng, *_pick(rng, names))
    return _opened(rng, phrase) if share else phrase


def _named(rng, word, loudness):
    article, name = _pick(rng, _options(said.NAMES[word])[0])
    if loudness is None:
        return _with_article(rng, article, name)
    adjective = _pick(rng, said.LOUDNESS[loudness])
    if rng.random() < 0.08:
        return f"{_with_article(rng, article, name)} that is {adjective}"
    if name.split()[-1] in ("speaking", "talking", "barking", "laughing", "ringing", "playing") and rng.random() < 0.6:
        return f"{_with_article(rng, article, name)} {_pick(rng, said.HOW[loudness])}"
    return _with_article(rng, article, f"{adjective} {name}")


def _of_mood(rng, word, attributes):
    article, name = _pick(rng, _options(said.NAMES[word])[0])
    adjectives = [_pick(rng, said.MOODS[a]) for a in attributes]
    if rng.random() < 0.1:
        return f"{_with_article(rng, article, name)} that is {' and '.join(adjectives)}"
    return _with_article(rng, article, f"{_pick(rng, [', ', ' ', ' and ']).join(adjectives)} {name}")


def _of_loudness(rng, loudness):
    w = _pick(rng, said.LOUDNESS[loudness])
    sound = _pick(rng, said.SOUND)
    volume = ["high volume", "at high volume"] if loudness == "loud" else ["low volume", "at low volume"]
    text = _pick(rng, [w, w, w, f"a {w} sound", f"a {w} sound", f"{w} {sound}", f"{w} {sound}", f"something {w}", f"something {w}", f"a {w} {unknown_word(rng)}",
                       f"it is {w}", f"the sound is {w}", f"the audio is {w}", f"{w} sounds", f"a sound that is {w}", _pick(rng, volume)])
    return _opened(rng, text, 0.1)


def _pitched(rng, loudness, pitch):
    height, name = _pick(rng, said.PITCHES[pitch]), _pick(rng, said.PITCHED)
    if loudness is not None:
        w = _pick(rng, said.LOUDNESS[loudness])
        height = _pick(rng, [f"{w} {height}", f"{w} {height}", f"{height} {w}", f"{w}, {height}"])
    return _with_article(rng, "" if name == "tones" else "a", f"{height} {name}")


def _with_article(rng, article, name):
    chance = rng.random()
    if not article or chance < 0.2:
        return name
    if chance < 0.3 or article == "the":
        return f"the {name}"
    return ("an " if name[0] in "aeio" else "a ") + name


def _opened(rng, phrase, share=0.25):
    return _pick(rng, said.OPENINGS).format(phrase) if rng.random() < share else phrase


def _with_unknown_word(rng, phrase):
    """A word outside the vocabulary, so that such words change little."""
    split = phrase.split(" ")
    at = int(rng.integers(len(split) + 1))
    return " ".join(split[:at] + [unknown_word(rng)] + split[at:])


def _pick(rng, options):
    return options[int(rng.integers(len(options)))]
