"""The network: a pre-norm Transformer with a deep encoder and a shallow decoder.

Every choice here is one that ``ctranslate2.specs.TransformerSpec`` can express and
that two CPU cores can train: packed projections, fused attention, one embedding
matrix for source, target and output, and no random number drawn per activation.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

Drop = Callable[[Tensor], Tensor]

PAD, UNK, BOS, EOS = 0, 1, 2, 3
"""The first pieces of every vocabulary that :mod:`training.vocab` makes."""


@dataclass(frozen=True)
class Shape:
    """The sizes of a model; two models with equal shapes have interchangeable weights."""

    vocabulary: int = 8000
    width: int = 256
    heads: int = 4
    inner: int = 1024
    encoder_layers: int = 6
    decoder_layers: int = 2
    longest: int = 256


class Masks:
    """Dropout masks cut from one pool of random numbers.

    Drawing a number per activation costs as much as the matrix products on a CPU, so
    a window of the pool at a random offset serves instead. ``refresh`` draws anew.
    """

    def __init__(self, rate: float, seed: int, size: int = 1 << 23) -> None:
        self.rate = rate
        self.size = size
        self.random = torch.Generator().manual_seed(seed)
        self.refresh()

    def refresh(self) -> None:
        """Draw a new pool."""
        kept = torch.rand(self.size, generator=self.random) >= self.rate
        self.pool = kept.to(torch.bfloat16) / (1 - self.rate)

    def __call__(self, x: Tensor) -> Tensor:
        """Return ``x`` with a share of ``rate`` zeroed, and the rest scaled up."""
        room = self.size - x.numel()
        start = int(torch.randint(room, (1,), generator=self.random))
        return x * self.pool[start : start + x.numel()].view(x.shape).to(x.dtype)


class Attention(nn.Module):
    """Multi-head attention over itself (``memory`` absent) or over the encoder's output."""

    def __init__(self, width: int, heads: int, *, cross: bool) -> None:
        super().__init__()
        self.heads = heads
        self.norm = nn.LayerNorm(width)
        if cross:
            self.query = nn.Linear(width, width)
            self.keyvalue = nn.Linear(width, 2 * width)
        else:
            self.packed = nn.Linear(width, 3 * width)
        self.output = nn.Linear(width, width)

    def split(self, x: Tensor, parts: int) -> tuple[Tensor, ...]:
        """Cut a packed projection into ``parts`` tensors of (batch, head, place, width)."""
        batch, length, packed = x.shape
        shape = (batch, length, parts, self.heads, packed // parts // self.heads)
        return x.view(shape).permute(2, 0, 3, 1, 4).unbind(0)

    def forward(self, x: Tensor, memory: Tensor | None, mask: Tensor | None, causal: bool) -> Tensor:
        """Return what the sublayer adds to the residual stream."""
        x = self.norm(x)
        if memory is None:
            q, k, v = self.split(self.packed(x), 3)
        else:
            (q,) = self.split(self.query(x), 1)
            k, v = self.split(self.keyvalue(memory), 2)
        if causal:
            future = torch.full((q.shape[2], k.shape[2]), -1e4, dtype=q.dtype).triu_(1)
            mask = future if mask is None else mask + future
        scores = (q * q.shape[3] ** -0.5) @ k.transpose(2, 3)
        y = torch.softmax(scores if mask is None else scores + mask, 3) @ v
        added: Tensor = self.output(y.transpose(1, 2).flatten(2))
        return added


class FeedForward(nn.Module):
    """Two linear maps with a ReLU between them."""

    def __init__(self, width: int, inner: int) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.inner = nn.Linear(width, inner)
        self.output = nn.Linear(inner, width)

    def forward(self, x: Tensor) -> Tensor:
        """Return what the sublayer adds to the residual stream."""
        added: Tensor = self.output(functional.relu(self.inner(self.norm(x))))
        return added


class Layer(nn.Module):
    """One layer of the encoder, or of the decoder where ``cross`` is true."""

    def __init__(self, shape: Shape, *, cross: bool) -> None:
        super().__init__()
        self.own = Attention(shape.width, shape.heads, cross=False)
        self.other = Attention(shape.width, shape.heads, cross=True) if cross else None
        self.ffn = FeedForward(shape.width, shape.inner)

    def forward(self, x: Tensor, memory: Tensor | None, mask: Tensor | None, drop: Drop) -> Tensor:
        """Return the residual stream behind the layer; ``mask`` is of the encoder's places."""
        cross = self.other is not None
        x = x + drop(self.own(x, None, None if cross else mask, cross))
        if self.other is not None:
            x = x + drop(self.other(x, memory, mask, False))
        return x + drop(self.ffn(x))


class Translator(nn.Module):
    """The encoder and the decoder; the output projection is the embedding itself."""

    positions: Tensor

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.embedding = nn.Embedding(shape.vocabulary, shape.width, padding_idx=PAD)
        self.encoder = nn.ModuleList(Layer(shape, cross=False) for _ in range(shape.encoder_layers))
        self.decoder = nn.ModuleList(Layer(shape, cross=True) for _ in range(shape.decoder_layers))
        self.encoder_norm = nn.LayerNorm(shape.width)
        self.decoder_norm = nn.LayerNorm(shape.width)
        self.register_buffer("positions", sinusoids(shape.longest, shape.width), persistent=False)
        self.drop: Masks | None = None
        self.initialise()

    def initialise(self) -> None:
        """Draw the weights; maps that write to the residual stream start small."""
        depth = 2 * self.shape.encoder_layers + 3 * self.shape.decoder_layers
        for name, parameter in self.named_parameters():
            if name == "embedding.weight":
                nn.init.normal_(parameter, std=self.shape.width**-0.5)
            elif parameter.dim() == 2:
                nn.init.xavier_uniform_(parameter)
                if ".output." in name:
                    parameter.data.mul_((depth / 2) ** -0.5)
            elif "norm" not in name:
                nn.init.zeros_(parameter)
        self.embedding.weight.data[PAD].zero_()

    def dropped(self, x: Tensor) -> Tensor:
        """Return ``x``, with dropout while training."""
        return x if self.drop is None or not self.training else self.drop(x)

    def embed(self, tokens: Tensor) -> Tensor:
        """Return embeddings with their places added."""
        x = self.embedding(tokens) * math.sqrt(self.shape.width)
        return self.dropped(x + self.positions[: tokens.shape[1]].to(x.dtype))

    def encode(self, source: Tensor) -> tuple[Tensor, Tensor | None]:
        """Return the encoder's output and the mask of its real places (none if all are)."""
        real = source.ne(PAD)
        x = self.embed(source)
        mask = None if bool(real.all()) else bias(real, x.dtype)
        for layer in self.encoder:
            x = layer(x, None, mask, self.dropped)
        return self.encoder_norm(x), mask

    def decode(self, target: Tensor, memory: Tensor, mask: Tensor | None) -> Tensor:
        """Return the decoder's output at every place of ``target``."""
        x = self.embed(target)
        for layer in self.decoder:
            x = layer(x, memory, mask, self.dropped)
        normed: Tensor = self.decoder_norm(x)
        return normed

    def forward(self, source: Tensor, target: Tensor) -> Tensor:
        """Return the decoder's output, to be multiplied by the embedding for logits."""
        memory, mask = self.encode(source)
        return self.decode(target, memory, mask)


def bias(real: Tensor, dtype: torch.dtype) -> Tensor:
    """Return what attention adds to the scores: 0 at real places, a large negative elsewhere."""
    added = torch.zeros(real.shape, dtype=dtype).masked_fill_(~real, -1e4)
    return added[:, None, None, :]


def sinusoids(length: int, width: int) -> Tensor:
    """Return the table of places, sines in the first half and cosines in the second."""
    rate = torch.exp(torch.arange(width // 2) * (-math.log(10000.0) / (width // 2 - 1)))
    angle = torch.arange(1, length + 1)[:, None] * rate[None]
    return torch.cat([angle.sin(), angle.cos()], 1)
