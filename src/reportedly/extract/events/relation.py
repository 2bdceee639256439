"""What one given party does to another: always one of the types, by triggers on the way between the two."""

import math
from collections.abc import Sequence

from reportedly.encoding import pair_of
from reportedly.extract.events.clauses import Clauses
from reportedly.extract.events.matching import Hit, Matcher
from reportedly.extract.events.phrases import Phrases
from reportedly.models import NONE, Models
from reportedly.ontology import Ontology
from reportedly.parsing import Parse
from reportedly.records import Coding, Report, Span

# Weights chosen on shared/data's PLV training sentences (benchmarks/relations.py).
_AS_ACTOR, _AS_RECIPIENT, _SWAPPED, _IN_SLOT, _ON_PATH, _FAR, _LOOSE = 3.0, 3.0, 1.0, 1.0, 1.5, 0.06, 2.0
_PLAIN = "CONSULT"  # where not one word of the lexicon stands in the text
_MEETINGS = frozenset({"CONSULT", "COOPERATE", "AID", "RETREAT", "CONCEDE", "SUPPORT"})
_HOSTILE = frozenset({"ASSAULT", "COERCE", "SANCTION", "MOBILIZE"})
_INTENT = frozenset({"will", "would", "'ll", "’ll", "shall", "wo"})
_FAILING = frozenset({"fail", "refuse", "decline", "unwilling", "reluctant"})
_WILLING = frozenset(
    {"willing", "ready", "prepared", "plan", "intend", "offer", "agree", "pledge", "promise", "commit", "willingness"}
)


def code_relation(
    parse: Parse, actor: Span, recipient: Span, ontology: Ontology, models: Models | None = None
) -> Coding:
    """The type of what the actor does to the recipient; `scores` are shares over all types.

    With models the type is the learned one and `unrelated` the share of there being no event between the two. The mode
    is that of the nearest trigger of the type. Without models, or where a span has no words:

    A trigger counts by whose slots the two spans fill, by standing on the path between them and by nearness; announced
    help counts as AGREE and announced harm as THREATEN, as PLOVER's codebook has it.
    """
    clauses = Clauses(parse, ontology)
    matcher = Matcher(clauses, Phrases(clauses, ontology), ontology)
    actors, recipients = (parse.tokens_in(span.start, span.end) for span in (actor, recipient))
    path = _path(parse, actors, recipients)
    strict = matcher.find()
    seen = {hit.head for hit in strict}
    anyhow = matcher.find(strict=False)
    loose = [hit for hit in anyhow if hit.head not in seen]
    best: dict[str, float] = {}
    modes: dict[str, tuple[float, str | None]] = {}
    for hits, malus in ((strict, 0.0), (loose, _LOOSE)):
        for hit in hits:
            kind = _kind(parse, clauses, hit)
            score = _score(parse, clauses, hit, actors, recipients, path) - malus
            best[kind] = max(best.get(kind, -math.inf), score)
            if score >= modes.get(kind, (-math.inf, None))[0]:
                modes[kind] = (score, hit.trigger.mode if kind == hit.trigger.type else None)
    floor = min(best.values(), default=0.0) - 2.0
    raw = {code: math.exp(best.get(code, floor - (code != _PLAIN) * 0.1)) for code in ontology.types}
    unrelated = None
    if models is not None and actors and recipients:
        triggers = triggers_in(parse, clauses, (*anyhow, *strict))
        shares = models.relation.shares(*pair_of(parse, actors, recipients, triggers))
        if shares is not None:
            unrelated = round(shares[NONE], 4)
            raw = {code: shares[code] for code in ontology.types}
    total = sum(raw.values())
    kind = max(raw, key=lambda code: raw[code])
    mode = modes.get(kind, (0.0, None))[1]
    scores = {code: value / total for code, value in raw.items()}
    return Coding(type=kind, quad=ontology.quad_of(kind), mode=mode, scores=scores, unrelated=unrelated)


def triggers_of(parse: Parse, ontology: Ontology) -> dict[int, str]:
    """The type of each word that belongs to a trigger of the lexicon, with or without the parties that it needs."""
    clauses = Clauses(parse, ontology)
    matcher = Matcher(clauses, Phrases(clauses, ontology), ontology)
    return triggers_in(parse, clauses, (*matcher.find(strict=False), *matcher.find()))


