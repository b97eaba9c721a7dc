"""The sentences of the label packs for video, and what in them the pair can see: looks, and things of which any will do."""
import re
from pathlib import Path

LABELS = Path(__file__).resolve().parents[3] / "packages/combined/labels"
FILES = ["video.txt", "film-video.txt"]
# Words for looks in these sentences, beside the concepts' own.
_LOOKS = {"photo": "photographic", "photographed": "photographic", "snapshot": "photographic", "selfie": "photographic", "footage": "photographic", "cinema": "widescreen", "movie": "widescreen",
          "drawn": "drawn", "painted": "drawn", "computer-generated": "drawn", "puppet": "drawn", "documentary": "photographic", "illustration": "drawn", "dim": "underexposed", "surveillance": "security",
          "CCTV": "security", "noisy": "noisy", "vintage": "old film", "flickering": "old film", "tiny": "pixelated", "brilliant": "vivid", "polished": "clean"}
_LEFT_OUT = set("""scene view still shot frame long old full high real two first up great one back big look playing close series hand's good show over time long-ago arm
few last way home taken taking film camera picture video movie opening through above front behind being little part white black lit""".split())


def sentences():
    """All sentences of the packs."""
    lines = [line.strip() for name in FILES for line in (LABELS / name).read_text().splitlines()]
    return list(dict.fromkeys(line for line in lines if line and line[0] not in "[(#"))


def read(phrases):
    """[(sentence, names of looks, columns of things)] for each sentence in which something can be seen, and the others."""
    from .concepts import LOOKS, WORDS_FOR
    columns, looks = {}, dict(_LOOKS)
    for text, column in phrases.column.items():
        columns[re.sub(r"^(a|an|the) ", "", text)] = column
    for look in LOOKS:
        for text in WORDS_FOR[look]:
            looks[re.sub(r"^(a|an|the) ", "", text)] = look
    for plain in ("soft", "smooth", "clear", "real", "recording", "static", "icon", "compressed", "dust"):
        looks.pop(plain, None)
    seen, unseen = [], []
    for sentence in sentences():
        found = _found(sentence, columns, looks)
        (seen if found[0] or found[1] else unseen).append((sentence, *found))
    return seen, [sentence for sentence, *_ in unseen]


def _found(sentence, columns, looks):
    words = re.findall(r"[a-z'-]+", sentence.lower())
    at, seen, things = 0, [], []
    while at < len(words):
        for length in range(min(6, len(words) - at), 0, -1):
            text = " ".join(words[at:at + length])
            forms = [text, text.removesuffix("s"), text.removesuffix("es"), text.removesuffix("'s")]
            look = next((looks[f] for f in forms if f in looks), None)
            thing = next((columns[f] for f in forms if f in columns and f not in _LEFT_OUT and len(f) > 2), None)
            if look or thing is not None:
                seen += [look] if look else []
                things += [] if look else [thing]
                at += length
                break
        else:
            at += 1
    return list(dict.fromkeys(seen)), list(dict.fromkeys(things))
