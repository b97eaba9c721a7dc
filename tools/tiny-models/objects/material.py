"""Drawn icons of open licences: which packages, which of their icons are what, and how they become pictures."""
import json
import subprocess
import tarfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from io import BytesIO

import numpy as np
from PIL import Image

SIDE = 128  # pixels of an icon's longer side


@dataclass(frozen=True)
class Package:
    """A set of icons on npm."""
    name: str
    version: str
    licence: str
    by: str


TRAINING = [
    Package("@iconify-json/noto", "1.2.9", "Apache-2.0", "Google"),
    Package("@iconify-json/noto-v1", "1.2.5", "Apache-2.0", "Google"),
    Package("@iconify-json/fluent-emoji-flat", "1.2.6", "MIT", "Microsoft"),
    Package("@iconify-json/twemoji", "1.2.5", "CC-BY-4.0", "Twitter and others"),
]
HELD_OUT = [
    Package("@iconify-json/emojione", "1.2.3", "CC-BY-4.0", "EmojiOne"),
    Package("@iconify-json/streamline-emojis", "1.2.4", "CC-BY-4.0", "Streamline"),
]
CLASSES = ["face", "person", "car", "animal"]
OTHER = "other"  # clutter: things of no class
MOST = {"face": 130, "person": 130, "car": 20, "animal": 130, OTHER: 170}  # of a package

ANIMALS = set("""badger bear beaver bison boar buffalo camel cat chipmunk cow deer dog donkey ewe fox giraffe goat gorilla hamster hedgehog
    hippopotamus horse kangaroo koala leopard lion llama mammoth monkey moose mouse orangutan otter ox panda pig poodle rabbit raccoon ram rhinoceros
    skunk sloth tiger unicorn wolf zebra""".split())
NO_ANIMALS = set("and black carousel computer evil food gesturing hot man nose paw person racing ribbon riding trap woman".split())
CARS = {"automobile", "oncoming-automobile", "taxi", "oncoming-taxi", "police-car", "oncoming-police-car", "sport-utility-vehicle"}
PEOPLE = set("adult baby boy child girl man older old person woman".split())
NO_PEOPLE = set("""and angel ball basketball bath bed bicycle biking boat bottle bouncing bowling bubbles bunny cartwheeling chick climbing driving family feeding flag key
    hat heart in holding horse jeans kiss lifting merperson mountain polo rowing santa seat skiing snowboarder surfing swimming symbol taking
    water wheelchair wrestling""".split())
# Of clutter nothing that is itself nearly a shape or an object that is looked for.
OTHER_KINDS = {"Food & Drink", "Objects", "Food", "Food Drink"}
NO_CLUTTER = set("""ball bath bathtub bed bagel basket bell blue book bowl bubbles button card cartwheel clock closed coin computer cookie disk doughnut door dvd egg envelope face
    fish fortune frame gear grapes green hamburger incoming inbox kiwi label ledger lollipop mirror mobile moai moon mouse optical orange package page pan pancakes person picture pie
    pizza plate pot postbox radio record red rice ring roll round shirt square star stop swirl tangerine telephone television tomato train trackball watch waffle wheel window""".split())


def class_of(name, kind):
    """The class of an icon by its name and its set's kind, OTHER, or None where people would argue."""
    words = name.split("-")
    if name in CARS:
        return "car"
    if ANIMALS & set(words) and not NO_ANIMALS & set(words):
        return "animal"
    if (words[0] == "face" or words[-1] == "face" or words[-2:-1] == ["face"]) and not {"moon", "sun", "wind", "dragon", "robot", "alien", "clouds", "frog"} & set(words):
        return "face"
    if words[0] in PEOPLE and not NO_PEOPLE & set(words):
        return "person"
    return OTHER if kind in OTHER_KINDS and not NO_CLUTTER & set(words) else None


def fetch(packages, folder, workers):
    """Brings the packages by npm, and draws their icons.

    folder keeps both, so that a second run needs no network. Returns by class a list of RGBA uint8 [height, width, 4], cut to what is seen.
    """
    folder.mkdir(parents=True, exist_ok=True)
    found = {name: [] for name in [*CLASSES, OTHER]}
    for package in packages:
        kept = folder / f"{package.name.split('/')[1]}-{package.version}-{SIDE}.npz"
        if not kept.exists():
            np.savez_compressed(kept, **_draw_package(package, folder, workers))
        with np.load(kept) as icons:
            for key in icons.files:
                found[key.split("/")[0]].append(icons[key])
    return found


def _draw_package(package, folder, workers):
    archive = subprocess.run(["npm", "pack", "--silent", "--pack-destination", str(folder), f"{package.name}@{package.version}"],
                             check=True, stdout=subprocess.PIPE, text=True).stdout.split()[-1]
    with tarfile.open(folder / archive) as files:
        icons, kinds = (json.load(files.extractfile(f"package/{name}.json")) for name in ("icons", "metadata"))
    (folder / archive).unlink()
    kind_of = {name: kind for kind, names in kinds["categories"].items() for name in names}
    names = {name: [] for name in MOST}
    for name, icon in icons["icons"].items():
        kind = None if icon.get("hidden") else class_of(name, kind_of.get(name))
        if kind is not None:
            names[kind].append(name)
    rng = np.random.default_rng(0)
    chosen = [(kind, name) for kind, all_of_it in names.items() for name in rng.permutation(all_of_it)[:MOST[kind]]]
    with ThreadPoolExecutor(workers) as pool:
        drawn = list(pool.map(lambda pair: _draw(icons, pair[1]), chosen))
    return {f"{kind}/{name}": picture for (kind, name), picture in zip(chosen, drawn) if picture is not None}


def _draw(icons, name):
    """One icon as rsvg-convert draws it, cut to what is seen; None where nothing is."""
    icon = icons["icons"][name]
    width, height = (icon.get(key, icons.get(key, 16)) for key in ("width", "height"))
    svg = (f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="{2 * SIDE}" height="{2 * SIDE}" '
           f'viewBox="0 0 {width} {height}">{icon["body"]}</svg>')
    png = subprocess.run(["rsvg-convert"], input=svg.encode(), check=True, stdout=subprocess.PIPE).stdout
    picture = Image.open(BytesIO(png)).convert("RGBA")
    box = picture.getchannel("A").point(lambda alpha: 255 if alpha > 100 else 0).getbbox()
    if box is None:
        return None
    picture = picture.crop(box)
    scale = SIDE / max(picture.size)
    return np.asarray(picture.resize([max(1, round(size * scale)) for size in picture.size], Image.BILINEAR, reducing_gap=2))
