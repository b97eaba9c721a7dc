"""Which icons of many artists' sets show what the emoji show: by their names in each set."""
import json
import re
import unicodedata

from .draw import SIZE

# Emoji in full colour, drawn by one artist or house each; the last is held out, and its first version (noto-v1) is used nowhere.
EMOJI_SETS = ["fluent-emoji", "fluent-emoji-flat", "twemoji", "emojione", "fxemoji", "streamline-emojis", "noto"]
HELD_OUT_SET = "noto"
# Emoji in one ink.
EMOJI_INK_SETS = ["fluent-emoji-high-contrast", "emojione-monotone"]
# Icons of user interfaces, maps and games: what they call by the name of an emoji. In the first of them in colours, else in one ink.
WORD_SETS = {"icon-park": ("", "-one", "-two"), "mdi": ("", "-side"), "ph": ("-fill", "-duotone", ""), "mingcute": ("-fill", "-line"), "tabler": ("", "-filled"), "fa6-solid": ("", "-side", "-whole"),
             "game-icons": ("", "-head", "-face"), "hugeicons": ("", "-01", "-02", "-03")}
INK_SETS = {*EMOJI_INK_SETS, *WORD_SETS} - {"icon-park"}
_PREFIXES = ("food-", "fruit-")
# Names that interfaces give to something else: brands, tables of figures, the mouse on a desk.
_OTHERWISE = set("""mouse table window chrome link wave hash memo bug swift go drop pin play box stop back end soon top cell column python tray map wind droplet person people user
family key lock light mobile phone hand""".split())
_ONLY_IN = {"apple": {"fa6-solid", "tabler"}, "key": {"mdi", "ph", "fa6-solid", "game-icons"}, "phone": {"mdi", "ph", "fa6-solid", "icon-park"}, "hand": {"mdi", "game-icons", "fa6-solid"}}


def _squashed(text):
    return re.sub(r"[^a-z0-9]", "", text.lower())


def _svg(icons, icon):
    width, height = (icon.get(side, icons.get(side, 16)) for side in ("width", "height"))
    return (f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="{SIZE}" height="{SIZE}" '
            f'viewBox="0 0 {width} {height}">{icon["body"]}</svg>').encode()


def icons_of(folders, name):
    return json.loads((folders[f"@iconify-json/{name}"] / "package/icons.json").read_text())


def _unicode_name(entry):
    """What Unicode calls a character of its own, as some sets do."""
    return unicodedata.name(entry["emoji"][0], "") if len(entry["emoji"].rstrip("\ufe0f")) == 1 else ""


def emoji(folders, entries):
    """[(set, entry, svg)] of the sets that draw emoji, of these entries of emojibase."""
    found = []
    for name in [*EMOJI_SETS, *EMOJI_INK_SETS]:
        icons = icons_of(folders, name)
        keys = {_squashed(key): key for key in reversed(icons["icons"])}
        for entry in entries:
            key = keys.get(_squashed(entry["label"])) or (keys.get(_squashed(_unicode_name(entry))) if name == "fxemoji" else None)
            if key:
                found.append((name, entry, _svg(icons, icons["icons"][key])))
    return found


def by_word(folders, entries_by_word):
    """[(set, entry, svg)] of the sets that have their own names, where such a name is one of these words."""
    found = []
    for name, variants in WORD_SETS.items():
        icons = icons_of(folders, name)
        for word, entry in entries_by_word.items():
            if word in _OTHERWISE | set(_ONLY_IN) and name not in _ONLY_IN.get(word, ()):
                continue
            stem = word.replace(" ", "-")
            keys = dict.fromkeys(prefix + form + variant for variant in variants for prefix in ("", *_PREFIXES) for form in (stem, stem.replace("-", "")))
            found += [(name, entry, _svg(icons, icons["icons"][key])) for key in keys if key in icons["icons"]]
    return found
