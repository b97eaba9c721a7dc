"""Puts statements into words, as people type labels: bare words, phrases, with and without "a photo of"."""
from .colours import NAMES
from .draw import SHAPES

UNKNOWN = "\0"  # stands for a word that no picture shows
PICTURE = ["picture", "image", "photo", "photograph", "frame", "scene", "screen", "video", "shot", "view", "film"]
OPENINGS = ["a photo of {}", "a picture of {}", "an image of {}", "a photo of {}.", "a video of {}", "a frame with {}",
            "a picture with {}", "a scene with {}", "this is {}", "{}.", "a photograph of {}", "a drawing of {}", "there is {}"]
SHAPE_WORDS = {
    "circle": [("circle", "circles"), ("circle", "circles"), ("circle", "circles"), ("disc", "discs"), ("disk", "disks"), ("dot", "dots")],
    "square": [("square", "squares")],
    "triangle": [("triangle", "triangles")],
    "star": [("star", "stars")],
    "rectangle": [("rectangle", "rectangles")],
    "cross": [("cross", "crosses"), ("cross", "crosses"), ("plus", "pluses"), ("plus sign", "plus signs")],
    "ring": [("ring", "rings"), ("ring", "rings"), ("hoop", "hoops")],
}
CHECKERS = ["a checkerboard", "checkerboard", "a chessboard", "checkers", "a checkerboard pattern", "a checked pattern"]
GROUND = ["background", "background", "background", "backdrop", "ground"]


class Captions:
    """Says statements, given the pool's phrases, the packs' sentences, and words that no picture shows."""

    def __init__(self, phrases, sentences, unseen):
        self.phrases, self.sentences, self.unseen = phrases, sentences, unseen

    def words(self, rng, statement):
        """One of the ways to say the statement."""
        kind, c, s, g = statement
        if kind == "sentence":
            return _shortened(rng, self.sentences[s][0])
        if kind == "styled":
            phrase = _styled(rng, self.phrases[s], self.phrases[g])
        elif kind in ("word", "word-on", "tinted"):
            phrase = _with_phrase(rng, kind, c, self.phrases[s], g)
        else:
            phrase = _PHRASES[kind](rng, c, s, g)
        if kind != "other":
            phrase = _with_unknown_words(rng, phrase)
        while UNKNOWN in phrase:
            phrase = phrase.replace(UNKNOWN, self._unknown(rng), 1)
        return _opened(rng, phrase)

    def _unknown(self, rng):
        if rng.random() < 0.25:
            return "".join(_pick(rng, "abcdefghijklmnopqrstuvwxyz") for _ in range(int(rng.integers(3, 10))))
        return _pick(rng, self.unseen)


def _shortened(rng, sentence):
    """The sentence, at times without a word or with one of its halves only."""
    words = sentence.split(" ")
    if rng.random() < 0.35:
        del words[int(rng.integers(len(words)))]
    return " ".join(words)


def _many(word):
    return word if word.endswith("s") else word + ("es" if word.endswith(("x", "ch", "sh")) else "s")


def _with_article(rng, text):
    return text if text.startswith(("a ", "an ", "the ", "in ", "by ")) or rng.random() < 0.35 else _a(text)


def _with_phrase(rng, kind, c, text, g):
    if kind == "word":
        said = _many(text) if rng.random() < 0.12 and " " not in text else _with_article(rng, text)
        return _pick(rng, [said, said, said, said, said, said, f"{_a(_pick(rng, PICTURE))} of {said}", f"{_a(_pick(rng, PICTURE))} with {said}", f"{said} in the {_pick(rng, PICTURE)}"])
    bare = text.removeprefix("a ").removeprefix("an ").removeprefix("the ")
    if kind == "tinted":
        said = f"{_name(rng, c)} {bare}"
        return _pick(rng, [_a(said), _a(said), said, f"{_a(bare)} that is {_name(rng, c)}", f"the {said}"])
    return _on(rng, bare, g)


def _styled(rng, text, look):
    """A phrase and a look in one: "a blurry forest", "a cartoon of a cat"."""
    thing, how = _with_article(rng, text), look.removeprefix("a ").removeprefix("an ")
    bare = text.removeprefix("a ").removeprefix("an ").removeprefix("the ")
    picture = _pick(rng, PICTURE)
    if look.startswith(("a ", "an ")) or " " in how:
        return _pick(rng, [f"{look} of {thing}", f"{thing}, {look}", f"{look} with {thing}", f"{thing} in {look}"])
    return _pick(rng, [_a(f"{how} {bare}"), f"{how} {bare}", _a(f"{how} {picture}") + f" of {thing}", f"{thing}, {how}"])


def _pick(rng, options):
    return options[int(rng.integers(len(options)))]


def _name(rng, colour):
    name = NAMES[colour]
    return "gray" if name == "grey" and rng.random() < 0.45 else name


def _a(phrase):
    return ("an " if phrase[0] in "aeio" else "a ") + phrase


def _opened(rng, phrase):
    return _pick(rng, OPENINGS).format(phrase) if rng.random() < 0.3 else phrase


def _with_unknown_words(rng, phrase):
    """A word outside the vocabulary now and then, so that such words change little."""
    if rng.random() > 0.12:
        return phrase
    split = phrase.split(" ")
    at = int(rng.integers(len(split) + 1))
    return " ".join(split[:at] + [UNKNOWN] + split[at:])


def _colour(rng, c, s, g):
    n, picture = _name(rng, c), _pick(rng, PICTURE)
    color = _pick(rng, ["colour", "color"])
    return _pick(rng, [n, n, n, _a(n), _a(f"{n} {picture}"), f"{n} {picture}", _a(f"{n} {picture}"), f"mostly {n}", f"{n} {color}", f"the {color} {n}",
                       f"all {n}", f"{n} everywhere", _a(f"{n} wall"), _a(f"{n} surface"), f"{_a(picture)} that is {n}", _a(f"{n} {UNKNOWN}")])


