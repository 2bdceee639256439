"""What is behind a report: the sentence, the way through its tree, the rows of the lexicon, the models' scores.

The article is read again; where today's code or settings no longer make the report, the explanation says so and shows
what it was made of.
"""

from collections.abc import Mapping

from reportedly.encoding import told_of, words_of
from reportedly.errors import UsageError
from reportedly.extract.events import explain_trigger
from reportedly.extract.events.scoring import load_weights, score_of, traits
from reportedly.extract.stance import explain_stance
from reportedly.extract.statements import find_statements
from reportedly.parsing import Parse
from reportedly.reading import Reader
from reportedly.records import Article, Party, Reading, Report
from reportedly.settings import Settings

Line = tuple[str, str]


def explain(article: Article, report: Report, settings: Settings, reader: Reader | None = None) -> list[Line]:
    """(part, detail) lines, in the order in which a report comes about.

    Raises UsageError where the report's words are not in the article.
    """
    if article.text[report.trigger.start : report.trigger.end] != report.trigger.text:
        raise UsageError(f"report {report.id} does not quote article {article.id}")
    reader = reader or Reader(settings)
    _, parse = next(reader.parse_many([article]))
    reading = reader.derive(article, parse)
    now = next((known for known in reading.reports if known.id == report.id), None)
    lines = [("report", report.id)]
    if now is None:
        lines.append(("note", f"not made any more by run {reader.run.id}: shown as the ledger has it"))
    lines += _told(article, parse, now or report)
    lines += _parties(parse, now or report)
    lines += [("lexicon", row) for row in explain_trigger(parse, now or report, reader.ontology)]
    lines += _models(article, parse, reading, now, reader)
    lines += [("stance word", row) for row in explain_stance(parse, now or report, reader.language)]
    if now is not None:
        lines += _score(reading, now)
    at = report.trigger
    lines += [
        ("note", f"{note.code} {note.detail or ''}".strip())
        for note in reading.notes
        if note.start is not None and note.end is not None and note.start < at.end and at.start < note.end
    ]
    return lines


def _told(article: Article, parse: Parse, report: Report) -> list[Line]:
    tokens = parse.tokens_in(report.trigger.start, report.trigger.end)
    if not tokens:
        return [("words", report.trigger.text)]
    first, stop = parse.sentences[parse.sentence_of[tokens.start]]
    start, end = parse.start[first], parse.end[stop - 1]
    at = report.trigger
    text = article.text
    kind = " ".join(filter(None, (report.type or "no type", report.mode, report.modality, "negated" * report.negated)))
    return [
        ("sentence", f"{text[start : at.start]}[[{at.text}]]{text[at.end : end]}".replace("\n", " ")),
        ("type", kind),
        ("stance", f"{report.stance}, certainty {report.certainty}"),
        *([("points back to", report.refers_to)] if report.refers_to else []),
    ]


def _parties(parse: Parse, report: Report) -> list[Line]:
    found = []
    for side, parties in (("actor", report.actors), ("recipient", report.recipients)):
        for party in parties:
            who = party.name or party.text
            codes = " ".join(filter(None, (party.country, *party.sectors))) or "not coded"
            found.append((side, f"{party.text!r} = {who} ({codes}); {_path(parse, report, party)}"))
    return found


def _path(parse: Parse, report: Report, party: Party) -> str:
    """The relations from a party up to the word that it shares with the trigger, and down to the trigger."""
    one, other = (parse.tokens_in(part.start, part.end) for part in (party, report.trigger))
    if not one or not other or parse.sentence_of[one.start] != parse.sentence_of[other.start]:
        return "taken from another sentence"
    up, down = (_ups(parse, parse.top(span.start, span.stop)) for span in (one, other))
    meet = next((token for token in up if token in down), None)
    if meet is None:
        return "no way in the tree"
    rising = [f"{parse.word[t]} -{parse.dep[t]}->" for t in up[: up.index(meet)]]
    falling = [f"<-{parse.dep[t]}- {parse.word[t]}" for t in reversed(down[: down.index(meet)])]
    return " ".join((*rising, parse.word[meet], *falling))


def _ups(parse: Parse, token: int) -> list[int]:
    found = [token]
    while parse.head[found[-1]] != found[-1]:
        found.append(parse.head[found[-1]])
    return found


def _models(article: Article, parse: Parse, reading: Reading, report: Report | None, reader: Reader) -> list[Line]:
    """The learned shares: of each type for the first actor and recipient, of each stance for the statement."""
    if reader.models is None:
        return [("models", "none in use")]
    if report is None:
        return []
    lines = []
    sides = [parse.tokens_in(s[0].start, s[0].end) for s in (report.actors, report.recipients) if s]
    if len(sides) == 2 and all(sides) and set(sides[0]).isdisjoint(sides[1]):
        shares = reader.pair_shares(parse, *sides)
        if shares is not None:
            lines.append(("types by model", _best(shares)))
    statement = next(s for s in reading.statements if s.id == report.statement)
    tokens = parse.tokens_in(report.trigger.start, report.trigger.end)
    told = told_of(parse, statement, tokens.start if tokens else None)
    if told is not None:
        ruled, _ = find_statements(article, parse, reader.language)
        lines.append(("stances by model", _best(reader.models.reading.read(words_of(parse, ruled)).stance(*told))))
        lines.append(("cue", f"{statement.cue.text!r} of class {statement.cue_class}" if statement.cue else "none"))
    return lines


def _best(shares: Mapping[str, float]) -> str:
    ranked = sorted(shares.items(), key=lambda pair: -pair[1])
    return ", ".join(f"{name} {share:.2f}" for name, share in ranked[:4])


def _score(reading: Reading, report: Report) -> list[Line]:
    statement = next(s for s in reading.statements if s.id == report.statement)
    weights = load_weights()
    told = [f"{name} {weights[name]:+.2f}" for name, value in traits(report, statement).items() if value]
    return [("score", f"{score_of(report, statement):.2f} = {', '.join(told)}")]
