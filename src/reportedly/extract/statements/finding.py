"""The order of work: quotations, cues, drafts, then the statements with what ties them to each other."""

from collections.abc import Mapping, Sequence

from reportedly.extract.statements.attaching import Attachment, attach
from reportedly.extract.statements.building import Draft, draft, join_light_verbs
from reportedly.extract.statements.chains import quoted_as
from reportedly.extract.statements.labels import labelled
from reportedly.extract.statements.matching import Match, find_matches
from reportedly.extract.statements.nesting import nest
from reportedly.extract.statements.outward import outward
from reportedly.extract.statements.quotes import Quote, find_quotes, quote_kind, quote_of_tokens
from reportedly.extract.statements.relays import carry_relays
from reportedly.extract.statements.sources import (
    channel_of,
    is_outlet,
    kind_of,
    names_by_token,
    relay_of,
    relay_within,
)
from reportedly.extract.statements.trees import child, minus, nearest_subject
from reportedly.language import Cue, Language
from reportedly.parsing import Parse
from reportedly.records import Article, Note, Source, Statement, make_id

# The verb before a colon and a quotation ("She took the stage: “…”") says, whether or not the language pack has it.
_PLAIN = Cue(
    words=(":",), pos="verb", kind="say", frames=frozenset({"quote"}), prepositions=frozenset(), example="", line=0
)


def find_statements(
    article: Article, parse: Parse, language: Language
) -> tuple[tuple[Statement, ...], tuple[Note, ...]]:
    """Every statement of the article but the narrator's, in the order of their cues, and the notes to them.

    `Source.text` is the whole noun phrase as it stands; `name` and `mention` are left to resolving actors. A content of
    several spans is one statement: a quotation that the cue interrupts, or that goes on in further sentences.
    Notes: `source-absent`, `unbalanced-quote`.
    """
    quotes = find_quotes(parse, language)
    quoted = quote_of_tokens(parse, quotes)
    attachment = attach(parse, language, quotes, quoted)
    matches = _matches(parse, language, quotes, quoted, attachment)
    outer = outward(parse, language, [match for match, _ in matches], quoted)
    drafts = [
        made
        for match, own in matches
        if (made := draft(parse, language, match, quotes, own, quoted, outer.get(match.anchor))) is not None
    ]
    _leave_out(parse, drafts, outer)
    names = names_by_token(parse)
    drafts = join_light_verbs(parse, language, drafts)
    labels = labelled(parse, language, quoted, names)
    owned = {number for made in labels for number in made.quotes}
    drafts = [made for made in drafts if not made.quotes or owned.isdisjoint(made.quotes)]
    drafts = _without_asides(parse, language, [*drafts, *labels])
    statements = nest([_statement(article, parse, language, made, quoted, names) for made in drafts])
    statements = carry_relays(parse, statements, language)
    notes = [
        Note(code="source-absent", start=s.cue.start, end=s.cue.end)
        for s in statements
        if s.source is None and s.cue is not None
    ]
    notes += [Note(code="unbalanced-quote", start=q.start, end=q.end) for q in _unbalanced(quotes)]
    return tuple(statements), tuple(notes)


def _leave_out(parse: Parse, drafts: Sequence[Draft], outer: Mapping[int, int]) -> None:
    """Takes what a speaker goes on to say out of what he said before: "he was ill[, adding that he would stay]"."""
    holes = []
    for anchor in outer:
        first = parse.left[anchor]
        while first > 0 and (
            parse.word[first - 1] == "," or (parse.pos[first - 1] == "CCONJ" and parse.dep[first - 1] == "cc")
        ):
            first -= 1
        holes.append((anchor, first, parse.right[anchor]))
    for made in drafts:
        for anchor, first, stop in holes:
            if made.match.anchor == outer[anchor]:
                made.content = minus(made.content, [(first, stop)]) or made.content


_SPEECH = frozenset({"clause", "quote", "parenthetical", "credit", "bare", "adverb"})
_JUDGEMENTS = (("untrue", "deny"), ("bad", "condemn"), ("good", "endorse"))
_POSITIONS = frozenset({"confirm", "deny", "decline"})
_POINTERS = frozenset({"that", "this", "it", "they", "these", "those"})
_MOODS = frozenset({"believe", "intend", "learn"})


def _without_asides(parse: Parse, language: Language, drafts: list[Draft]) -> list[Draft]:
    """Without the moods and judgements that are told inside what somebody else says.

    "She said that he wants to stay" is one statement, hers. Of statements within statements only what is said,
    confirmed, denied or declined there is kept (on PolNeAR's training part such nested moods are not annotated: of 249
    infinitives after nested cues 25 are).
    """
    kept: list[Draft] = []
    spans: list[tuple[int, int]] = []
    citing = {made.citing for made in drafts if made.citing is not None}
    for made in sorted(drafts, key=lambda made: -max((stop - first for first, stop in made.content), default=0)):
        cue, frame = made.match.cue, made.match.frame
        spoken = cue.kind in _POSITIONS or (frame in _SPEECH and cue.kind not in _MOODS)
        spoken = spoken or (cue.kind == "doubt" and cue.pos == "phrase")
        strong = spoken and cue.pos not in ("noun", "adj")
        anchor = made.match.anchor
        if anchor in citing:
            continue
        if not strong and any(first <= anchor < stop for first, stop in spans):
            continue
        kept.append(made)
        if made.source is None or made.source_head is None or not _is_outlets(parse, language, made):
            spans += made.content
    return sorted(kept, key=lambda made: made.cue)


