"""Settles who said what where the rules and the learned reader have both read an article.

The reader decides which words are cues and which words are whose source and content: it was trained to find their
bounds. The rules know what it was not trained on: the class of a cue, quotation marks, channels, relays, statements
inside statements, and the refusals and denials that this system exists for. What only they have found stays where the
reader does not rule it out.
"""

from collections.abc import Mapping, Sequence

from reportedly.encoding import Ruled, branches
from reportedly.extract.statements.building import by_paragraph
from reportedly.extract.statements.nesting import nest
from reportedly.extract.statements.quotes import Quote, find_quotes, quote_kind, quote_of_tokens
from reportedly.extract.statements.relays import carry_relays
from reportedly.extract.statements.sources import channel_of, kind_of, names_by_token, relay_of, relay_within
from reportedly.extract.statements.trees import is_passive, nearest_subject, subject_of, trim
from reportedly.language import POSITIONS, Cue, Language
from reportedly.models import Asked, Read, Roles
from reportedly.parsing import Parse
from reportedly.records import Article, Note, Source, Span, Statement, make_id

Extent = tuple[int, int]

_NAMING = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "VERB", "X"})
_TELLING = frozenset({"NOUN", "PROPN", "NUM", "ADJ", "VERB", "ADV", "INTJ", "SYM", "X"})
_RELATIVE = frozenset({"that", "which", "who", "whom"})
_EDGES = frozenset({"PUNCT", "SPACE", "DET", "CCONJ"})
# The share from which words that are nobody's cue become that of a position: three in 10,000 words of news then do.
_POSITION = 0.7
# The share that the reader must give a cue that only the rules have found for it to stay. On PolNeAR's development part
# 23 of the 84 plain ones below it are right. Positions stay in any case: of 60 there 16 are right, and most of the rest
# stand inside other statements, where PolNeAR marks nothing.
_KEEP, _KEEP_QUOTED = 0.5, 0.02


def settle_statements(
    article: Article, parse: Parse, language: Language, found: Sequence[Statement], read: Read
) -> tuple[tuple[Statement, ...], tuple[Note, ...]]:
    """The statements of rules and reader together, in the order of their cues, and the notes to those without a source.

    `found` are the rules' statements and `read` is what the reader makes of the same parse.
    """
    settler = _Settler(article, parse, language, found, read)
    statements = carry_relays(parse, nest(settler.statements()), language)
    notes = [
        Note(code="source-absent", start=s.cue.start, end=s.cue.end)
        for s in statements
        if s.source is None and s.cue is not None
    ]
    return tuple(statements), tuple(notes)


