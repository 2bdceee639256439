"""What the learned reader sees of an article: its words with the marks that the parser and the rules have put on them.

The encoder was pretrained on lower-cased text and knows nothing of trees. Case, parts of speech, relations, names,
quotation marks and what the rules of `extract.statements` found are fed in beside the word pieces, so that the model
starts from what is known and learns where it is wrong.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from reportedly.models.windows import Words
from reportedly.parsing import Parse
from reportedly.records import Statement

Extent = tuple[int, int]

COLUMNS = ("case", "tag", "dep", "head", "name", "quote", "source", "cue", "content")
_FARTHEST = 8
_OPENERS, _CLOSERS = frozenset("“«„"), frozenset("”»")
_STRAIGHT = frozenset({'"', "``", "''"})


def words_of(parse: Parse, statements: Sequence[Statement]) -> Words:
    """The words of an article in paragraphs and sentences, each with the values of COLUMNS ("" where it has none).

    `statements` are those that the rules found.
    """
    columns = {
        "case": [_case(word) for word in parse.word],
        "tag": parse.tag,
        "dep": parse.dep,
        "head": [str(max(-_FARTHEST, min(_FARTHEST, head - at))) for at, head in enumerate(parse.head)],
        "name": _names(parse),
        "quote": _quoted(parse),
        "source": _marks(parse, ((s.source.start, s.source.end, "") for s in statements if s.source)),
        "cue": _marks(parse, ((s.cue.start, s.cue.end, s.cue_class or "") for s in statements if s.cue)),
        "content": _marks(parse, ((part.start, part.end, "") for s in statements for part in s.content)),
    }
    rows = tuple(zip(*(columns[name] for name in COLUMNS), strict=True))
    return Words(words=parse.word, marks=rows, sentences=parse.sentences, paragraphs=parse.paragraphs)


def _case(word: str) -> str:
    if not any(map(str.isalpha, word)):
        return "digit" if any(map(str.isdigit, word)) else "mark"
    if word.islower():
        return "lower"
    if word.isupper():
        return "upper" if len(word) > 1 else "letter"
    return "title" if word.istitle() else "mixed"


def _names(parse: Parse) -> list[str]:
    found = [""] * len(parse)
    for name in parse.names:
        found[name.first : name.stop] = [name.label] * (name.stop - name.first)
    return found


def _quoted(parse: Parse) -> list[str]:
    """`in` between quotation marks, `mark` at them; a quotation ends with its paragraph at the latest."""
    found = []
    for first, stop in parse.paragraphs:
        inside = False
        for token in range(first, stop):
            word = parse.word[token]
            if word in _STRAIGHT or word in _OPENERS or word in _CLOSERS:
                inside = word in _OPENERS or (word in _STRAIGHT and not inside)
                found.append("mark")
            else:
                found.append("in" if inside else "")
    return found


def _marks(parse: Parse, spans: Iterable[tuple[int | None, int | None, str]]) -> list[str]:
    """`B…` at the first word of each span, `I…` at the others; of spans in each other the inner one is seen."""
    found = [""] * len(parse)
    for tokens, label in sorted(_tokens(parse, spans), key=lambda pair: -len(pair[0])):
        for token in tokens:
            found[token] = f"{'B' if token == tokens.start else 'I'}{label}"
    return found


def _tokens(parse: Parse, spans: Iterable[tuple[int | None, int | None, str]]) -> Iterator[tuple[range, str]]:
    for start, end, label in spans:
        if start is not None and end is not None and (tokens := parse.tokens_in(start, end)):
            yield tokens, label


def told_of(parse: Parse, statement: Statement, token: int | None = None) -> tuple[Extent, Extent, list[Extent]] | None:
    """The sentence of a statement's cue, the cue and its content, as words: what its stance is read off.

    Of a content of several sentences only the one that `token` stands in. None for a statement without a cue.
    """
    cue = parse.tokens_in(statement.cue.start, statement.cue.end) if statement.cue else range(0)
    if not cue:
        return None
    content = []
    for part in statement.content:
        inside = parse.tokens_in(part.start, part.end)
        if token is not None and token in inside:
            first, stop = parse.sentences[parse.sentence_of[token]]
            inside = range(max(inside.start, first), min(inside.stop, stop))
        if inside:
            content.append((inside.start, inside.stop))
    return parse.sentences[parse.sentence_of[cue.start]], (cue.start, cue.stop), content


def branches(parse: Parse, first: int, stop: int, low: int, high: int) -> list[str]:
    """How each word of `low:high` hangs on the cue `first:stop`: the relation of the branch under its head.

    `self` for its own words, `up` for the word above it, `up-REL` for the branches of that word, "" for all others.
    """
    top = parse.top(first, stop)
    found = [""] * (high - low)

    def fill(token: int, label: str) -> None:
        begin, end = max(low, parse.left[token]), min(high, parse.right[token])
        if begin < end:
            found[begin - low : end - low] = [label] * (end - begin)

    above = parse.head[top]
    if above != top:
        for kid in parse.children[above]:
            if kid != top:
                fill(kid, f"up-{parse.dep[kid]}")
        if low <= above < high:
            found[above - low] = "up"
    for kid in parse.children[top]:
        fill(kid, parse.dep[kid])
    for token in range(max(first, low), min(stop, high)):
        found[token - low] = "self"
    return found


class Ruled:
    """The rules' statements by the words of their cues."""

    def __init__(self, parse: Parse, statements: Sequence[Statement]) -> None:
        self._parse = parse
        self._by_word: dict[int, Statement] = {}
        for statement in statements:
            if statement.cue is not None:
                tokens = parse.tokens_in(statement.cue.start, statement.cue.end)
                self._by_word.update(dict.fromkeys(tokens, statement))

    def all_at(self, first: int, stop: int) -> list[Statement]:
        """The statements whose cues share words with `first:stop`, one for each word shared."""
        return [self._by_word[word] for word in range(first, stop) if word in self._by_word]

    def at(self, first: int, stop: int) -> Statement | None:
        """The statement whose cue shares the most words with `first:stop`."""
        found = self.all_at(first, stop)
        return max(found, key=found.count, default=None)

    def linked(self, first: int, stop: int, low: int, high: int) -> list[int]:
        """What the rules make of each word of `low:high` for the cue `first:stop`.

        0: the cue is none of theirs; 1: neither source nor content; 2: its source; 3: its content.
        """
        statement = self.at(first, stop)
        if statement is None:
            return [0] * (high - low)
        found = [1] * (high - low)
        parts = [(part.start, part.end, 3) for part in statement.content]
        if statement.source is not None and statement.source.start is not None and statement.source.end is not None:
            parts.append((statement.source.start, statement.source.end, 2))
        for start, end, number in parts:
            for word in self._parse.tokens_in(start, end):
                if low <= word < high:
                    found[word - low] = number
        return found