def explain_trigger(parse: Parse, report: Report, ontology: Ontology) -> list[str]:
    """The rows of the lexicon for the words of a report's trigger, with file and line."""
    clauses = Clauses(parse, ontology)
    tokens = parse.tokens_in(report.trigger.start, report.trigger.end)
    rows = {
        row.line: row
        for token in tokens
        for row in (*ontology.verbs.get(clauses.lemma[token], ()), *ontology.nouns.get(clauses.lemma[token], ()))
    }
    words = {clauses.lemma[t] for t in tokens} | {parse.lower[t] for t in tokens}
    fitting = [row for row in rows.values() if set(row.words) <= words and report.type in (None, row.type)]
    return [
        f"triggers.csv:{row.line}: {' '.join(row.words)} ({row.pos}) {row.type} {row.mode or ''}".rstrip()
        for row in sorted(fitting, key=lambda row: (-len(row.words), row.line))
    ]


def triggers_in(parse: Parse, clauses: Clauses, hits: Sequence[Hit]) -> dict[int, str]:
    """The type of each word of some hits, as the relation model is told of them."""
    found: dict[int, str] = {}
    for hit in hits:
        found.update(dict.fromkeys(hit.tokens, _kind(parse, clauses, hit)))
    return found


def _path(parse: Parse, left: Sequence[int], right: Sequence[int]) -> set[int]:
    """The tokens between two spans in the tree; empty across sentences."""
    if not left or not right:
        return set()
    one, two = ([*_up(parse, parse.top(span[0], span[-1] + 1))] for span in (left, right))
    shared = set(one) & set(two)
    if not shared:
        return set()
    meet = next(token for token in one if token in shared)
    return {*one[: one.index(meet) + 1], *two[: two.index(meet) + 1]}


def _up(parse: Parse, token: int) -> list[int]:
    found = [token]
    while parse.head[token] != token:
        token = parse.head[token]
        found.append(token)
    return found


def _score(parse: Parse, clauses: Clauses, hit: Hit, actors: range, recipients: range, path: set[int]) -> float:
    score = 0.0
    acting, receiving = _covers(parse, hit.actors, actors), _covers(parse, hit.recipients, recipients)
    score += _AS_ACTOR * acting + _AS_RECIPIENT * receiving
    if not acting and _covers(parse, hit.recipients, actors):
        score += _SWAPPED
    if not receiving and _covers(parse, hit.actors, recipients):
        score += _SWAPPED
    slots = hit.slots or clauses.slots(hit.head)
    filled = [token for tokens in slots.values() for token in tokens]
    score += _IN_SLOT * (_covers(parse, filled, actors) + _covers(parse, filled, recipients))
    score += _ON_PATH * bool(path & set(hit.tokens))
    if actors and recipients:
        middle = (min(actors[0], recipients[0]) + max(actors[-1], recipients[-1])) / 2
        half = abs(recipients[0] - actors[0]) / 2 + 1
        score -= _FAR * max(0.0, abs(hit.head - middle) - half)
    inside = hit.head in actors or hit.head in recipients
    return score - 2.0 * inside + 0.2 * (len(hit.tokens) > 1)


def _covers(parse: Parse, heads: Sequence[int], span: range) -> bool:
    """Whether a slot's filler is in the span, or the span in the filler's phrase."""
    if not span:
        return False
    first, stop = span[0], span[-1] + 1
    top = parse.top(first, stop)
    return any(head in span or parse.head[head] == top or parse.head[top] == head for head in heads)


def _kind(parse: Parse, clauses: Clauses, hit: Hit) -> str:
    """The trigger's type, or AGREE and THREATEN for what is only announced."""
    kind = hit.trigger.type
    if hit.trigger.pos != "verb" or kind not in _MEETINGS | _HOSTILE | {"AGREE"}:
        return kind
    head = parse.head[hit.head]
    intends = any(parse.lower[c] in _INTENT and parse.dep[c] == "aux" for c in parse.children[hit.head])
    if parse.dep[hit.head] in ("xcomp", "acl", "ccomp") and parse.tag[hit.head] == "VB":
        intends = intends or clauses.lemma[head] in _WILLING
    refuses = any(parse.dep[c] == "neg" for c in parse.children[hit.head]) or clauses.lemma[head] in _FAILING
    if kind in _MEETINGS | {"AGREE"} and refuses and (intends or parse.dep[hit.head] in ("xcomp", "acl")):
        return "REJECT"
    if not intends:
        return kind
    return "THREATEN" if kind in _HOSTILE else "AGREE"
