"""What icons and clip art are called: phrases with grades, from their own names, emojibase's keywords and WordNet."""
import re

from grades import OPEN, PARTLY, TRUE

from . import wordnet as wn
from .broad import WORDS, broad_words
from .colours import NAMES
from .corrections import ALSO, NEVER

# By emojibase's group: the fields in which WordNet is asked for its words.
_FIELDS = {"smileys-emotion": {wn.BODY}, "people-body": {wn.PERSON}, "animals-nature": {wn.ANIMAL, wn.PLANT, wn.OBJECT}, "food-drink": {wn.FOOD, wn.PLANT, wn.ARTEFACT},
           "travel-places": {wn.ARTEFACT, wn.OBJECT, wn.PLACE, wn.PHENOMENON}, "activities": {wn.ARTEFACT, wn.PERSON}, "objects": {wn.ARTEFACT, wn.BODY}}
_SUBGROUP_WORDS = {"animal-mammal": ["mammal", "wildlife"], "animal-marine": ["sea animal"], "animal-bird": ["bird"], "animal-reptile": ["reptile"], "animal-bug": ["insect", "bug"],
                   "plant-flower": ["flower"], "food-fruit": ["fruit"], "food-vegetable": ["vegetable"], "food-prepared": ["meal", "dish"], "food-sweet": ["sweets", "dessert"], "drink": ["drink", "beverage"],
                   "family": ["family"], "cat-face": ["cat"], "monkey-face": ["monkey"], "sport": ["sport", "sports"], "clothing": ["clothes"], "musical-instrument": ["music"],
                   "body-parts": ["body"], "person-sport": ["sport", "athlete"], "person-fantasy": ["fantasy"], "person-role": ["profession"], "computer": ["computer", "technology"]}
_OF_BODIES = {"hand-fingers-open", "hand-fingers-partial", "hand-single-finger", "hand-fingers-closed", "hands", "hand-prop", "body-parts"}
# What goes with a broad word.
_BESIDE = {"face": ["smiley", "emoticon"], "person": ["people"]}
# Words of other statements, and words that say nothing of a picture.
_LEFT_OUT = set(NAMES) | set("""gray circle square triangle star stars rectangle cross plus ring rings disc dot hoop stripes checkerboard dark bright light colourful plain
thing object shape pattern background picture photo video film frame the a an of on with and face-with emoji ok no yes not""".split())
_SAYS_NOTHING = set("clip art object unsorted icon media symbol sign public domain contour head line outline drawn bw cartoon silhouette slice half outlined simple".split())  # in titles of clip art
_FOLDER_WORDS = {"animals": ["animal"], "mammals": ["animal", "mammal"], "birds": ["animal", "bird"], "fish": ["animal", "fish"], "bugs": ["animal", "insect"], "food": ["food"], "fruit": ["fruit"],
                 "buildings": ["building"], "transportation": ["vehicle"], "people": ["person"], "plants": ["plant"], "flowers": ["plant", "flower"], "trees": ["plant", "tree"],
                 "tools": ["tool"], "computer": ["computer"], "dinosaurs": ["animal", "dinosaur"], "big_cats": ["animal", "cat"], "bears": ["animal", "bear"], "vegetables": ["vegetable", "food"],
                 "beverages": ["drink"], "cars": ["vehicle", "car"], "music": ["music"], "sports": ["sport"], "faces": ["face"]}
# Labels that tell who is shown.
_OF_WHOM = {"man", "men", "woman", "women", "boy", "boys", "girl", "girls", "baby", "prince", "princess", "santa", "mrs."}


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
    given, group, subgroup = entry["label"].lower(), entry["group"], entry["subgroup"]
    label = given.split(":")[0]
    label = re.sub(r" (face|symbol)$", "", label) if group in ("animals-nature", "travel-places", "activities") else label
    core = re.split(r" (with|on|in|holding|behind|and|of) ", label)[0]
    head = core.split(" ")[-1]
    phrases = {}
    _add(phrases, TRUE, [label, core, head, *ALSO.get(given, [])])
    _add(phrases, TRUE, [word for word in label.split(" ") if word in ("man", "woman", "boy", "girl", "baby", "heart", "hand", "face")])
    _add(phrases, PARTLY, [*entry.get("tags", []), *_SUBGROUP_WORDS.get(subgroup, [])])
    fields = {wn.BODY} if subgroup in _OF_BODIES else _FIELDS[group]
    for word in dict.fromkeys([label, core, head]):
        _widen(phrases, nouns, word, fields)
    for word in NEVER.get(given, []):
        phrases.pop(word, None)
    _set_broad(phrases, *broad_words(entry["label"], subgroup))
    if "person" in phrases and not _OF_WHOM & set(re.findall(r"[a-z.]+", given)):
        _leave_open(phrases, nouns)
    return phrases


def _set_broad(phrases, true, disputed):
    """The broad words of a picture, and no others."""
    for word in WORDS:
        if word in disputed:
            phrases[word] = OPEN
        elif word in true:
            phrases[word] = max(PARTLY, phrases.get(word, 0))
        else:
            phrases.pop(word, None)
    for word in true:
        _add(phrases, PARTLY, _BESIDE.get(word, []))


def _leave_open(phrases, nouns):
    """Whether somebody whom Unicode calls "person", "cook" or "guard" is drawn as a man or as a woman, each artist decided."""
    words = {}
    for word in ("man", "woman", "boy", "girl"):
        _add(words, TRUE, [word])
        _widen(words, nouns, word, {wn.PERSON})
    for word in words:
        phrases.setdefault(word, OPEN)


def of_clip_art(nouns, path, title, keywords, known):
    """{phrase: grade} of a clip-art drawing, of words that the icons' names know as well: its title's last word is true, as is who does it, other words, keywords and its folder are in part."""
    shown = _named_last(title, known) + [word for word in ("man", "woman") if path[0] == "people" and word in title.split(" ")]
    beside = [word for word in [*_known(title, known), *_known(" ".join(keywords), known)] if word not in shown]
    phrases = {}
    _add(phrases, PARTLY, [word for part in path[:-1] for word in _FOLDER_WORDS.get(part, [])])
    _add(phrases, PARTLY, beside)
    _add(phrases, TRUE, shown)
    for word in shown:
        _widen(phrases, nouns, word, {wn.ANIMAL} if "animals" in path else {wn.FOOD, wn.PLANT} if path[0] in ("food", "plants") else {wn.ARTEFACT, wn.ANIMAL, wn.PERSON, wn.PLANT, wn.FOOD})
    for named in [*shown, *(phrase for phrase in phrases if " " in phrase)]:
        for word in NEVER.get(named, []):
            phrases[word] = 0
    return phrases if shown or beside else {}


def _named_last(title, known):
    """What a title names at its end ("hat" in "my old hat with a feather"), if that is known: "baby tux" is no baby."""
    named = re.split(r" (?:with|on|in|holding|behind|and|of|under|at|from|against) | - |,", re.sub(r"\(.*?\)|[\d#_]+|^clipart by nicu buculei - ", " ", title).strip())[0]
    return _known(" ".join([w for w in re.findall(r"[a-z]+", named) if w not in _SAYS_NOTHING][-1:]), known)


def _known(text, known):
    """The words of a text that are known, in the singular, in their order."""
    words = [w if w in known else w[:-1] if w.endswith("s") and w[:-1] in known else None for w in re.findall(r"[a-z]+", text)]
    return [w for w in dict.fromkeys(words) if w and w not in _SAYS_NOTHING]