PAIR_COLUMNS = ("case", "tag", "dep", "head", "name", "party", "trigger")
_ACTOR, _RECIPIENT = ("{", "}"), ("<", ">")
_PLAIN = ("",) * (len(PAIR_COLUMNS) - 2)
_LONGEST, _LONGEST_SPAN, _ABOUT = 110, 30, 20


def pair_of(parse: Parse, actor: range, recipient: range, triggers: Mapping[int, str]) -> tuple[Words, tuple[int, int]]:
    """The sentences of two spans with marks around them, and where the two begin.

    `triggers` gives the event type of the words that the lexicon knows. Of a long text only the words about each span
    are kept. Raises ValueError when one of the spans is empty.
    """
    if not actor or not recipient:
        raise ValueError("a pair needs at least one word on both sides")
    sides = (("actor", actor[:_LONGEST_SPAN], _ACTOR), ("recipient", recipient[:_LONGEST_SPAN], _RECIPIENT))
    kept = _kept(parse, sides[0][1], sides[1][1])
    rows: list[tuple[str, ...]] = []
    words: list[str] = []
    starts = {}
    names = _names(parse)

    def mark(word: str, label: str) -> None:
        words.append(word)
        rows.append((*_PLAIN, label, ""))

    for token in kept:
        for label, span, (opening, _) in sides:
            if token == span.start:
                starts[label] = len(words)
                mark(opening, label)
        party = next((label for label, span, _ in sides if token in span), "")
        words.append(parse.word[token])
        rows.append((*_known(parse, token, names), party, triggers.get(token, "")))
        for label, span, (_, closing) in sides:
            if token == span.stop - 1:
                mark(closing, label)
    return _one_sentence(words, rows), (starts["actor"], starts["recipient"])


def text_of(parse: Parse, triggers: Mapping[int, str], limit: int) -> Words:
    """The first words of a text in the columns of pairs, without spans: for training."""
    names, tokens = _names(parse), range(min(len(parse), limit))
    rows = [(*_known(parse, token, names), "", triggers.get(token, "")) for token in tokens]
    return _one_sentence(parse.word[: len(tokens)], rows)


def _known(parse: Parse, token: int, names: Sequence[str]) -> tuple[str, ...]:
    offset = str(max(-_FARTHEST, min(_FARTHEST, parse.head[token] - token)))
    return _case(parse.word[token]), parse.tag[token], parse.dep[token], offset, names[token]


def _one_sentence(words: Sequence[str], rows: Sequence[tuple[str, ...]]) -> Words:
    whole = ((0, len(words)),)
    return Words(words=tuple(words), marks=tuple(rows), sentences=whole, paragraphs=whole)


def _kept(parse: Parse, actor: range, recipient: range) -> Sequence[int]:
    """The words of the sentences of two spans; where they are too many, those about either span."""
    first, stop = min(actor.start, recipient.start), max(actor.stop, recipient.stop)
    low = parse.sentences[parse.sentence_of[first]][0]
    high = parse.sentences[parse.sentence_of[stop - 1]][1]
    if high - low <= _LONGEST:
        return range(low, high)
    near = range(-_ABOUT, _ABOUT + 1)
    about = {token + by for span in (actor, recipient) for token in (span.start, span.stop - 1) for by in near}
    return [token for token in range(low, high) if token in about or token in actor or token in recipient]