def _is_outlets(parse: Parse, language: Language, made: Draft) -> bool:
    """Whether an outlet hands something on: what it tells of others' words is theirs."""
    assert made.source is not None
    assert made.source_head is not None
    return is_outlet(parse, language, made.source, made.source_head)


def _matches(
    parse: Parse, language: Language, quotes: Sequence[Quote], quoted: Mapping[int, int], attachment: Attachment
) -> list[tuple[Match, list[int]]]:
    """Each cue with the quotations it introduces."""
    own: dict[int, list[int]] = {}
    for number, verb in attachment.verb_of.items():
        own.setdefault(verb, []).append(number)
    for number, other in attachment.joins.items():
        own[attachment.verb_of[other]].append(number)
    found = find_matches(parse, language, quoted, frozenset(own))
    known = {match.anchor for match in found} | {match.tail for match in found}
    found += [Match(_PLAIN, verb, verb, verb, verb + 1, "quote", ()) for verb in own if verb not in known]
    found.sort(key=lambda match: match.first)
    saying = {
        reported[0]: match for match in found if (reported := quoted_as(parse, language, match)) is not None
    }  # the verb of "quoted X as saying" -> the cue "saying"
    out = []
    for match in found:
        if saying.get(match.anchor, match) is not match and match.cue.pos == "verb":
            continue
        numbers = {*own.get(match.anchor, ()), *own.get(match.tail, ())}
        numbers |= {number for verb, cue in saying.items() if cue is match for number in own.get(verb, ())}
        out.append((match, sorted(numbers)))
    return out


def _unbalanced(quotes: Sequence[Quote]) -> list[Quote]:
    """Quotations left open that the next paragraph does not take up."""
    following = [*quotes, None][1:]
    return [q for q, after in zip(quotes, following, strict=True) if not q.closed and not (after and after.continues)]


def _statement(
    article: Article, parse: Parse, language: Language, made: Draft, quoted: Mapping[int, int], names: Mapping[int, str]
) -> Statement:
    match, source_range, head = made.match, made.source, made.source_head
    relayed: str | None = None
    if match.cue.pos in ("verb", "phrase"):
        told = relay_of(parse, language, match.anchor)
        if told is None and match.tail != match.anchor:
            told = relay_of(parse, language, match.tail)
        relayed = _words(parse, told) if told is not None and told != source_range else None
    if relayed is None and source_range is not None:
        told = relay_within(parse, language, source_range)
        relayed = _words(parse, told) if told is not None else None
    if made.relay is not None:
        relayed = _words(parse, made.relay)
    source = None
    if source_range is not None and head is not None:
        span = parse.span(*source_range)
        kind = kind_of(parse, language, head, source_range, names)
        source = Source(text=span.text, start=span.start, end=span.end, kind=kind)
    cue = parse.span(*made.cue)
    content = tuple(parse.span(*piece) for piece in made.content)
    return Statement(
        id=make_id("statement", article.id, article.sha256, cue.start, cue.end, *(span.start for span in content)),
        source=source,
        cue=cue,
        cue_class=_judged(parse, language, made),
        content=content,
        quote=quote_kind(parse, made.content, quoted),
        channel=channel_of(parse, language, match.anchor),
        relayed_by=relayed,
    )


def _judged(parse: Parse, language: Language, made: Draft) -> str:
    """The class of the cue, or what its object is called: "called the claim baseless" denies."""
    match = made.match
    if match.frame == "clause" and match.cue.kind == "say" and _calls_untrue(parse, language, match):
        return "deny"
    if match.frame != "object-as" or match.cue.kind != "say":
        return match.cue.kind
    named = match.roots[-1]
    words = range(parse.left[named], parse.right[named])
    for name, kind in _JUDGEMENTS:
        if any(parse.lower[token] in language.words[name] for token in words):
            return kind
    return match.cue.kind


def _calls_untrue(parse: Parse, language: Language, match: Match) -> bool:
    """Whether what is said is that something was false: "said that was untrue", "said the report was false"."""
    for verb in match.roots:
        if parse.lemma[verb] != "be" or child(parse, verb, "neg") is not None:
            continue
        subject, named = nearest_subject(parse, verb), child(parse, verb, "acomp", "attr")
        if subject is not None and named is not None and parse.lower[named] in language.words["untrue"]:
            told = any(cue.pos == "noun" for cue in language.cues.get(parse.lemma[subject], ()))
            return told or parse.lower[subject] in _POINTERS
    return False


def _words(parse: Parse, span: tuple[int, int]) -> str:
    """The words of a token range on one line."""
    return " ".join(parse.span(*span).text.split())
