"""The reading model: which words are cues, how each word stands to each cue, and how certain an event is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from reportedly.models.decoding import best_tags, log_softmax, spans_of
from reportedly.models.inputs import Inputs, Marks
from reportedly.models.links import distances, numbered
from reportedly.models.package import Package
from reportedly.models.products import product
from reportedly.models.runtime import CPU, Embeddings, Graph
from reportedly.models.sentences import STATES, SentenceHead
from reportedly.models.stance import StanceHeads, pooled
from reportedly.models.windows import Words, sentence_around

Floats = NDArray[np.float32]
Extent = tuple[int, int]

_LIKELY = 0.5  # of a word beside the surest one of a position's cue


@dataclass(frozen=True, slots=True)
class Asked:
    """A cue, as words `first:stop`, and what is known of each word of its window.

    `branches` are the words' relations to it in the tree; `linked` says what the rules make of them: 0 the cue is none
    of theirs, 1 neither, 2 its source, 3 its content.
    """

    first: int
    stop: int
    branches: Sequence[str]
    linked: Sequence[int]


@dataclass(frozen=True, slots=True)
class Roles:
    """The word spans that belong to one cue."""

    source: tuple[Extent, ...]
    content: tuple[Extent, ...]


class ReadingModel:
    """Reads texts with the package's first graph. Loads once."""

    def __init__(self, package: Package, embed: Embeddings, tokenizer: Tokenizer, provider: str = CPU) -> None:
        told = package.manifest["reading"]
        self._graph = Graph(package.path("reading.onnx"), provider)
        self._embed = embed
        self.columns = tuple(told["columns"])
        self._inputs = Inputs(tokenizer, Marks(told["columns"]), told["limit"])
        with np.load(package.path("heads.npz")) as stored:
            self.heads: dict[str, Floats] = {name: stored[name] for name in stored.files}
        self.relations = {name: number + 1 for number, name in enumerate(told["relations"])}
        self.cue_bias = float(told["cue_bias"])
        self._ruled_weight = float(told["ruled_weight"])
        self.stances = StanceHeads(package)
        self.sentences = SentenceHead(package)

    def read(self, words: Words) -> "Read":
        """What the graph makes of a text, window by window."""
        rows = self._inputs.rows(words)
        cue, links, rate, early = [], [], [], []
        for row in rows:
            outputs = self._graph.run({"embedded": self._embed(row.ids), "marks": row.marks, "at": row.at})
            cue.append(log_softmax(outputs[0]))
            links.append(outputs[1])
            rate.append(outputs[2])
            early.append(outputs[3])
        windows = tuple((row.window.first, row.window.stop) for row in rows)
        return Read(self, windows, cue, links, rate, early)

    def certainty(self, words: Words, word: int, ruled: float) -> float:
        """The value, -3.0 … 3.0, of the event that a word of a text names, from its sentence.

        `ruled` is what the rules give it: the graph's head knows it, and the result is a weighted mean with it.
        """
        sentence, place = sentence_around(words, word)
        row = next(row for row in self._inputs.rows(sentence) if row.window.first <= place < row.window.stop)
        at = row.at[place - row.window.first :][:1]
        rate = self._graph.run({"embedded": self._embed(row.ids), "marks": row.marks, "at": at})[2]
        return self.rated(rate[0], ruled)

    def rated(self, rate: Floats, ruled: float) -> float:
        """The value, -3.0 … 3.0, that a word's vector from the graph and the rules' value come to."""
        hidden = np.maximum(rate + self.heads["ruled"][rating_number(ruled)], 0)
        value = float(hidden @ self.heads["rating"] + self.heads["rating_bias"][0])
        value = max(-3.0, min(3.0, value * float(self.heads["scale"]) + float(self.heads["shift"])))
        return (value + self._ruled_weight * ruled) / (1 + self._ruled_weight)


def rating_number(value: float) -> int:
    """The number of the rules' value: half points from -3 to 3."""
    return round(2 * value) + 7


