"""The kinds of sound that are made, and what each word for sounds covers."""

# Every window of sound is of one kind; with the share of the windows that are made. Silence needs no making.
SHARES = {
    "silence": 0,
    "tone": 4, "sweep": 1.4, "noise": 2.2, "hiss": 2, "rumble": 1, "clicks": 4,
    "speech": 15, "whisper": 1.4, "robot": 1.5, "cartoon": 1.4, "babble": 1.6, "laughter": 1.2, "crying": 1, "scream": 0.8, "cheering": 1.2,
    "tune": 4.5, "piano": 3.2, "guitar": 3.2, "electric guitar": 2.6, "bass": 2.2, "strings": 3.2, "organ": 3, "flute": 3, "brass": 3.2, "saxophone": 2.8,
    "xylophone": 3, "harp": 2.6, "accordion": 2.8, "choir": 2.2, "synthesizer": 3.2, "drums": 2.2, "drone": 1,
    "orchestra": 2.2, "rock": 1.8, "metal": 1.8, "dance": 2, "jazz": 2.4, "folk": 2.2,
    "rain": 1.6, "thunder": 1.2, "wind": 1.4, "water": 1.3, "waves": 1.2, "fire": 1.2, "birds": 1.4, "dog": 1.3, "insects": 1.2, "owl": 0.8, "cat": 0.9, "horse": 1,
    "engine": 1.4, "traffic": 1.1, "train": 1.3, "helicopter": 1.1, "drill": 1.1, "hum": 1.1, "factory": 1, "siren": 1.3, "alarm": 1.2, "phone": 1.2, "bell": 1.3, "whistle": 1, "horn": 1, "laser": 1,
    "footsteps": 1.3, "typing": 1.4, "knocking": 1.1, "creak": 1, "explosion": 1.1, "gunshots": 1.1, "applause": 1.5, "crackle": 1,
}
KINDS = list(SHARES)
NUMBER = {name: k for k, name in enumerate(KINDS)}

INSTRUMENTS = ["piano", "guitar", "electric guitar", "bass", "strings", "organ", "flute", "brass", "saxophone", "xylophone", "harp", "accordion", "synthesizer"]
BANDS = ["orchestra", "rock", "metal", "dance", "jazz", "folk"]
MUSIC = ["tune", *INSTRUMENTS, *BANDS]

# Every word for sounds: the kinds of which it is true, and after "|" those about which people would argue. Of all others it is false.
_COVERS = {
    "silence": "silence",
    "tone": "tone | sweep alarm phone siren hum whistle horn drone flute synthesizer organ bell owl laser",
    "sweep": "sweep | siren laser whistle owl birds",
    "noise": "noise hiss rumble | rain wind water waves applause thunder fire traffic train engine drill factory hum crackle cheering babble explosion helicopter",
    "hiss": "hiss | noise rain waves water wind fire",
    "rumble": "rumble | noise thunder wind engine train explosion traffic helicopter drone hum",
    "clicks": "clicks | typing crackle knocking footsteps horse insects fire creak gunshots",
    "speech": "speech | whisper robot cartoon babble",
    "voices": "speech whisper robot cartoon babble | laughter crying scream cheering choir",
    "whisper": "whisper", "robot": "robot", "cartoon": "cartoon",
    "babble": "babble | cheering",
    "laughter": "laughter", "crying": "crying", "scream": "scream", "cheering": "cheering | babble applause",
    "music": "MUSIC | drums choir drone bell phone",
    "instrument": "piano guitar electric_guitar bass strings organ flute brass saxophone xylophone harp accordion | tune drums synthesizer BANDS choir bell drone",
    "piano": "piano | tune jazz", "guitar": "guitar electric_guitar | rock metal folk jazz tune", "acoustic guitar": "guitar | folk tune harp", "electric guitar": "electric_guitar | rock metal",
    "bass": "bass | rock jazz dance metal folk tune", "strings": "strings | orchestra folk tune", "organ": "organ | accordion tune", "flute": "flute | folk whistle tune orchestra",
    "brass": "brass | orchestra jazz saxophone tune", "saxophone": "saxophone | jazz brass", "xylophone": "xylophone | bell tune", "harp": "harp | guitar tune", "accordion": "accordion | organ folk",
    "choir": "choir", "synthesizer": "synthesizer | dance tune drone", "drums": "drums | rock metal dance jazz tune", "drone": "drone | hum organ synthesizer rumble",
    "orchestra": "orchestra | strings brass", "rock": "rock | metal electric_guitar", "metal": "metal | rock electric_guitar", "dance": "dance | synthesizer", "jazz": "jazz | saxophone piano bass", "folk": "folk | guitar accordion",
    "rain": "rain", "thunder": "thunder | explosion rumble", "wind": "wind", "water": "water | waves rain", "waves": "waves | water", "fire": "fire | crackle",
    "birds": "birds | owl", "dog": "dog", "insects": "insects", "owl": "owl", "cat": "cat", "horse": "horse",
    "animals": "birds dog insects owl cat horse", "nature": "rain thunder wind water waves birds insects owl | fire dog horse cat", "weather": "rain thunder wind",
    "engine": "engine | traffic train helicopter drill factory rumble", "traffic": "traffic | engine horn", "train": "train", "helicopter": "helicopter", "drill": "drill | factory engine",
    "hum": "hum | drone drill", "factory": "factory | drill engine", "machine": "engine drill factory helicopter train | traffic hum typing clicks alarm phone", "vehicle": "engine traffic train helicopter | horn siren",
    "siren": "siren | alarm sweep", "alarm": "alarm | siren phone tone", "phone": "phone | alarm bell", "bell": "bell | phone xylophone", "whistle": "whistle | flute tone", "horn": "horn | brass alarm", "laser": "laser | sweep",
    "footsteps": "footsteps | horse knocking", "typing": "typing | clicks", "knocking": "knocking | footsteps", "creak": "creak", "explosion": "explosion | thunder gunshots", "gunshots": "gunshots | explosion",
    "applause": "applause | cheering", "crackle": "crackle | fire clicks",
}


def _kinds(text):
    names = []
    for word in text.split():
        names += {"MUSIC": MUSIC, "BANDS": BANDS}.get(word, [word.replace("_", " ")])
    return [NUMBER[name] for name in names]


COVERS = {word: tuple(_kinds(part) for part in (text + "|").split("|")[:2]) for word, text in _COVERS.items()}
