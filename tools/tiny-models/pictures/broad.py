"""Which broad word (see concepts.KINDS) an emoji's picture deserves, by emojibase's subgroups, and where people would argue."""

_OF_SUBGROUPS = {
    "face": "face-smiling face-affection face-tongue face-hand face-neutral-skeptical face-sleepy face-unwell face-hat face-glasses face-concerned face-negative",
    "person": "person person-gesture person-role person-fantasy person-activity person-sport person-resting family",
    "animal": "cat-face monkey-face animal-mammal animal-bird animal-amphibian animal-reptile animal-marine animal-bug",
    "plant": "plant-flower plant-other",
    "food": "food-fruit food-vegetable food-prepared food-asian food-sweet drink",
    "building": "place-building place-religious",
    "vehicle": "transport-ground transport-water transport-air",
    "clothing": "clothing",
    "musical instrument": "musical-instrument",
    "tool": "tool",
}
# Here people would argue: whether a bust is a face, a hand a person, a pen a tool.
_OPEN_SUBGROUPS = {
    "face": "face-costume cat-face monkey-face person person-gesture person-role person-fantasy person-symbol",
    "person": "face-costume hand-fingers-open hand-fingers-partial hand-single-finger hand-fingers-closed hands hand-prop body-parts person-symbol",
    "food": "dishware", "building": "place-other place-geographic",
    "tool": "writing office household science medical dishware light-video arts-crafts lock", "musical instrument": "music sound", "clothing": "sport award-medal",
}
# What its subgroup's word is not true of, or not surely.
_UNLIKE = set("""skull|skull and crossbones|horse racing|paw prints|feather|wing|coral|spiral shell|spider web|microbe|oyster|pig nose|rosette|empty nest|nest with eggs|mushroom|baby bottle|ice|pouring liquid
brick|rock|wood|wedding|fuel pump|wheel|police car light|horizontal traffic light|vertical traffic light|stop sign|construction|oil drum|motorway|railway track|bus stop|station
manual wheelchair|motorized wheelchair|roller skate|skateboard|anchor|ring buoy|seat|parachute|satellite|airplane departure|airplane arrival|gem stone|lipstick|ring|prayer beads|hair pick|folding hand fan|crown|glasses
sunglasses|goggles|handbag|purse|clutch bag|backpack|shopping bags|bomb|shield|chains|broken chain|link|gear|magnet|hook|balance scale|bow and arrow|dagger|boomerang|white cane""".replace("\n", "|").split("|"))
_OPEN_LABELS = {
    "face": "cat face|dog face|cow face|horse face|monkey face|mouse face|pig face|rabbit face|tiger face|bear|polar bear|fox|hamster|koala|lion|panda|raccoon|unicorn|wolf|eyes|eye|mouth|nose|tongue|biting lip|frog|dragon face|first quarter moon face|last quarter moon face|full moon face|new moon face|sun with face|wind face|moai|jack-o-lantern|snowman|snowman without snow|performing arts|teddy bear",
    "plant": "Christmas tree|tanabata tree|pine decoration|white flower|flower playing cards", "animal": "carousel horse|teddy bear|fried shrimp|piñata",
    "food": "shrimp|squid|crab|lobster|blowfish|octopus|fish", "vehicle": "sled|shopping cart|carousel horse|balloon|flying disc", "clothing": "ice skate|roller skate|rescue worker’s helmet|footprints", "person": "snowman|Statue of Liberty|nesting dolls|Japanese dolls|moai", "tool": "fishing pole|thermometer",
}
_TRUE_OF = {word: set(subgroups.split(" ")) for word, subgroups in _OF_SUBGROUPS.items()}
_OPEN_IN = {word: set(subgroups.split(" ")) for word, subgroups in _OPEN_SUBGROUPS.items()}
_OPEN_FOR = {word: set(labels.split("|")) for word, labels in _OPEN_LABELS.items()}
WORDS = list(_TRUE_OF)


def broad_words(label, subgroup):
    """The broad words that are true of an entry, and those that are open; all others are false."""
    own = {word for word, subgroups in _TRUE_OF.items() if subgroup in subgroups}
    disputed = {word for word in WORDS if subgroup in _OPEN_IN.get(word, ()) or label in _OPEN_FOR.get(word, ())}
    return (set(), own | disputed) if label in _UNLIKE else (own - disputed, disputed)
