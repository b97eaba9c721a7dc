"""Puts pictures together from the pool, anew each time: icons on grounds, scenes and photographs as cameras vary, looks."""
import numpy as np
import torch
from torch.nn import functional as F

from grades import OPEN, PARTLY, TRUE

from . import artists, colours, concepts, draw, looks
from .draw import NONE, SIZE, UNKNOWN
from .pool import ICON, OPENED, PHOTO, SCENE

ICON_SHARE, SCENE_SHARE = 0.7, 0.18  # of the pictures from the pool; the rest are photographs
CLIP_ART_SHARE = 0.13  # of the icons
COMMON_SHARE, BROAD_SHARE = 0.6, 0.25  # of the icons: what the common kinds are; what the broad ones are, among it shirts and drums that nobody asks for by name; the rest are any
LEARNT_LATE = {"animals": 2.0, "people and faces": 2.4, "plants and buildings": 1.5}  # these come so many times as often as other common kinds
VARIETY = 0.35  # a kind of n icons comes as often as the n to this power: all are asked for alike, but hundreds of men take longer to learn than five lions
INK_WEIGHT = 0.5  # how often an icon in one ink comes, against one in colours
SHAPE_SHARES = (0.1, 0.58, 0.18, 0.14)  # as draw.SHARES: more patterns, which are learnt last
UNWORN, LOOKED, LOOKED_FREELY = 0.15, 0.5, 0.45  # unworn, and with a look of its own (of those to train on); the rest are slightly worn
# What a picture of one colour, or of smooth colours, could be taken for.
_LIKE_FLAT = ["sky", "clouds", "night", "day", "fog", "snow", "sand", "water", "grass", "sea", "fire", "sunset", "texture", "stone", "desert", "space", "blurry", "sharp", "drawn",
              "photographic", "underexposed", "overexposed", "washed-out", "pixelated", "stage", "nature", "outdoor", "clean"]


class _Kinds:
    """Rows of the pool by kind, and up to which share of 1 each kind comes, and each row of it."""

    def __init__(self, weighted, ink):
        there = [(rows, weight) for rows, weight in weighted if len(rows)]
        self.kinds = [(rows, _ascending(np.where(ink[rows], INK_WEIGHT, 1.0))) for rows, _ in there]
        self.until = _ascending(np.array([weight * len(rows) ** VARIETY for rows, weight in there]))

    def pick(self, rng):
        rows, until = self.kinds[np.searchsorted(self.until, rng.random())]
        return rows[np.searchsorted(until, rng.random())]


