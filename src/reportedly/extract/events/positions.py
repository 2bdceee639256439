"""Positions on something said elsewhere: "declined to comment", "denied the allegations", "called the report false"."""

from collections.abc import Sequence

from reportedly.language import POSITIONS
from reportedly.ontology import Ontology
from reportedly.parsing import Parse
from reportedly.records import Article, Report, Span, Statement, make_id

TALK = frozenset(
    {
        "comment",
        "confirm",
        "deny",
        "respond",
        "say",
        "discuss",
        "verify",
        "elaborate",
        "speculate",
        "answer",
        "reply",
        "address",
        "disclose",
    }
)
_RELAYING = frozenset({"cite", "quote"})


def find_positions(
    article: Article, parse: Parse, statements: Sequence[Statement], reports: Sequence[Report], ontology: Ontology
) -> list[Report]:
    """A report without a type for each statement that takes a position and holds no happening of its own."""
    voiced = {report.statement for report in reports}
    found = []
    for statement in statements:
        if statement.cue_class is None or statement.id in voiced:
            continue
        relaying = statement.cue_class not in POSITIONS and _relays(parse, statement)
        trigger, pointing = (statement.cue, True) if relaying else _trigger(parse, statement, ontology)
        if trigger is None or not (statement.cue_class in POSITIONS or pointing):
            continue
        found.append(
            Report(
                id=make_id("report", article.id, article.sha256, statement.id, trigger.start, trigger.end, None),
                statement=statement.id,
                type=None,
                quad=None,
                trigger=trigger,
            )
        )
    return found


def _relays(parse: Parse, statement: Statement) -> bool:
    """Whether a statement only says whose words it hands on: "the paper cited two officials"."""
    cue = parse.tokens_in(statement.cue.start, statement.cue.end) if statement.cue else range(0)
    if not any(parse.lemma[t] in _RELAYING for t in cue) or len(statement.content) != 1:
        return False
    tokens = parse.tokens_in(statement.content[0].start, statement.content[0].end)
    return bool(tokens) and not any(parse.pos[t] in ("VERB", "AUX") for t in tokens)


def _trigger(parse: Parse, statement: Statement, ontology: Ontology) -> tuple[Span | None, bool]:
    """The word of the content that says what the position is on, the cue where there is no content; and whether it is
    named by a noun that points to something said before: "published similar reports", "the news of the deal"."""
    generic = ontology.words["generic_any"]
    for span in statement.content:
        tokens = parse.tokens_in(span.start, span.end)
        while tokens and parse.pos[tokens[0]] in ("PUNCT", "SPACE"):
            tokens = tokens[1:]
        if tokens:
            token = _object(parse, parse.top(tokens.start, tokens.stop), tokens, ontology)
            pointing = parse.pos[token] == "NOUN" and parse.lemma[token] in generic
            if parse.lemma[token] in generic:  # "the existence of talks"
                token = next((t for t in tokens if _names_deed(parse, t, ontology)), token)
            return (parse.span(token, token + 1) if _can_happen(parse, token) else None), pointing
    return statement.cue, False


def _names_deed(parse: Parse, token: int, ontology: Ontology) -> bool:
    return parse.pos[token] == "NOUN" and parse.lemma[token] in ontology.nouns and parse.dep[token] in ("pobj", "dobj")


def _can_happen(parse: Parse, token: int) -> bool:
    """Whether a word can stand for something that happened, not for somebody or for nothing."""
    if parse.pos[token] in ("VERB", "AUX", "NOUN"):
        return True
    return parse.lower[token] in ("it", "this", "that", "so")


def _object(parse: Parse, top: int, tokens: range, ontology: Ontology) -> int:
    if parse.pos[top] == "ADP":
        top = next((c for c in parse.children[top] if parse.dep[c] == "pobj" and c in tokens), top)
    if parse.pos[top] in ("VERB", "AUX") and parse.lemma[top] in TALK:
        for child in parse.children[top]:
            if child in tokens and parse.dep[child] == "dobj":
                return child
        for child in parse.children[top]:
            if child in tokens and parse.dep[child] == "prep":
                return next((c for c in parse.children[child] if parse.dep[c] == "pobj"), top)
    # "the claim as false": what is judged, not the judgement
    generic = ontology.words["generic_any"] | ontology.words["generic_force"]
    if parse.pos[top] in ("ADJ", "AUX"):
        for child in parse.children[top]:
            if child in tokens and parse.dep[child] == "nsubj" and parse.lemma[child] in generic:
                return child
    if parse.pos[top] == "VERB":  # "the claims should be treated with caution"
        for child in parse.children[top]:
            told = parse.lemma[child] in ontology.words["told"]
            if told and child in tokens and parse.dep[child] in ("nsubj", "nsubjpass"):
                return child
    return top
