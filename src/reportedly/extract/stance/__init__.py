"""Stance: how each source stands towards each happening; and how certain a text is that an event happened."""

import dataclasses
from collections.abc import Sequence

from reportedly.encoding import words_of
from reportedly.errors import UsageError
from reportedly.extract.stance.certainty import certainty_value, label_of
from reportedly.extract.stance.finding import Finder
from reportedly.extract.stance.lexicon import load_stances
from reportedly.extract.stance.positions import certainty_of, shares_of, with_stance
from reportedly.extract.stance.referring import Referrer
from reportedly.language import Language
from reportedly.models import Models, Read
from reportedly.parsing import Parse
from reportedly.records import Article, Certainty, Note, Report, Span, Statement

_OF_SOMETHING = frozenset({"confirms", "endorses", "condemns"})
_RULED_OUT, _LEANS_AGAINST = -1.0, -0.3

__all__ = ["explain_stance", "load_stances", "rate_certainty", "rate_stance"]


def rate_certainty(
    parse: Parse, span: Span, language: Language, models: Models | None = None, statements: Sequence[Statement] = ()
) -> Certainty:
    """How certain the text is that the event named at a span happened: FactBank's label, and -3.0 … 3.0.

    With models the value is the learned one, which knows that of the rules and the rules' `statements` of the text. A
    negation that the rules see keeps their label where the value leans the same way: annotators spread over such
    events, so that means are seldom near -3 (right labels on UW's development part: .674 with this, .670 without).
    Raises UsageError when there is no word at the span.
    """
    tokens = parse.tokens_in(span.start, span.end)
    if not tokens:
        raise UsageError(f"there is no word at {span.start}:{span.end}")
    event = parse.top(tokens.start, tokens.stop)
    ruled = certainty_value(parse, event, load_stances(language.code), language)
    if models is None:
        return Certainty(label=label_of(ruled), value=round(ruled, 2))
    value = models.reading.certainty(words_of(parse, statements), event, ruled)
    negated = ruled < _RULED_OUT and value < _LEANS_AGAINST
    return Certainty(label=label_of(ruled if negated else value), value=round(value, 2))


def rate_stance(
    article: Article,
    parse: Parse,
    statements: Sequence[Statement],
    reports: Sequence[Report],
    language: Language,
    read: Read | None = None,
) -> tuple[tuple[Report, ...], tuple[Note, ...]]:
    """The reports with stance and certainty, each relative to the source of its own statement.

    Added are the positions that no cue gives ("that simply isn't true", "we don't discuss operations"), on the
    article's report that they point back to; a note each says which (`party-inherited`) or that there is none
    (`untyped`).
    """
    lexicon = load_stances(language.code)
    by_id = {statement.id: statement for statement in statements}
    cues = {s.id: parse.tokens_in(s.cue.start, s.cue.end) if s.cue else range(0) for s in statements}
    rated = []
    for report in reports:
        tokens = parse.tokens_in(report.trigger.start, report.trigger.end)
        cue = cues[report.statement]
        value = 3.0
        if tokens:
            value = certainty_value(parse, parse.top(tokens.start, tokens.stop), lexicon, language, cue)
        shares = shares_of(parse, report, by_id[report.statement], read) if read is not None else None
        # The model gives the author's view, which is the source's only where the outlet itself tells; a negation that
        # the rules see keeps its label.
        own = read is not None and tokens and by_id[report.statement].is_narrator and value > _LEANS_AGAINST
        sure = read.certainty(parse.top(tokens.start, tokens.stop), value) if read is not None and own else None
        rated.append(with_stance(parse, report, by_id[report.statement], value, lexicon, cue, shares, sure))
    referrer = Referrer(article, parse, statements, rated, lexicon.claims | lexicon.deeds)
    notes = []
    finder = Finder(parse, statements, rated, lexicon)
    outdone: set[str] = set()
    kept: set[str] = set()
    for judged in finder.run():
        report, note = referrer.report(judged)
        if report.type is None and (judged.kind == "contrary" or judged.stance in _OF_SOMETHING):
            continue  # praise and blame of nothing that the article reports
        claim = finder.claim_beside(judged)
        if claim is not None and report.type is None:  # it says who and whom, the judging word how it is meant
            report = dataclasses.replace(claim, stance=judged.stance)
            kept.add(claim.id)
            note = dataclasses.replace(note, start=claim.trigger.start, end=claim.trigger.end)
        if claim is not None:
            outdone.add(claim.id)
        rated = [known for known in rated if known.id != report.id]
        rated.append(dataclasses.replace(report, certainty=certainty_of(report.stance, 3.0, report)))
        notes.append(note)
    return tuple(report for report in rated if report.id not in outdone - kept), tuple(notes)


def explain_stance(parse: Parse, report: Report, language: Language) -> list[str]:
    """The rows of the stance lexicon for words in a report's sentence."""
    lexicon = load_stances(language.code)
    tokens = parse.tokens_in(report.trigger.start, report.trigger.end)
    if not tokens:
        return []
    sentence = range(*parse.sentences[parse.sentence_of[tokens.start]])
    words = {word for t in sentence for word in (parse.lemma[t], parse.lower[t])}
    rows = [
        row for (word, scope), found in lexicon.words.items() if word in words and scope != "claim" for row in found
    ]
    return [f"{row.word} ({row.scope}): {row.stance}" for row in rows]