class Batches:
    """Makes scenes of shapes and pictures of the pool, and the truth of both; freely, as other artists and cameras would, to train on."""

    def __init__(self, pool, freely=False):
        self.pool, self.phrases, self.freely, self.looked = pool, pool.phrases, freely, LOOKED_FREELY if freely else LOOKED
        self.icons, self.scenes, self.photos = (pool.of(kind) for kind in (ICON, SCENE, PHOTO))
        self.ink = np.isin(pool.source, list(artists.INK_SETS))
        art = np.array([pool.source[i] == "openclipart" for i in self.icons])
        self.art, self.emoji = (self._choices(self.icons[of]) for of in (art, ~art))

    def _choices(self, rows):
        """Of these rows: those of the common kinds, those of the broad ones, and all."""
        common, broad = [], []
        for name, words in concepts.KINDS.items():
            for grades in self.pool.truth[rows][:, [self.phrases.column[word] for word in words]].T:
                if name == "broad kinds":
                    broad.append((rows[(grades == TRUE) | (grades == PARTLY)], 1.0))
                else:
                    common.append((rows[grades == TRUE], LEARNT_LATE.get(name, 1.0)))
        return [_Kinds(groups, self.ink) for groups in (common, broad, [(rows, 1.0)])]

    def pick(self, rng, count):
        """Rows of the pool."""
        def one():
            share = rng.random()
            if share < ICON_SHARE:
                common, broad, every = self.art if rng.random() < CLIP_ART_SHARE else self.emoji
                which = rng.random()
                return (common if which < COMMON_SHARE else broad if which < COMMON_SHARE + BROAD_SHARE else every).pick(rng)
            return rng.choice(self.scenes if share < ICON_SHARE + SCENE_SHARE else self.photos)
        return np.array([one() for _ in range(count)])

    def make(self, rng, shapes, rows):
        """Scenes (see draw.py) of so many shapes followed by these rows of the pool, with `truth` [B, phrases] and `rows` [B] (-1: shapes)."""
        first = draw.draw(rng, shapes, SHAPE_SHARES) if shapes else None
        pixels, grounds, marks, plain = self._placed(rng, rows)
        truth = self.pool.truth[rows].astype(np.float32)
        truth[truth == OPENED] = OPEN
        for k in range(len(rows)):
            if not plain[k]:
                self._open(truth[k], ["sky", "clouds", "grass", "meadow", "water", "sea", "beach", "sand", "desert", "fire", "forest", "mountains", "snow", "sunset", "night", "day", "space", "fog", "nature",
                                      "city", "buildings", "street", "room", "indoor", "outdoor", "texture", "stone", "wood", "stage", "from above", "pitch", "corridor", "photographic", "drawn"])
        worn, seen = np.empty_like(pixels), pixels.copy()
        for k in range(len(rows)):
            worn[k], seen[k] = self._look(rng, pixels[k], truth[k])
        rest = self._read(seen, worn, grounds, marks)
        if shapes:
            of_shapes = self._shape_truth(rng, first)
            scenes, truth = draw.joined(first, rest), np.concatenate([of_shapes, truth])
        else:
            scenes = rest
        scenes.truth = truth
        scenes.rows = np.concatenate([np.full(shapes, -1), rows])
        self._tones(scenes, shapes)
        return scenes

    def _set(self, row, concept, grade):
        row[self.phrases.concepts[concept]] = grade

    def _open(self, row, concepts):
        """Opens what is not true."""
        for concept in concepts:
            at = self.phrases.concepts[concept]
            if row[at[0]] != TRUE:
                row[at] = OPEN

    def _shape_truth(self, rng, scenes):
        """Truths of the drawn shapes; some are given a look, in place."""
        truth = np.zeros((len(scenes.kind), len(self.phrases.texts)), np.float32)
        for k, kind in enumerate(scenes.kind):
            self._set(truth[k], "drawn", TRUE if kind in (1, 2) else OPEN)
            self._open(truth[k], ["text", "title", "pitch", "from above"] + (["clean", "sharp"] if kind in (1, 2) else _LIKE_FLAT))
            if kind == 2:
                self._open(truth[k], ["texture", "brick wall", "screen", "pixelated", "page"])
            if kind in (1, 2) and rng.random() < 0.08:
                look = str(rng.choice(["blurry", "noisy"]))
                scenes.pixels[k] = looks.degrade(rng, scenes.pixels[k], look)
                self._said(truth[k], look)
        return truth

    def _said(self, row, look):
        true, opened = looks.said_of(look)
        for concept in ("clean", "sharp"):
            self._set(row, concept, 0)
        for concept in opened:
            self._set(row, concept, OPEN)
        for concept in true:
            self._set(row, concept, TRUE)

    def _look(self, rng, picture, row):
        """The picture as seen, and as its colours are read; notes its look in its row of truths."""
        choice, smooth = rng.random(), np.isnan(row[self.phrases.concepts["sharp"][0]])
        if choice < self.looked:
            look = str(rng.choice(list(looks.DEGRADED), p=looks.SHARES_FREELY if self.freely else looks.SHARES))
            seen = looks.degrade(rng, picture, look)
            self._said(row, look)
            colours_of = seen if look in looks.TONES or look in ("old film", "security", "widescreen") else picture
        else:
            look, seen, colours_of = None, picture if choice < self.looked + UNWORN else looks.slightly(rng, picture), picture
            self._said(row, None)
        if smooth:
            self._open(row, ["blurry"])
            self._set(row, "sharp", OPEN)
        return seen, colours_of

    def _placed(self, rng, rows):
        """Pixels [n, S, S, 3], colour of the ground, colour of the thing, and whether nothing of a scene lies behind it."""
        pool, count = self.pool, len(rows)
        icon = pool.kind[rows] == ICON
        front = _moved(rng, pool.pixels[rows], icon, self.freely)
        colour, alpha = front[..., :3], front[..., 3:]
        behind = np.zeros((count, SIZE, SIZE, 3), np.float32)
        grounds, choice = np.full(count, NONE), rng.random(count)
        plain = ~icon | (choice < 0.72)
        for k in np.flatnonzero(icon & plain):
            grounds[k] = 1 if choice[k] < 0.3 else int(rng.integers(11)) if choice[k] < 0.62 else UNKNOWN
            behind[k] = colours.sample(rng, grounds[k]) if choice[k] >= 0.15 else 1.0
        scenery = np.flatnonzero(~plain)
        if len(scenery):
            others = rng.choice(np.concatenate([self.scenes, self.photos]), len(scenery))
            behind[scenery] = _moved(rng, pool.pixels[others], np.zeros(len(scenery), bool))[..., :3]
        for k in np.flatnonzero(self.ink[rows]):
            colour[k], alpha[k] = _inked(rng, colour[k], alpha[k], behind[k], plain[k])
        marks = _marks(colour, alpha, icon)
        return np.clip(colour * alpha + behind * (1 - alpha), 0, 1).astype(np.float32), grounds, marks, plain

    def _read(self, seen, worn, grounds, marks):
        rows = [{"kind": 4, "objects": [] if m == NONE else [(m, NONE)], "ground": g, "pattern": NONE, "pair": [NONE, NONE]} for g, m in zip(grounds, marks)]
        return draw.read_truths(rows, seen, np.round(worn * 255).astype(np.float32) / 255)

    def _tones(self, scenes, shapes):
        """What follows from the pixels: without colour, vivid, dark."""
        for k, row in enumerate(scenes.truth):
            chroma, bright, structured = scenes.chroma[k], scenes.brightness[k], scenes.kind[k] in (1, 2, 4)
            toned = np.isfinite(row[self.phrases.concepts["sepia"][0]]) and row[self.phrases.concepts["sepia"][0]] == TRUE
            self._set(row, "vivid", TRUE if chroma > 0.38 and not toned else OPEN if chroma > 0.15 else 0)
            if row[self.phrases.concepts["black-and-white"][0]] == 0 and chroma < 0.12:
                self._set(row, "black-and-white", TRUE if chroma < 0.03 and structured and k >= shapes else OPEN)
            if bright < 0.25:
                self._open(row, ["underexposed", "night"])
            if bright > 0.75:
                self._open(row, ["overexposed"])


