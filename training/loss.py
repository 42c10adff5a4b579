"""The training loss: label-smoothed cross entropy that never holds all logits at once."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

CHUNK = 512
"""Rows per chunk: 512 rows of 8,000 numbers in bf16 stay in the cache."""


class SmoothedLoss(torch.autograd.Function):
    """Sum over rows of the cross entropy against smoothed labels.

    ``forward`` computes the gradients with the loss, chunk by chunk, so that logits
    are neither stored nor computed twice. Called as ``apply(rows, weight, labels,
    smoothing)``; returns the smoothed loss and, without gradient, the plain one.
    """

    @staticmethod
    def forward(
        ctx: Any, rows: Tensor, weight: Tensor, labels: Tensor, smoothing: float
    ) -> tuple[Tensor, Tensor]:
        """Compute the two sums, and the gradients of the first."""
        by_rows = torch.empty_like(rows)
        by_weight = torch.zeros_like(weight, dtype=torch.float32)
        smooth = torch.zeros(())
        plain = torch.zeros(())
        rest = smoothing / weight.shape[0]
        for start in range(0, rows.shape[0], CHUNK):
            part = rows[start : start + CHUNK]
            label = labels[start : start + CHUNK, None]
            logits = part @ weight.T
            total = torch.logsumexp(logits, 1, keepdim=True).float()
            exact = logits.gather(1, label).float()
            mean = logits.mean(1, keepdim=True, dtype=torch.float32)
            plain += (total - exact).sum()
            smooth += (total - (1 - smoothing) * exact - smoothing * mean).sum()
            slope = logits.sub_(total.to(logits.dtype)).exp_().sub_(rest)
            slope.scatter_add_(1, label, torch.full_like(label, smoothing - 1, dtype=slope.dtype))
            torch.mm(slope, weight, out=by_rows[start : start + CHUNK])
            by_weight += slope.T @ part
        ctx.save_for_backward(by_rows, by_weight.to(weight.dtype))
        ctx.mark_non_differentiable(plain)
        return smooth, plain

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor, Tensor, None, None]:
        """Scale the gradients that ``forward`` kept."""
        by_rows, by_weight = ctx.saved_tensors
        scale = grads[0]
        return by_rows.mul_(scale), by_weight.mul_(scale), None, None
