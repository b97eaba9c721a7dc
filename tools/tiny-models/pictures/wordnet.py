"""Reads the nouns of WordNet 3.0 (Debian's wordnet-base): synonyms, and what is more or less general than a word."""
from collections import defaultdict
from pathlib import Path

FOLDER = Path("/usr/share/wordnet")
ANIMAL, ARTEFACT, BODY, FOOD, PLACE, OBJECT, PERSON, PHENOMENON, PLANT = 5, 6, 8, 13, 15, 17, 18, 19, 20
VISIBLE = {ANIMAL, ARTEFACT, BODY, FOOD, PLACE, OBJECT, PERSON, PHENOMENON, PLANT}
# Too general to be said of a picture.
_VAGUE = set("""entity object whole artifact instrumentality matter substance causal agent organism living thing being unit structure
device equipment conveyance container implement covering commodity solid part piece body abstraction attribute region location chordate vertebrate
placental eutherian carnivore ungulate foodstuff nutriment produce instrument way surface article facility construction physical entity
psychological feature phenomenon process natural vascular tracheophyte""".split())


class Nouns:
    """Synsets by number: (field of the lexicographers, words, more general ones, less general ones)."""

    def __init__(self, folder=FOLDER):
        self.senses, self.synsets = defaultdict(list), {}
        for line in _lines(folder / "data.noun"):
            parts = line.split(" | ")[0].split(" ")
            count = int(parts[3], 16)
            words = [parts[4 + 2 * k].replace("_", " ").lower() for k in range(count)]
            rest = parts[4 + 2 * count + 1:]
            links = [(rest[k], int(rest[k + 1])) for k in range(0, len(rest) - 3, 4)]
            up = [at for sign, at in links if sign in ("@", "@i")]
            down = [at for sign, at in links if sign == "~"]
            self.synsets[int(parts[0])] = int(parts[1]), words, up, down
        for line in _lines(folder / "index.noun"):
            parts = line.strip().split(" ")
            count = int(parts[2])
            self.senses[parts[0].replace("_", " ")] = [int(at) for at in parts[-count:]]

    def sense(self, word, fields):
        """The most usual sense of the word in these fields, or None."""
        return next((at for at in self.senses.get(word, []) if self.synsets[at][0] in fields), None)

    def synonyms(self, sense):
        return self.synsets[sense][1]

    def broader(self, sense, levels=5):
        """Words for what this is a kind of, without the vaguest."""
        found = []
        for _ in range(levels):
            up = self.synsets[sense][2]
            if not up:
                break
            sense = up[0]
            found += [word for word in self.synsets[sense][1][:2] if not set(word.split()) & _VAGUE]
        return found

    def narrower(self, sense, most=8):
        """Words for kinds of this; none of people, since many of those are slurs, and no picture shows them."""
        if self.synsets[sense][0] == PERSON:
            return []
        return [self.synsets[at][1][0] for at in self.synsets[sense][3] if self.synsets[at][1][0].count(" ") < 2][:most]

    def unseen(self):
        """Single words that no picture shows: of thoughts, measures, deeds and the like."""
        return sorted(word for word, senses in self.senses.items()
                      if word.isalpha() and 3 < len(word) < 12 and self.synsets[senses[0]][0] in (7, 9, 22, 23, 24, 26) and not self.sense(word, VISIBLE))


def _lines(path):
    with open(path, encoding="utf-8") as file:
        return [line for line in file if not line.startswith("  ")]
