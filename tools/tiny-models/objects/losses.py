"""Which cells answer for which object, and how far they are off.

After YOLOX (Ge et al. 2021, arXiv:2107.08430): the cells of least cost, as many as fit the object well.
"""
import torch
from torch.nn import functional as F

from .model import boxes_of

REACH = 2.5  # strides from an object's centre to that of a cell that may answer for it
MOST_CELLS = 10
BOX_SHARE = 4.0


def overlaps(a, b):
    """Common share of two sets of boxes [..., 4]: of all they cover."""
    common = (torch.minimum(a[..., 2:], b[..., 2:]) - torch.maximum(a[..., :2], b[..., :2])).clamp(min=0).prod(-1)
    areas = [(box[..., 2:] - box[..., :2]).clamp(min=0).prod(-1) for box in (a, b)]
    return common / (areas[0] + areas[1] - common + 1e-6)


def assign(boxes, answers, objects, corners, strides):
    """The object that each cell answers for [B, cells], -1 for none.

    objects [B, most, 5]: box and class, class -1 where there is none.
    """
    centres = ((corners + 0.5) * strides)[None, :, None]
    sides = objects[:, None, :, :4]
    inside = (centres > sides[..., :2]).all(-1) & (centres < sides[..., 2:]).all(-1)
    near = (centres - (sides[..., :2] + sides[..., 2:]) / 2).abs().amax(-1) < REACH * strides[:, 0][None, :, None]
    real = objects[:, None, :, 4] >= 0
    shared = overlaps(boxes[:, :, None], sides) * real
    scores = answers[..., 4:5].sigmoid() * answers[..., 5:].sigmoid()
    kinds = objects[..., 4].long().clamp(min=0)[:, None].expand(-1, scores.shape[1], -1)
    cost = -scores.gather(2, kinds).clamp(min=1e-6).log() - 3 * shared.clamp(min=1e-6).log() + 100 * ~(inside & near)
    cost = cost.masked_fill(~(real & (inside | near)), float("inf"))
    counts = shared.topk(min(MOST_CELLS, shared.shape[1]), 1).values.sum(1).int().clamp(min=1)  # [B, most]
    ordered, order = cost.topk(MOST_CELLS, 1, largest=False)
    wanted = (torch.arange(MOST_CELLS)[None, :, None] < counts[:, None]) & ordered.isfinite()
    chosen = torch.zeros_like(cost, dtype=torch.bool).scatter(1, order, wanted)
    best = cost.masked_fill(~chosen, float("inf")).min(2)  # a cell answers for one
    return torch.where(best.values.isfinite(), best.indices, torch.full_like(best.indices, -1))


def loss_of(answers, objects, corners, strides):
    """The sum of what boxes, presence and classes are off, for each answering cell; and these three."""
    boxes = boxes_of(answers, corners, strides)
    with torch.no_grad():
        assigned = assign(boxes, answers, objects, corners, strides)
    taken = assigned >= 0
    count = taken.sum().clamp(min=1)
    row = torch.arange(len(objects))[:, None].expand_as(assigned)[taken]
    wanted = objects[row, assigned[taken]]
    shared = overlaps(boxes[taken], wanted[:, :4])
    presence = torch.zeros_like(answers[..., 4])
    presence[taken] = shared.detach().clamp(min=0.05)  # how well it fits: so the best box has the highest score
    off = (1 - shared ** 2).sum() / count
    missed = F.binary_cross_entropy_with_logits(answers[..., 4], presence, reduction="sum") / count
    mistaken = F.binary_cross_entropy_with_logits(answers[taken][:, 5:], F.one_hot(wanted[:, 4].long(), answers.shape[-1] - 5).float(), reduction="sum") / count
    return BOX_SHARE * off + missed + mistaken, (off.item(), missed.item(), mistaken.item())
