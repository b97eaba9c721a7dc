"""What icons and clip art are called: phrases with grades, from their own names, emojibase's keywords and WordNet."""
import re

from grades import PARTLY, TRUE

from . import wordnet as wn
from .colours import NAMES

# By emojibase's group: the fields in which WordNet is asked for its words.
_FIELDS = {0: {wn.BODY}, 1: {wn.PERSON, wn.BODY}, 3: {wn.ANIMAL, wn.PLANT, wn.OBJECT}, 4: {wn.FOOD, wn.PLANT, wn.ARTEFACT},
           5: {wn.ARTEFACT, wn.OBJECT, wn.PLACE, wn.PHENOMENON}, 6: {wn.ARTEFACT, wn.PERSON}, 7: {wn.ARTEFACT, wn.BODY}}
_GROUP_WORDS = {0: ["face", "smiley", "emoticon"], 1: ["person", "people"], 3: [], 4: ["food"], 5: [], 6: [], 7: ["object"]}
_SUBGROUP_WORDS = {34: ["animal", "mammal", "wildlife"], 35: ["animal", "bird"], 36: ["animal"], 37: ["animal", "reptile"], 38: ["animal", "sea animal", "fish"], 39: ["animal", "insect", "bug"],
                   40: ["plant", "flower"], 41: ["plant"], 42: ["fruit"], 43: ["vegetable"], 44: ["meal", "dish"], 46: ["sweets", "dessert"], 47: ["drink", "beverage"],
                   51: ["building"], 52: ["building"], 30: ["family", "people"], 12: ["cat"], 13: ["monkey"], 62: ["sport", "sports"], 65: ["clothing", "clothes"], 68: ["musical instrument", "music"],
                   78: ["tool"], 22: ["body"], 28: ["sport", "athlete"], 26: ["fantasy"], 25: ["profession"], 70: ["computer", "technology"]}
# Words of other statements, and words that say nothing of a picture.
_LEFT_OUT = set(NAMES) | set("""gray circle square triangle star stars rectangle cross plus ring rings disc dot hoop stripes checkerboard dark bright light colourful plain
thing object shape pattern background picture photo video film frame the a an of on with and face-with emoji ok no yes not""".split())
_SAYS_NOTHING = set("clip art object unsorted icon media symbol sign public domain contour head line".split())  # in titles of clip art
_FOLDER_WORDS = {"animals": ["animal"], "mammals": ["animal", "mammal"], "birds": ["animal", "bird"], "fish": ["animal", "fish"], "bugs": ["animal", "insect"], "food": ["food"], "fruit": ["fruit"],
                 "buildings": ["building"], "transportation": ["vehicle"], "people": ["person"], "plants": ["plant"], "flowers": ["plant", "flower"], "trees": ["plant", "tree"],
                 "tools": ["tool"], "computer": ["computer"], "dinosaurs": ["animal", "dinosaur"], "big_cats": ["animal", "cat"], "bears": ["animal", "bear"], "vegetables": ["vegetable", "food"],
                 "beverages": ["drink"], "cars": ["vehicle", "car"], "music": ["music"], "sports": ["sport"], "faces": ["face"]}
# What people call what Unicode calls otherwise.
_ALSO = {"cheese wedge": ["cheese"], "hot beverage": ["coffee", "cup of coffee", "tea"], "beer mug": ["beer"], "clinking beer mugs": ["beer"], "musical keyboard": ["piano"],
         "bridge at night": ["bridge"], "clown face": ["clown"], "laptop": ["computer"], "ewe": ["sheep"], "ram": ["sheep"], "shortcake": ["cake"], "mobile phone": ["cell phone"]}


def _add(phrases, grade, words):
    for word in words:
        word = word.lower().replace("’", "'").strip(" .!")
        if 1 < len(word) < 34 and word not in _LEFT_OUT and re.fullmatch(r"[a-z][a-z' -]*", word):
            phrases[word] = max(grade, phrases.get(word, 0))


def _widen(phrases, nouns, word, fields):
    """What WordNet knows of a word; its first sense in these fields only."""
    sense = nouns.sense(word, fields)
    if sense is None:
        return
    _add(phrases, TRUE, nouns.synonyms(sense))
    _add(phrases, PARTLY, nouns.broader(sense))
    _add(phrases, PARTLY, nouns.narrower(sense))


def of_emoji(nouns, entry):
    """{phrase: grade} of an entry of emojibase."""
    label = entry["label"].lower().split(":")[0]
    label = re.sub(r" (face|symbol)$", "", label) if entry["group"] in (3, 5, 6) else label
    core = re.split(r" (with|on|in|holding|behind|and|of) ", label)[0]
    head = core.split(" ")[-1]
    phrases = {}
    _add(phrases, TRUE, [label, core, head, *_ALSO.get(entry["label"].lower(), [])])
    _add(phrases, TRUE, [word for word in label.split(" ") if word in ("man", "woman", "boy", "girl", "baby", "heart", "hand", "face")])
    _add(phrases, PARTLY, [*entry.get("tags", []), *_GROUP_WORDS[entry["group"]], *_SUBGROUP_WORDS.get(entry.get("subgroup"), [])])
    for word in dict.fromkeys([label, core, head]):
        _widen(phrases, nouns, word, _FIELDS[entry["group"]])
    return phrases


def of_clip_art(nouns, path, title, keywords, known):
    """{phrase: grade} of a clip-art drawing, of words that the icons' names know as well: its title's last one is true, other words, keywords and its folder are in part."""
    said = _known(re.split(r" (with|on|in|holding|behind|and|of|under|at) ", title)[0], known)
    shown, beside = said[-1:], [*said[:-1], *_known(title, known), *_known(" ".join(keywords), known)]
    phrases = {}
    _add(phrases, PARTLY, [word for part in path[:-1] for word in _FOLDER_WORDS.get(part, [])])
    _add(phrases, PARTLY, beside)
    _add(phrases, TRUE, shown)
    for word in shown:
        _widen(phrases, nouns, word, {wn.ANIMAL} if "animals" in path else {wn.FOOD, wn.PLANT} if path[0] in ("food", "plants") else {wn.ARTEFACT, wn.ANIMAL, wn.PERSON, wn.PLANT, wn.FOOD})
    return phrases if shown or beside else {}


def _known(text, known):
    """The words of a text that are known, in the singular, in their order."""
    words = [w if w in known else w[:-1] if w.endswith("s") and w[:-1] in known else None for w in re.findall(r"[a-z]+", text)]
    return [w for w in dict.fromkeys(words) if w and w not in _SAYS_NOTHING]
