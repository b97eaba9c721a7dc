"""The text tower of every pair. Convolutions: they are what torch without a BLAS library runs fast."""
import torch
from torch import nn
from torch.nn import functional as F

import tokenizer


class TextTower(nn.Module):
    """input_ids [B, N], and a mask of the same shape if given -> embeddings [B, embedding] of length 1; padding changes nothing."""

    def __init__(self, vocabulary_size, embedding, width=96, depth=3, reach=5):
        super().__init__()
        self.words = nn.Embedding(vocabulary_size, width)
        self.layers = nn.ModuleList(nn.Conv1d(width, width, reach, padding=reach // 2) for _ in range(depth))
        self.out = nn.Linear(2 * width, embedding)

    def forward(self, input_ids, attention_mask=None):
        known = input_ids != tokenizer.PAD if attention_mask is None else attention_mask
        mask = known.unsqueeze(1).float()
        x = (self.words(input_ids).transpose(1, 2) * mask).contiguous()  # else the way back is several times as slow
        for layer in self.layers:  # masked after each layer, so that padding is what lies beyond the ends anyway
            x = (x + F.relu(layer(x))) * mask
        mean = x.sum(2) / mask.sum(2)
        most = (x - 1e4 * (1 - mask)).amax(2)
        return F.normalize(self.out(torch.cat([mean, most], 1)), dim=-1)