def _ascending(weights):
    return np.cumsum(weights / weights.sum()) - 1e-12


def _inked(rng, colour, alpha, behind, plain):
    """An icon that is black lines on white, in an ink and on a filling of other colours, at times without the filling."""
    ink, filling = (colours.sample(rng, UNKNOWN if rng.random() < 0.3 else int(rng.integers(11))) for _ in range(2))
    if rng.random() < 0.3:
        ink = np.float32([0.05, 0.05, 0.05]) + 0.1 * ink
    bare = plain and rng.random() < 0.3
    beside = behind[0, 0] if bare else filling
    if np.abs(ink - beside).sum() < 0.7:
        ink = np.where(np.mean(beside) > 0.5, ink * 0.3, 1 - 0.3 * (1 - ink))
    light = colour[..., :1]
    return light * filling + (1 - light) * ink, alpha * (1 - light) if bare else alpha


def _bent(rng, matrix, icon):
    """As matrix, but icons are also stretched and slanted a little, as other artists would draw them."""
    count = len(matrix)
    wide = np.exp(np.where(icon, rng.normal(0, 0.1, count), 0))
    matrix = matrix * np.stack([wide, 1 / wide], 1)[:, None]
    matrix[:, 0, 1] += np.where(icon, rng.normal(0, 0.1, count), 0)
    return matrix


