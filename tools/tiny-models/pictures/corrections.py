"""Where Unicode's names, and what WordNet makes of them, are not what people call a picture."""

_HOURS = [f"{hour}{minutes}" for hour in "one two three four five six seven eight nine ten eleven twelve".split() for minutes in (" o\u2019clock", "-thirty")]
# Word: the emoji that people call so, too.
_ALSO = {
    "cheese": "cheese wedge", "coffee": "hot beverage", "cup of coffee": "hot beverage", "tea": "hot beverage", "beer": "beer mug|clinking beer mugs",
    "piano": "musical keyboard", "bridge": "bridge at night", "clown": "clown face", "computer": "laptop", "sheep": "ewe|ram", "cake": "shortcake",
    "cell phone": "mobile phone", "car": "taxi|oncoming taxi|sport utility vehicle", "truck": "articulated lorry", "bus": "trolleybus",
    "boat": "sailboat|speedboat|canoe|person rowing boat", "ship": "ferry", "tent": "camping", "house": "houses", "airplane": "airplane departure|airplane arrival",
    "hug": "people hugging",
    "clock": "|".join(_HOURS),
}
# Word: the emoji that are not that, for all that their names or WordNet's sound like it.
_NEVER = {
    "dog": "hot dog", "car": "railway car|tram car|bus", "bus": "railway car|police car|oncoming police car|automobile|oncoming automobile|racing car",
    "rocket": "sport utility vehicle", "tractor": "pickup truck|delivery truck", "baby": "baby chick|front-facing baby chick|baby bottle", "ear": "ear of corn",
    "cake": "fish cake with swirl|moon cake", "book": "speaker low volume|speaker medium volume|speaker high volume", "key": "headstone|lime", "phone": "headphone",
    "glasses": "clinking glasses", "hand": "folding hand fan", "bell": "bell pepper",
    "mushroom": "cloud|cloud with rain|cloud with snow|cloud with lightning|cloud with lightning and rain", "butterfly": "peacock", "beer": "ginger root",
    "pizza": "brown mushroom", "drum": "oil drum", "mouse": "computer mouse", "stone": "gem stone", "boat": "motor scooter|kick scooter", "bird": "meat on bone",
    "tent": "spider web", "lion": "seal", "banana": "monkey face|monkey", "bridge": "link", "church": "bell", "computer": "notebook|notebook with decorative cover",
}


def _by_label(table):
    found = {}
    for word, labels in table.items():
        for label in labels.split("|"):
            found.setdefault(label, []).append(word)
    return found


ALSO, NEVER = _by_label(_ALSO), _by_label(_NEVER)
