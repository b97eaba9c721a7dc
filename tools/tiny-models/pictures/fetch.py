"""Fetches the third-party material that the pair learns from and is measured on: pinned, openly licensed, never committed."""
import subprocess
import tarfile

# name: (source, version, licence, what for)
PACKAGES = {
    "@iconify-json/fluent-emoji": ("npm", "1.2.7", "MIT", "icons, training"),
    "@iconify-json/fluent-emoji-flat": ("npm", "1.2.6", "MIT", "icons, training"),
    "@iconify-json/twemoji": ("npm", "1.2.5", "CC-BY-4.0", "icons, training"),
    "@iconify-json/emojione": ("npm", "1.2.3", "CC-BY-4.0", "icons, training"),
    "@iconify-json/fxemoji": ("npm", "1.2.2", "Apache-2.0", "icons, training"),
    "@iconify-json/streamline-emojis": ("npm", "1.2.4", "CC-BY-4.0", "icons, training"),
    "@iconify-json/icon-park": ("npm", "1.2.4", "Apache-2.0", "icons, training"),
    "@iconify-json/fluent-emoji-high-contrast": ("npm", "1.2.6", "MIT", "icons in one ink, training"),
    "@iconify-json/emojione-monotone": ("npm", "1.2.1", "CC-BY-4.0", "icons in one ink, training"),
    "@iconify-json/mdi": ("npm", "1.2.3", "Apache-2.0", "icons in one ink, training"),
    "@iconify-json/ph": ("npm", "1.2.2", "MIT", "icons in one ink, training"),
    "@iconify-json/mingcute": ("npm", "1.2.8", "Apache-2.0", "icons in one ink, training"),
    "@iconify-json/tabler": ("npm", "1.2.41", "MIT", "icons in one ink, training"),
    "@iconify-json/fa6-solid": ("npm", "1.2.4", "CC-BY-4.0", "icons in one ink, training"),
    "@iconify-json/game-icons": ("npm", "1.2.4", "CC-BY-3.0", "icons in one ink, training"),
    "@iconify-json/hugeicons": ("npm", "1.2.35", "MIT", "icons in one ink, training"),
    "@iconify-json/noto": ("npm", "1.2.9", "Apache-2.0", "icons, held out"),
    "emojibase-data": ("npm", "17.0.0", "MIT", "names and keywords of the icons"),
    "@pmndrs/assets": ("npm", "1.7.0", "CC0-1.0", "panoramas of Poly Haven; five are held out"),
    "blender-data": ("debian", "3.4.1+dfsg-2", "CC0-1.0 (its panoramas)", "panoramas of Poly Haven, training"),
    "openclipart-svg": ("debian", "1:0.18+dfsg-19", "CC0 (public domain)", "clip art, training; every tenth drawing is held out"),
    "python3-skimage": ("debian", "0.19.3-8", "BSD-3-Clause, CC0, public domain", "sample photographs, training"),
    "python3-sklearn": ("debian", "1.2.1+dfsg-1", "CC-BY-2.0 (its two photographs)", "sample photographs, training"),
    "wordnet-base": ("debian", "1:3.0-37", "WordNet 3.0 licence (permissive)", "synonyms and kinds, installed beside Python"),
}


def fetch(folder):
    """Unpacks every package into a folder of its own; returns name -> folder. What is there already is not fetched again."""
    folder.mkdir(parents=True, exist_ok=True)
    return {name: _unpack(name, source, version, folder) for name, (source, version, *_) in PACKAGES.items() if name != "wordnet-base"}


def _unpack(name, source, version, folder):
    place = folder / name.replace("/", "-").strip("@")
    done = place / ".done"
    if done.exists():
        return place
    print(f"fetching {name} {version}", flush=True)
    place.mkdir(exist_ok=True)
    if source == "npm":
        subprocess.run(["npm", "pack", "--silent", f"{name}@{version}", "--pack-destination", place], check=True, stdout=subprocess.DEVNULL)
        with tarfile.open(next(place.glob("*.tgz"))) as archive:
            archive.extractall(place)
    else:
        subprocess.run(["apt-get", "download", "-qq", f"{name}={version}"], check=True, cwd=place)
        subprocess.run(["dpkg", "-x", next(place.glob("*.deb")), place], check=True)
    for archive in [*place.glob("*.tgz"), *place.glob("*.deb")]:
        archive.unlink()
    done.touch()
    return place
