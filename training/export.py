"""Writes trained models as ONNX: int8 dense layers by channel, heads in full precision, word pieces in a table."""

import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from training.encoder import WIDTH, Encoder
from training.reader import ReadingModel
from training.reading_data import FACTUALITY
from training.relations import RelationModel

_OPSET = 17
EARLY = (0, 2, 4)


class ReadingGraph(nn.Module):
    """embedded (T, 384), marks (T, columns), at (W,) -> cue (W, 3), links (W, 3, 192), rate (W, 64), early (W, 1152).

    `early` are the states of the layers EARLY: the last one is bent to who said what and has lost much of the words.
    """

    names = ("cue", "links", "rate", "early")
    free = ("cue", "links", "rate", "early", "at")

    def __init__(self, model: ReadingModel) -> None:
        super().__init__()
        self.model = model

    def forward(self, embedded: Tensor, marks: Tensor, at: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        model = self.model
        states = model.encoder.states(embedded[None], marks[None], torch.ones_like(marks[None, :, 0]))
        h = states[-1][0][at]
        links = torch.stack([model.first(h), model.last(h), model.word(h)], 1)
        return model.cue(h), links, model.rate(h), torch.cat([states[layer][0][at] for layer in EARLY], 1)


class RelationGraph(nn.Module):
    """embedded (T, 384), marks (T, columns), at (2,) -> scores (labels,)."""

    names = ("scores",)
    free = ()

    def __init__(self, model: RelationModel) -> None:
        super().__init__()
        self.model = model

    def forward(self, embedded: Tensor, marks: Tensor, at: Tensor) -> Tensor:
        model = self.model
        h = model.encoder.embedded(embedded[None], marks[None], torch.ones_like(marks[None, :, 0]))
        return model.label(model.vector(h, h.mean(1), at[None]))[0]


def write_graph(graph: ReadingGraph | RelationGraph, columns: int, path: Path, *, quantise: bool) -> None:
    """Writes a graph; with `quantise` its encoder's dense layers are int8, scaled by output channel."""
    graph.eval()
    encoder: Encoder = graph.model.encoder
    for layer in encoder.layers:
        layer.fused = False
    example = (torch.randn(24, WIDTH), torch.zeros(24, columns, dtype=torch.long), torch.tensor([1, 5]))
    free = {"embedded": {0: "pieces"}, "marks": {0: "pieces"}, **{name: {0: "words"} for name in graph.free}}
    with tempfile.TemporaryDirectory() as folder, torch.inference_mode():
        plain = Path(folder) / "plain.onnx"
        torch.onnx.export(
            graph,
            example,
            str(plain),
            input_names=["embedded", "marks", "at"],
            output_names=list(graph.names),
            dynamic_axes=free,
            opset_version=_OPSET,
            dynamo=False,
        )
        if not quantise:
            path.write_bytes(plain.read_bytes())
            return
        nodes = onnx.load(plain).graph.node
        dense = [node.name for node in nodes if node.op_type in ("MatMul", "Gemm")]
        # What attention gives out is left alone too: with it in int8 the contents' exact F1 falls by half a point.
        plainly = [name for name in dense if "/layers." not in name or "/out/" in name]
        quantize_dynamic(
            plain,
            path,
            op_types_to_quantize=["MatMul"],
            per_channel=True,
            reduce_range=True,  # seven bits: eight overflow on processors without VNNI
            weight_type=QuantType.QInt8,
            nodes_to_exclude=plainly,
        )


def write_embeddings(weight: Tensor, path: Path, *, quantise: bool) -> None:
    """Writes the word pieces' table with a scale a row."""
    if quantise:
        scale = weight.abs().amax(1, keepdim=True).clamp_min(1e-8) / 127
        table = (weight / scale).round().to(torch.int8)
    else:
        scale, table = torch.ones(len(weight), 1), weight
    np.savez(path, table=table.numpy(), scale=scale.numpy())


def write_heads(model: ReadingModel, path: Path) -> None:
    """Writes the small tables that the runtime adds up itself; certainty on the scale of the first set, UW."""
    found = {
        "branch": model.branch.weight,
        "distance": model.distance.weight,
        "linked": model.linked.weight,
        "role": model.role.weight,
        "role_bias": model.role.bias,
        "ruled": model.ruled.weight,
        "rating": model.rating.weight[0],
        "rating_bias": model.rating.bias,
        "scale": model.scale[FACTUALITY.index("uw")],
        "shift": model.shift[FACTUALITY.index("uw")],
    }
    np.savez(path, **{name: value.detach().numpy() for name, value in found.items()})