class Read:
    """One text as the reading model sees it; all numbers are of words."""

    def __init__(
        self,
        model: ReadingModel,
        windows: tuple[Extent, ...],
        cue: list[Floats],
        links: list[Floats],
        rate: list[Floats],
        early: list[Floats],
    ) -> None:
        self._model = model
        self.windows = windows
        self._cue, self._links, self._rate, self._early = cue, links, rate, early
        self._starts = np.array([first for first, _ in windows])

    def window_of(self, word: int) -> int:
        """The number of the window that a word stands in."""
        return int(np.searchsorted(self._starts, word, side="right")) - 1

    def cues(self) -> list[Extent]:
        """The cues' words, in order."""
        found = []
        for (first, _), scores in zip(self.windows, self._cue, strict=True):
            biased = scores.copy()
            biased[:, 0] -= self._model.cue_bias
            found += [(first + a, first + b) for a, b in spans_of(best_tags(biased[None])[0])]
        return found

    def positions(self) -> list[tuple[Extent, float]]:
        """Words that look like the cue of a position (denies, declines …), and how much: a word's highest share."""
        found = []
        for (first, _), states in zip(self.windows, self._early, strict=True):
            shares = 1 - self._model.stances.words(states)[:, 0]
            at = 0
            while at < len(shares):
                stop = at
                while stop < len(shares) and shares[stop] >= _LIKELY:
                    stop += 1
                if stop > at:
                    found.append(((first + at, first + stop), float(shares[at:stop].max())))
                at = stop + 1
        return found

    def stance(self, sentence: Extent, cue: Extent | None, content: Sequence[Extent]) -> Mapping[str, float]:
        """The share of each stance that a cue makes with its content, together 1, within the sentence's window."""
        number = self.window_of(cue[0] if cue else sentence[0])
        low, high = self.windows[number]

        def here(span: Extent) -> Extent:
            return max(span[0], low) - low, min(span[1], high) - low

        told = pooled(self._early[number], here(sentence), here(cue) if cue else None, [here(part) for part in content])
        return self._model.stances.kinds(told)

    def mean(self, first: int, stop: int) -> Floats:
        """(STATES,) the mean of the first early states of the words `first:stop`, as far as one window holds them."""
        number = self.window_of(first)
        low, high = self.windows[number]
        found: Floats = self._early[number][first - low : min(stop, high) - low, :STATES].mean(0)
        return found

    def vector(self, first: int, stop: int) -> str:
        """The vector of a sentence, the words `first:stop`: see models/sentences.py."""
        return self._model.sentences.vector(self.mean(first, stop))

    def certainty(self, word: int, ruled: float) -> float:
        """The value, -3.0 … 3.0, of the event that a word names, in the author's view; `ruled` is the rules' value."""
        number = self.window_of(word)
        return self._model.rated(self._rate[number][word - self.windows[number][0]], ruled)

    def cue_share(self, first: int, stop: int) -> float:
        """How sure the model is, from 0 to 1, that one of the words `first:stop` belongs to a cue."""
        number = self.window_of(first)
        low, high = self.windows[number]
        return float(1 - np.exp(self._cue[number][first - low : min(stop, high) - low, 0].min()))

    def roles(self, cues: Sequence[Asked]) -> list[Roles]:
        """Source and content of each cue, within its window."""
        found: list[Roles | None] = [None] * len(cues)
        by_window: dict[int, list[int]] = {}
        for place, cue in enumerate(cues):
            by_window.setdefault(self.window_of(cue.first), []).append(place)
        for number, places in by_window.items():
            low = self.windows[number][0]
            tags = best_tags(log_softmax(self._role_scores(number, [cues[place] for place in places])))
            for place, row in zip(places, tags, strict=True):
                source, content = (tuple((low + a, low + b) for a, b in spans_of(row, kind)) for kind in (0, 1))
                found[place] = Roles(source, content)
        return [roles for roles in found if roles is not None]

    def _role_scores(self, number: int, cues: Sequence[Asked]) -> Floats:
        """(cues, words, 5) scores in one window."""
        heads, links = self._model.heads, self._links[number]
        low, high = self.windows[number]
        firsts = [cue.first - low for cue in cues]
        lasts = [min(cue.stop, high) - 1 - low for cue in cues]
        hidden: Floats = (links[firsts, 0] + links[lasts, 1])[:, None] + links[None, :, 2]
        hidden += heads["branch"][np.stack([numbered(cue.branches, self._model.relations) for cue in cues])]
        hidden += heads["distance"][np.stack([distances(cue.first, cue.stop, low, high) for cue in cues])]
        hidden += heads["linked"][np.stack([np.asarray(cue.linked, dtype=np.int64) for cue in cues])]
        np.maximum(hidden, 0, out=hidden)
        scores: Floats = product(hidden, heads["role"].T) + heads["role_bias"]
        return scores
