"""The optimiser: Muon for the matrices, Adam for the rest, both over fp32 master weights.

The network computes with bf16 copies. Muon (Jordan et al. 2024) replaces the momentum
of a matrix by the nearest orthogonal one; matrices of one shape are stacked, so that
a step costs a few large products. It needs about a third fewer steps than Adam.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

POLAR = (
    (8.28721201814563, -23.595886519098837, 17.300387312530933),
    (4.107059111542203, -2.9478499167379106, 0.5448431082926601),
    (3.9486908534822946, -2.908902115962949, 0.5518191394370137),
    (3.3184196573706015, -2.488488024314874, 0.51004894012372),
)
"""Coefficients of the first steps of "Polar Express" (Amsel et al. 2025)."""


@dataclass(frozen=True)
class Rates:
    """Learning rates at full height, and the other constants."""

    matrix: float = 0.01
    vector: float = 0.0015
    momentum: float = 0.95
    shrink: float = 0.02
    betas: tuple[float, float] = (0.9, 0.98)


def orthogonal(x: Tensor) -> Tensor:
    """Return about the nearest orthogonal matrix to each of a stack of wide matrices."""
    x = x.to(torch.bfloat16)
    x = x / (x.norm(dim=(1, 2), keepdim=True) * 1.02 + 1e-6)
    for a, b, c in POLAR:
        square = x @ x.transpose(1, 2)
        x = torch.baddbmm(x, torch.baddbmm(square, square, square, beta=b, alpha=c), x, beta=a)
    return x


class Optimiser:
    """Holds the master weights of ``model``, which it makes a bf16 model."""

    def __init__(self, model: nn.Module, rates: Rates) -> None:
        self.rates = rates
        self.names = [name for name, _ in model.named_parameters()]
        self.work = [parameter for _, parameter in model.named_parameters()]
        self.master = [parameter.detach().float().clone() for parameter in self.work]
        model.to(torch.bfloat16)
        self.step_number = 0
        self.stacks = stacks(self.names, self.master)
        matrices = {index for stack in self.stacks for index in stack}
        self.rest = [index for index in range(len(self.work)) if index not in matrices]
        self.first = [torch.zeros_like(master) for master in self.master]
        self.second = {index: torch.zeros_like(self.master[index]) for index in self.rest}

    def step(self, height: float) -> None:
        """Update the weights from the gradients; ``height`` scales both learning rates."""
        self.step_number += 1
        for stack in self.stacks:
            self.step_matrices(stack, self.rates.matrix * height)
        for index in self.rest:
            self.step_vector(index, self.rates.vector * height)
        for parameter, master in zip(self.work, self.master, strict=True):
            parameter.data.copy_(master)
            parameter.grad = None

    def step_matrices(self, indices: list[int], rate: float) -> None:
        """Muon, for matrices that are stacks of squares or all of one shape."""
        moved = []
        for index in indices:
            grad = self.work[index].grad
            assert grad is not None
            kept = self.first[index].lerp_(grad.float(), 1 - self.rates.momentum)
            moved.append(squares(kept.lerp(grad.float(), 1 - self.rates.momentum)))
        update = orthogonal(torch.cat(moved))
        parts = torch.split(update, [len(part) for part in moved])
        for index, part in zip(indices, parts, strict=True):
            master = self.master[index]
            rows, columns = master.shape
            wide = part if rows % columns == 0 and rows // columns < 4 else untall(part, rows)
            scale = max(1.0, wide.shape[1] / wide.shape[2]) ** 0.5
            master.mul_(1 - rate * self.rates.shrink)
            master.add_(wide.reshape(rows, columns).float(), alpha=-rate * scale)

    def step_vector(self, index: int, rate: float) -> None:
        """Adam, for embeddings, norms and biases."""
        parameter = self.work[index]
        assert parameter.grad is not None
        grad = parameter.grad.float()
        one, two = self.rates.betas
        first = self.first[index].lerp_(grad, 1 - one)
        second = self.second[index].mul_(two).addcmul_(grad, grad, value=1 - two)
        root = (second / (1 - two**self.step_number)).sqrt_().add_(1e-9)
        self.master[index].addcdiv_(first, root, value=-rate / (1 - one**self.step_number))

    def state(self) -> dict[str, Any]:
        """Return all that a run needs to go on."""
        return {
            "step": self.step_number,
            "master": dict(zip(self.names, self.master, strict=True)),
            "first": self.first,
            "second": self.second,
        }

    def load(self, state: dict[str, Any]) -> None:
        """Go on from what :meth:`state` returned."""
        self.step_number = state["step"]
        for name, master, parameter in zip(self.names, self.master, self.work, strict=True):
            master.copy_(state["master"][name])
            parameter.data.copy_(master)
        for mine, theirs in zip(self.first, state["first"], strict=True):
            mine.copy_(theirs)
        for index, moment in self.second.items():
            moment.copy_(state["second"][index])


def squares(x: Tensor) -> Tensor:
    """View a packed projection as a stack of squares, a tall matrix as a wide one."""
    rows, columns = x.shape
    if rows % columns == 0 and rows // columns < 4:
        return x.view(rows // columns, columns, columns)
    return (x.T if rows > columns else x)[None]


def untall(part: Tensor, rows: int) -> Tensor:
    """Undo the turn of :func:`squares`."""
    return part if part.shape[1] == rows else part.transpose(1, 2)


def stacks(names: Iterable[str], tensors: Iterable[Tensor]) -> list[list[int]]:
    """Group the indices of matrices (but the embedding) by the shape of their squares."""
    groups: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for index, (name, tensor) in enumerate(zip(names, tensors, strict=True)):
        if tensor.dim() == 2 and "embedding" not in name:
            groups[tuple(squares(tensor).shape[1:])].append(index)
    return list(groups.values())