def _shape_word(rng, s):
    """The singular and plural of a shape."""
    return _pick(rng, SHAPE_WORDS[SHAPES[s]])


def _shape(rng, c, s, g):
    if SHAPES[s] == "checkerboard":
        return _pick(rng, CHECKERS)
    if SHAPES[s] == "stripes":
        return _pick(rng, ["stripes", "stripes", "stripes", "a striped picture", "a striped pattern", "striped", "stripes pattern", "lines", f"a {_pick(rng, PICTURE)} of stripes"])
    one, many = _shape_word(rng, s)
    return _pick(rng, [one, one, _a(one), _a(one), _a(one), many, f"{_a(one)} shape", f"the {one}", f"{one} shape", f"{_a(_pick(rng, PICTURE))} with {_a(one)}"])


def _object(rng, c, s, g):
    n = _name(rng, c)
    if SHAPES[s] == "checkerboard":
        return _pick(rng, [_a(f"{n} checkerboard"), f"{n} checkerboard", _a(f"{n} chessboard"), _a(f"{n} checked pattern")])
    if SHAPES[s] == "stripes":
        return _pick(rng, [f"{n} stripes", f"{n} stripes", f"{n} lines", _a(f"{n} striped pattern")])
    one, many = _shape_word(rng, s)
    return _pick(rng, [_a(f"{n} {one}"), _a(f"{n} {one}"), _a(f"{n} {one}"), f"{n} {one}", f"{n} {one}", f"{n} {many}", f"the {n} {one}", f"{_a(one)} that is {n}",
                       f"{_a(_pick(rng, PICTURE))} with {_a(f'{n} {one}')}"])


def _ground_phrase(rng, g):
    return f"{_name(rng, g)} {_pick(rng, GROUND)}"


def _ground(rng, c, s, g):
    phrase = _ground_phrase(rng, g)
    return _pick(rng, [_a(phrase), _a(phrase), phrase, f"the {phrase}", f"something on {_a(phrase)}", f"{_a(_pick(rng, PICTURE))} with {_a(phrase)}"])


def _on(rng, what, g):
    """What lies on a background: what is given without its article."""
    n, phrase = _name(rng, g), _ground_phrase(rng, g)
    article = "" if rng.random() < 0.25 else "a"
    thing = what if not article else _a(what)
    return _pick(rng, [f"{thing} on {_a(phrase)}", f"{thing} on {_a(phrase)}", f"{thing} on {_a(phrase)}", f"{thing} on {n}", f"{thing} on {phrase}",
                       f"{thing} over {_a(phrase)}", f"{thing} in front of {_a(phrase)}", f"{thing} with {_a(phrase)}", f"{thing}, {phrase}",
                       f"{_a(phrase)} with {_a(what)}", f"{_a(phrase)} and {_a(what)}", f"{what} against {_a(phrase)}"])


def _scene(rng, c, s, g):
    return _on(rng, f"{_name(rng, c)} {_shape_word(rng, s)[0]}", g)


def _shape_on(rng, c, s, g):
    return _on(rng, _shape_word(rng, s)[0], g)


def _pattern(rng, c, s, g):
    a, b = _name(rng, c), _name(rng, g)
    if SHAPES[s] == "stripes":
        return _pick(rng, [f"{a} and {b} stripes", f"{a} and {b} stripes", f"stripes in {a} and {b}", f"{a} stripes on {b}", f"{a} stripes on {_a(b)} background", f"{a} {b} stripes"])
    return _pick(rng, [_a(f"{a} and {b} checkerboard"), _a(f"{a} and {b} checkerboard"), f"{a} and {b} checkerboard", _a(f"{a} and {b} chessboard"), f"a checkerboard in {a} and {b}", f"{a} and {b} checkers"])


def _thing(rng, c, s, g):
    n = _name(rng, c)
    return _pick(rng, [f"something {n}", f"something {n}", _a(f"{n} shape"), f"{n} shape", _a(f"{n} thing"), _a(f"{n} object"), f"{n} shapes"])


def _whole(*adjectives):
    """A property of the whole picture, bare or with a noun."""
    def phrase(rng, c, s, g):
        w, picture = _pick(rng, adjectives), _pick(rng, PICTURE)
        return _pick(rng, [w, w, w, _a(f"{w} {picture}"), _a(f"{w} {picture}"), f"{w} {picture}", f"very {w}", f"{_a(picture)} that is {w}", f"{_a(f'very {w} {picture}')}", _a(f"{w} {UNKNOWN}")])
    return phrase


def _other(rng, c, s, g):
    u = UNKNOWN
    return _pick(rng, [u, u, f"a {u}", f"a {u}", f"{u} {u}", f"a {u} {u}", f"{u} {u} {u}", f"a {u} {_pick(rng, PICTURE)}", f"a {u} on a {u}", f"{u} with a {u}", f"the {u}"])


_PHRASES = {
    "colour": _colour, "shape": _shape, "object": _object, "ground": _ground, "scene": _scene, "shape-on": _shape_on,
    "pattern": _pattern, "thing": _thing, "other": _other,
    "dark": _whole("dark", "dark", "dark", "gloomy"),
    "bright": _whole("bright", "bright", "bright", "light"),
    "colourful": _whole("colourful", "colorful", "colourful", "colorful", "vivid", "multicoloured", "multicolored"),
    "colourless": _whole("colourless", "colorless", "monochrome", "black and white", "black-and-white"),
    "plain": _whole("plain", "empty", "blank"),
}
