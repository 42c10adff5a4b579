"""The training loss: label-smoothed cross entropy that never holds all logits at once."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

CHUNK = 1024
"""Rows per chunk: the memory of 1,024 rows of logits serves again and again."""


class SmoothedLoss(torch.autograd.Function):
    """Sum over rows of the cross entropy against smoothed labels.

    ``forward`` computes the gradients with the loss, chunk by chunk, so that logits
    are neither stored nor computed twice; the uniform part of the labels is added in
    closed form. Called as ``apply(rows, weight, labels,
    smoothing)``; returns the smoothed loss and, without gradient, the plain one.
    """

    @staticmethod
    def forward(
        ctx: Any, rows: Tensor, weight: Tensor, labels: Tensor, smoothing: float
    ) -> tuple[Tensor, Tensor]:
        """Compute the two sums, and the gradients of the first."""
        by_rows = torch.empty_like(rows)
        turned = torch.zeros_like(weight.T, memory_format=torch.contiguous_format)
        smooth = torch.zeros(())
        plain = torch.zeros(())
        mean = weight.float().mean(0)
        for start in range(0, rows.shape[0], CHUNK):
            part = rows[start : start + CHUNK]
            label = labels[start : start + CHUNK, None]
            logits = part @ weight.T
            exact = logits.gather(1, label).float()
            slope = torch.softmax(logits, 1)
            missed = -slope.gather(1, label).float().clamp_min_(1e-30).log_()
            plain += missed.sum()
            smooth += (missed + smoothing * exact).sum() - smoothing * (part.float() @ mean).sum()
            slope[torch.arange(len(part)), label[:, 0]] -= 1 - smoothing
            torch.mm(slope, weight, out=by_rows[start : start + CHUNK])
            turned.addmm_(part.T, slope)
        by_rows.sub_((smoothing * mean).to(rows.dtype))
        by_weight = turned.T.contiguous()
        by_weight.sub_((rows.float().sum(0) * (smoothing / weight.shape[0])).to(rows.dtype))
        ctx.save_for_backward(by_rows, by_weight)
        ctx.mark_non_differentiable(plain)
        return smooth, plain

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor, Tensor, None, None]:
        """Scale the gradients that ``forward`` kept."""
        by_rows, by_weight = ctx.saved_tensors
        scale = grads[0]
        return by_rows.mul_(scale), by_weight.mul_(scale), None, None


def smoothed_loss(rows: Tensor, weight: Tensor, labels: Tensor, smoothing: float) -> tuple[Tensor, Tensor]:
    """Return the sums over rows of the smoothed loss and, without gradient, the plain one."""
    smooth, plain = SmoothedLoss.apply(rows, weight, labels, smoothing)  # type: ignore[no-untyped-call]
    return smooth, plain
