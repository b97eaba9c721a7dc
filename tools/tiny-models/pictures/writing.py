"""Draws written pictures: titles, credits, pages, slides, screens."""
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from .draw import SIZE
from .noise import blend, colour

_FOLDER = "/usr/share/fonts/truetype/dejavu/"
FONTS = [_FOLDER + name for name in ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSerif.ttf", "DejaVuSerif-Bold.ttf", "DejaVuSansMono.ttf")]
SCALE = 3  # drawn larger, then averaged
_LETTERS = "etaoinsrhldcumfpgwybvk"


def _word(rng):
    return "".join(rng.choice(list(_LETTERS), int(rng.integers(2, 9))))


def _line(rng, words):
    text = " ".join(_word(rng) for _ in range(words))
    return text.upper() if rng.random() < 0.3 else text.capitalize()


def _canvas(value):
    picture = Image.new("RGB", (SIZE * SCALE, SIZE * SCALE), tuple(int(v * 255) for v in value))
    return picture, ImageDraw.Draw(picture)


def _ink(value):
    return tuple(int(v * 255) for v in np.clip(value, 0, 1))


def _font(rng, height):
    return ImageFont.truetype(FONTS[int(rng.integers(len(FONTS)))], int(height * SIZE * SCALE))


def _done(picture):
    return np.asarray(picture.resize((SIZE, SIZE), Image.BOX), np.float32) / 255


def _centred(rng, draw, ink, y, height, words):
    font, text = _font(rng, height), _line(rng, words)
    draw.text((SIZE * SCALE / 2, y * SIZE * SCALE), text, font=font, fill=ink, anchor="mm")


def title(rng):
    """One to three large lines in the middle."""
    dark = rng.random() < 0.65
    ground = colour(rng, (0, 0, 0), (10, 10, 30), (40, 0, 0), spread=0.02) if dark else colour(rng, (255, 255, 255), (235, 230, 215), (250, 220, 60), (200, 40, 40), (40, 90, 200))
    picture, draw = _canvas(ground)
    ink = _ink(colour(rng, (255, 255, 255), (250, 220, 90), (230, 60, 50)) if dark else colour(rng, (0, 0, 0), (30, 30, 60), (120, 0, 0)))
    lines, height = int(rng.integers(1, 4)), rng.uniform(0.13, 0.24)
    for k in range(lines):
        _centred(rng, draw, ink, 0.5 + (k - (lines - 1) / 2) * height * 1.3, height, 1)
    return _done(picture)


def credits(rng):
    """Many small light lines on black."""
    picture, draw = _canvas(colour(rng, (0, 0, 0), (8, 8, 12), spread=0.01))
    height = rng.uniform(0.06, 0.1)
    for y in np.arange(rng.uniform(0.02, 0.1), 1, height * rng.uniform(1.3, 1.7)):
        if rng.random() < 0.9:
            _centred(rng, draw, _ink(colour(rng, (255, 255, 255), (210, 210, 210))), y, height, int(rng.integers(1, 4)))
    return _done(picture)


def page(rng, left=0.08, top=0.06, right=0.94, ground=None):
    """A page of text: dark lines on white."""
    picture, draw = _canvas(colour(rng, (255, 255, 255), (248, 244, 235), spread=0.01) if ground is None else ground)
    height = rng.uniform(0.05, 0.085)
    font = _font(rng, height)
    for y in np.arange(top, 0.95, height * 1.35):
        if rng.random() < 0.88:
            text = _line(rng, 12)
            width = rng.uniform(0.5, 1) * (right - left)
            while draw.textlength(text, font) > width * SIZE * SCALE and len(text) > 2:
                text = text[:-2]
            draw.text((left * SIZE * SCALE, y * SIZE * SCALE), text, font=font, fill=_ink(colour(rng, (20, 20, 20), (50, 50, 60), spread=0.02)))
    return _done(picture)


def slide(rng):
    """A heading, points and a chart."""
    picture, draw = _canvas(colour(rng, (255, 255, 255), (245, 247, 250), (30, 50, 90), spread=0.02))
    side = SIZE * SCALE
    dark = picture.getpixel((0, 0))[0] < 128
    draw.rectangle((0, 0, side, side * 0.2), fill=_ink(colour(rng, (40, 90, 170), (200, 70, 40), (30, 130, 110), (60, 60, 70))))
    _centred(rng, draw, (255, 255, 255), 0.1, 0.12, 2)
    ink = (235, 235, 235) if dark else (40, 40, 50)
    font = _font(rng, 0.075)
    half = rng.random() < 0.7
    for k in range(int(rng.integers(2, 6))):
        y = (0.27 + 0.12 * k) * side
        draw.ellipse((0.06 * side, y + 0.025 * side, 0.09 * side, y + 0.055 * side), fill=ink)
        draw.text((0.12 * side, y), _line(rng, 2 if half else 4), font=font, fill=ink)
    if half:
        left = 0.55 * side
        draw.rectangle((left, 0.26 * side, side, 0.92 * side), fill=_ink(colour(rng, (255, 255, 255), (235, 240, 245))))
        if rng.random() < 0.6:
            for k in range(5):
                x = left + (0.04 + 0.08 * k) * side
                draw.rectangle((x, (0.85 - rng.uniform(0.1, 0.5)) * side, x + 0.055 * side, 0.87 * side), fill=_ink(colour(rng, (40, 110, 200), (230, 120, 40), (60, 160, 90))))
        else:
            box = (left + 0.04 * side, 0.38 * side, left + 0.38 * side, 0.72 * side)
            cuts = np.sort(rng.uniform(0, 360, 3))
            for a, b in zip(cuts, [*cuts[1:], cuts[0] + 360]):
                draw.pieslice(box, a, b, fill=_ink(colour(rng, (40, 110, 200), (230, 120, 40), (60, 160, 90), (200, 50, 60))))
    return _done(picture)


def screen(rng):
    """A computer's screen: windows, a page, a table, code."""
    style = rng.random()
    if style < 0.3:  # code
        picture, draw = _canvas(colour(rng, (30, 30, 35), (20, 24, 32), (250, 250, 250), spread=0.01))
        side, font = SIZE * SCALE, ImageFont.truetype(FONTS[4], int(0.06 * SIZE * SCALE))
        for y in np.arange(0.04, 0.95, 0.08):
            x = 0.04 + 0.06 * rng.integers(0, 4)
            for _ in range(int(rng.integers(0, 5))):
                text = _word(rng)
                draw.text((x * side, y * side), text, font=font, fill=_ink(colour(rng, (90, 160, 240), (230, 150, 80), (120, 190, 110), (170, 170, 175), (200, 110, 200))))
                x += (len(text) + 1) * 0.037
        return _done(picture)
    if style < 0.55:  # a table
        picture, draw = _canvas((1, 1, 1))
        side, font = SIZE * SCALE, _font(rng, 0.055)
        draw.rectangle((0, 0, side, 0.14 * side), fill=_ink(colour(rng, (35, 115, 70), (60, 90, 150), (220, 222, 226))))
        for y in np.arange(0.14, 1, 0.09):
            draw.line((0, y * side, side, y * side), fill=(190, 190, 195), width=2)
            for x in np.arange(0.02, 1, 0.22):
                if rng.random() < 0.7:
                    draw.text((x * side, (y + 0.015) * side), str(rng.integers(10, 9999)), font=font, fill=(40, 40, 40))
        for x in np.arange(0, 1, 0.22):
            draw.line((x * side, 0.14 * side, x * side, side), fill=(190, 190, 195), width=2)
        return _done(picture)
    desk = colour(rng, (30, 90, 160), (20, 110, 110), (70, 70, 80), (120, 80, 150)) * np.ones((SIZE, SIZE, 3), np.float32)
    for _ in range(int(rng.integers(1, 3))):
        left, top, size = rng.uniform(0.02, 0.3), rng.uniform(0.03, 0.25), rng.uniform(0.55, 0.75)
        window = page(rng)
        window[:6] = colour(rng, (220, 222, 226), (60, 60, 70), (90, 130, 200))
        window[2:4, -12:-2:4] = (0.9, 0.3, 0.3)
        rows = (np.linspace(0, SIZE - 1, int(size * SIZE))).astype(int)
        y, x = int(top * SIZE), int(left * SIZE)
        part = window[rows][:, rows]
        desk[y:y + len(rows), x:x + len(rows)] = part[:SIZE - y, :SIZE - x]
    desk[-5:] = 0.15
    desk[-4:-1, 2:20:6] = colour(rng, (230, 80, 60), (80, 180, 90))
    return desk


def caption_over(rng, picture):
    """A banner with a line of text at the bottom of the picture, as in the news; in place."""
    side, height = SIZE * SCALE, rng.uniform(0.16, 0.26)
    bar = Image.new("RGB", (side, int(height * side)), _ink(colour(rng, (190, 20, 30), (20, 40, 120), (240, 240, 245), (20, 20, 25))))
    ink = (20, 20, 30) if bar.getpixel((0, 0))[1] > 150 else (255, 255, 255)
    ImageDraw.Draw(bar).text((side * 0.04, bar.height * 0.15), _line(rng, 4), font=_font(rng, height * 0.6), fill=ink)
    rows = int(height * SIZE)
    bottom = SIZE - int(rng.uniform(0, 0.08) * SIZE)
    picture[bottom - rows:bottom] = np.asarray(bar.resize((SIZE, rows), Image.BOX), np.float32) / 255
    return picture


def subtitle_over(rng, picture):
    """A light line of text near the bottom, as in subtitles."""
    layer, draw = _canvas((0, 0, 0))
    _centred(rng, draw, (255, 255, 255), rng.uniform(0.8, 0.92), rng.uniform(0.09, 0.13), 3)
    light = np.clip(_done(layer)[..., 0] * 1.5, 0, 1)
    halo = np.clip(np.maximum.reduce([np.roll(light, s, a) for s in (-1, 1) for a in (0, 1)]), 0, 1)
    return blend(blend(picture, np.zeros(3, np.float32), halo * 0.8), np.ones(3, np.float32), light)