class _Settler:
    def __init__(
        self, article: Article, parse: Parse, language: Language, found: Sequence[Statement], read: Read
    ) -> None:
        self.article, self.parse, self.language, self.found, self.read = article, parse, language, found, read
        self.ruled = Ruled(parse, found)
        self.teller: dict[int, Extent] = {}  # word of a content -> the source of what stands there
        self.quotes: Sequence[Quote] = find_quotes(parse, language)
        self.quoted: Mapping[int, int] = quote_of_tokens(parse, self.quotes)
        self.names = names_by_token(parse)
        self.taken_up: set[Extent] = set()

    def statements(self) -> list[Statement]:
        """The reader's statements and those of the rules that it leaves standing."""
        cues = self._cues()
        used: set[str] = set()
        made = []
        chained = {t for rule in self.found if rule.relayed_by is not None for t in self._tokens(rule.source)}
        found = self.read.roles([self._asked(cue) for cue in cues])
        self.teller = {word: roles.source[0] for roles in found if roles.source for word in _words(roles.content)}
        for cue, roles in zip(cues, found, strict=True):
            rule = self._rule_of(cue, roles, used)
            if rule is None and self._cites(cue) and not chained.isdisjoint(_words(roles.content)):
                continue  # "reported, citing residents": one statement, the residents'
            statement = self._statement(cue, roles, rule)
            if statement is not None:
                made.append(statement)
                if rule is not None:
                    used.add(rule.id)
        taken = {token for cue in cues for token in range(*cue)}
        made += [rule for rule in self.found if rule.id not in used and self._stays(rule, taken)]
        unique = {statement.id: statement for statement in made if not self._is_anothers(statement, made)}
        return sorted(unique.values(), key=_place)

    def _is_anothers(self, statement: Statement, made: Sequence[Statement]) -> bool:
        """Whether a position taken up stands in what another says, and so is that one's or told in passing."""
        cue = self._tokens(statement.cue)
        if (cue.start, cue.stop) not in self.taken_up:
            return False
        told = (self._tokens(part) for other in made if other is not statement for part in other.content)
        return any(tokens.start <= cue.start and cue.stop <= tokens.stop for tokens in told)

    def _cues(self) -> list[Extent]:
        """The reader's cues, and words that it takes for the cue of a position where neither it nor a rule has one."""
        cues = self.read.cues()
        taken = {token for cue in cues for token in range(*cue)}
        taken.update(token for rule in self.found for token in self._tokens(rule.cue))
        for cue, share in self.read.positions():
            while cue[0] < cue[1] and self.parse.pos[cue[0]] in _EDGES:
                cue = (cue[0] + 1, cue[1])
            while cue[0] < cue[1] and self.parse.pos[cue[1] - 1] in _EDGES:
                cue = (cue[0], cue[1] - 1)
            if share >= _POSITION and cue[0] < cue[1] and taken.isdisjoint(range(*cue)):
                cues.append(cue)
                self.taken_up.add(cue)
        return sorted(cues)

    def _rule_of(self, cue: Extent, roles: Roles, used: set[str]) -> Statement | None:
        """The rules' statement at a cue; of several the one that shares most of its content with the reader's."""
        options = [rule for rule in self.ruled.all_at(*cue) if rule.id not in used]
        shared = _words(roles.content)

        def common(rule: Statement) -> tuple[int, int]:
            tokens = (token for part in rule.content for token in self._tokens(part))
            return sum(token in shared for token in tokens), options.count(rule)

        return max(options, key=common, default=None)

    def _cites(self, cue: Extent) -> bool:
        return any(self.parse.lemma[token] in self.language.words["citing"] for token in range(*cue))

    def _asked(self, cue: Extent) -> Asked:
        low, high = self.read.windows[self.read.window_of(cue[0])]
        return Asked(*cue, branches(self.parse, *cue, low, high), self.ruled.linked(*cue, low, high))

    def _stays(self, rule: Statement, taken: set[int]) -> bool:
        tokens = self._tokens(rule.cue)
        if not taken.isdisjoint(tokens):
            return False
        if rule.cue_class in POSITIONS:
            return True
        share = self.read.cue_share(tokens.start, tokens.stop)
        return share >= (_KEEP_QUOTED if rule.quote == "direct" else _KEEP)

    def _statement(self, cue: Extent, roles: Roles, rule: Statement | None) -> Statement | None:
        parse = self.parse
        taken_up = cue in self.taken_up
        cue = by_paragraph(parse, [cue])[0]
        window = range(*self.read.windows[self.read.window_of(cue[0])])
        source_range = self._source_range(roles, rule) or self._shared_subject(cue)
        content = by_paragraph(parse, list(roles.content))
        telling = [piece for piece in content if any(parse.pos[token] in _TELLING for token in range(*piece))]
        content = telling or (content if rule is None else [])
        if rule is not None and rule.content and all(self._is_when(piece) for piece in content):
            content = []  # "has died, the paper reported on Tuesday"
        if rule is None and source_range is not None and self._is_pleonastic(cue, source_range):
            source_range = None
        if source_range is not None:
            content = [piece for piece in content if not _within(piece, source_range)] or content
        if rule is not None:
            told = [self._tokens(part) for part in rule.content]
            content += [(t.start, t.stop) for t in told if not content or t.start not in window]
        elif taken_up:
            if self._kind(cue, content, taken_up) == "say":
                return None
        elif not content or (source_range is None and class_of(parse, self.language, range(*cue)) is None):
            return None  # "it is not yet clear whether …" is the outlet's own voice
        content.sort()
        spans = tuple(parse.span(*piece) for piece in content)
        source = self._source(source_range) if source_range is not None else None
        cue_span = parse.span(*cue)
        anchor = parse.top(*cue)
        return Statement(
            id=make_id(
                "statement",
                self.article.id,
                self.article.sha256,
                cue_span.start,
                cue_span.end,
                *(s.start for s in spans),
            ),
            source=source,
            cue=cue_span,
            cue_class=rule.cue_class if rule is not None else self._kind(cue, content, taken_up),
            content=spans,
            quote=quote_kind(parse, content, self.quoted),
            channel=rule.channel if rule is not None else channel_of(parse, self.language, anchor),
            relayed_by=self._relay(anchor, source_range, rule),
        )

    def _is_when(self, piece: Extent) -> bool:
        """Whether words only say when something was said."""
        tokens = range(*piece)
        dated = all(
            self.names.get(t) in ("DATE", "TIME") or self.parse.pos[t] in ("ADP", "PUNCT", "DET") for t in tokens
        )
        return dated and not self.quoted.keys() & set(tokens)

    def _is_pleonastic(self, cue: Extent, source: Extent) -> bool:
        """ "It was not clear whether …": nobody speaks."""
        parse = self.parse
        words = [parse.lower[token] for token in range(*source)]
        return words == ["it"] and any(parse.lemma[t] == "be" and parse.pos[t] == "AUX" for t in range(*cue))

    def _source_range(self, roles: Roles, rule: Statement | None) -> Extent | None:
        """The reader's source, unless the rules know better.

        They do where an outlet hands on whom it has it from ("the Herald, citing residents, reported"): the reader was
        trained to name the outlet. And where the reader's words name nobody ("a charge that Bogota denies").
        """
        parse = self.parse
        named = [span for span in roles.source if any(self._names(token) for token in range(*span))]
        found = max((by_paragraph(parse, [span])[0] for span in named), key=_length, default=None)
        tokens = self._tokens(rule.source) if rule is not None else range(0)
        if rule is None or not tokens:
            return found
        ruled = tokens.start, tokens.stop
        if found is None:
            low, high = self.read.windows[self.read.window_of(tokens.start)]
            elsewhere = not all(low <= span[0] < high for span in roles.content)
            known = rule.cue_class in POSITIONS or rule.relayed_by is not None
            return ruled if known or roles.source or elsewhere else None
        if rule.relayed_by is not None and set(tokens).isdisjoint(range(*found)):
            words = " ".join(parse.span(*found).text.split())
            return ruled if rule.relayed_by in words or words in rule.relayed_by else found
        return found

    def _shared_subject(self, cue: Extent) -> Extent | None:
        """Of a verb that is joined to another, the subject that the two share: "denied it and called it a lie"."""
        parse = self.parse
        verb = parse.top(*cue)
        if parse.pos[verb] != "VERB" or parse.dep[verb] != "conj" or nearest_subject(parse, verb) is not None:
            return None
        head = None if is_passive(parse, verb) else subject_of(parse, verb)
        if head is None or head > verb or not self._names(head):
            return None
        if head in self.teller:
            return self.teller[head]  # the parser has tied the verb to what was said, not to who said it
        return trim(parse, parse.left[head], min(parse.right[head], cue[0]))

    def _names(self, token: int) -> bool:
        return self.parse.pos[token] in _NAMING and self.parse.lower[token] not in _RELATIVE

    def _tokens(self, part: Source | Span | None) -> range:
        if part is None or part.start is None or part.end is None:
            return range(0)
        return self.parse.tokens_in(part.start, part.end)

    def _source(self, span: Extent) -> Source:
        words = self.parse.span(*span)
        kind = kind_of(self.parse, self.language, self.parse.top(*span), span, self.names)
        return Source(text=words.text, start=words.start, end=words.end, kind=kind)

    def _relay(self, anchor: int, source: Extent | None, rule: Statement | None) -> str | None:
        """Through whom it is told: what the rules found, unless that is now the source itself; else by the tree."""
        if rule is not None and rule.relayed_by is not None:
            speaker = " ".join(self.parse.span(*source).text.split()) if source is not None else None
            return rule.relayed_by if speaker is None or rule.relayed_by not in speaker else None
        told = relay_of(self.parse, self.language, anchor) if self.parse.pos[anchor] in ("VERB", "AUX") else None
        if told is None and source is not None:
            told = relay_within(self.parse, self.language, source)
        return " ".join(self.parse.span(*told).text.split()) if told is not None and told != source else None

    def _kind(self, cue: Extent, content: Sequence[Extent], taken_up: bool) -> str:
        """The class that the language pack knows; else what the form of the content suggests.

        Of words taken up as a position's cue, the class of the stance that they make.
        """
        if taken_up:
            shares = self.read.stance(self.parse.sentences[self.parse.sentence_of[cue[0]]], cue, content)
            likely = max(shares, key=shares.__getitem__)
            return next((kind for kind, stance in POSITIONS.items() if stance == likely), "say")
        known = class_of(self.parse, self.language, range(*cue))
        if known in POSITIONS and self._is_negated(cue):
            # "could not corroborate"; what "no doubt" and "did not deny" make only the rules know
            known = "decline" if known == "confirm" else None
        elif known == "say" and self._is_negated(cue):
            known = "decline"  # "has not released a statement about", "did not say whether"
        infinitive = bool(content) and self.parse.tag[content[0][0]] == "TO"
        return known or ("intend" if infinitive else "say")

    def _is_negated(self, cue: Extent) -> bool:
        parse = self.parse
        near = {*range(*cue), *(kid for token in range(*cue) for kid in parse.children[token])}
        return any(parse.dep[t] == "neg" or parse.lower[t] in (*self.language.negators, "no") for t in near)


def _words(spans: Sequence[Extent]) -> set[int]:
    return {token for span in spans for token in range(*span)}


def _within(span: Extent, other: Extent) -> bool:
    return other[0] <= span[0] and span[1] <= other[1]


def _length(span: Extent) -> int:
    return span[1] - span[0]


def _place(statement: Statement) -> tuple[int, int]:
    assert statement.cue is not None
    return statement.cue.start, statement.cue.end


def class_of(parse: Parse, language: Language, cue: Sequence[int]) -> str | None:
    """The class of the longest entry of the language pack in a cue's tokens; None where it has none of them."""
    inside = {parse.lemma[token] for token in cue} | {parse.lower[token] for token in cue}
    best: Cue | None = None
    for token in cue:
        lemma = language.lemmas.get(parse.lower[token], parse.lemma[token])
        for entry in language.cues.get(lemma) or language.cues.get(parse.lower[token]) or ():
            if inside.issuperset(entry.words[1:]) and (best is None or len(entry.words) > len(best.words)):
                best = entry
    return best.kind if best is not None else None