def _wavering(rng, icon):
    """Small smooth shifts [B, S, S, 2] for two thirds of the icons."""
    strength = np.where(icon & (rng.random(len(icon)) < 0.66), rng.uniform(0.01, 0.06, len(icon)), 0)
    knots = rng.normal(size=(len(icon), 2, 5, 5)) * strength[:, None, None, None]
    return F.interpolate(torch.from_numpy(knots).float(), (SIZE, SIZE), mode="bicubic", align_corners=True).permute(0, 2, 3, 1)


def _moved(rng, pixels, icon, freely=False):
    """Each picture turned, shifted, scaled and mirrored, icons within their frame, others as closer cuts; colours as they
    vary from camera to camera, and some icons with their channels exchanged. float [n, S, S, C] in 0..1."""
    count = len(pixels)
    scale = np.where(icon, rng.uniform(0.88, 1.7, count), rng.uniform(0.62, 1.0, count))
    turn = np.where(icon, rng.normal(0, 0.14, count), 0)
    room = np.abs(1 - scale) * np.where(icon, 0.85, 1.0)
    shift = rng.uniform(-1, 1, (count, 2)) * room[:, None]
    flip = np.where(rng.random(count) < 0.5, -1, 1)
    matrix = np.stack([np.stack([scale * np.cos(turn) * flip, -scale * np.sin(turn), shift[:, 0]], 1),
                       np.stack([scale * np.sin(turn) * flip, scale * np.cos(turn), shift[:, 1]], 1)], 1)
    if freely:
        linear = _bent(rng, matrix[:, :, :2], icon)
        matrix = np.concatenate([linear, matrix[:, :, 2:]], 2)
    source = torch.from_numpy(pixels).permute(0, 3, 1, 2).float() / 255
    source[:, :3] *= source[:, 3:]
    grid = F.affine_grid(torch.from_numpy(matrix).float(), list(source.shape), align_corners=False)
    if freely:
        grid = grid + _wavering(rng, icon)
    moved = F.grid_sample(source, grid, align_corners=False)
    colour, alpha = moved[:, :3] / moved[:, 3:].clamp(min=1e-3), moved[:, 3:]
    for k in np.flatnonzero(icon & (rng.random(count) < 0.12)):
        colour[k] = colour[k, rng.permutation(3)]
    grey = colour.mean(1, keepdim=True)
    colour = torch.lerp(grey, colour, torch.from_numpy(rng.uniform(0.75, 1.25, (count, 1, 1, 1))).float())
    gain = rng.uniform(0.82, 1.15, (count, 1, 1, 1)) * rng.normal(1, 0.08 if freely else 0.03, (count, 3, 1, 1))
    colour = (colour * torch.from_numpy(gain).float()).clamp(0, 1)
    return torch.cat([colour, alpha], 1).permute(0, 2, 3, 1).numpy()


def _marks(colour, alpha, icon):
    """The name that most of each icon carries, UNKNOWN where none does, NONE where there is no icon."""
    weight = alpha[:, ::2, ::2, 0] > 0.5
    marks = np.full(len(colour), NONE)
    for k in np.flatnonzero(icon):
        seen = colour[k, ::2, ::2][weight[k]]
        share = colours.NAMED_F[colours.cell_index(seen)].mean(0) if len(seen) else np.zeros(11)
        marks[k] = int(share.argmax()) if share.max() > 0.55 else UNKNOWN
    return marks
