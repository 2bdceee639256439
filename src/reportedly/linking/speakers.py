"""Who speaks in a report: for which party, with what authority, in whose voice, and whether two are one source."""

from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import fuzz

from reportedly.linking.parties import who
from reportedly.linking.rules import Rules
from reportedly.linking.text import name_key, outlet_key
from reportedly.records import Actor, Entry, Party, SourceKind

Voice = tuple[str, str]
_UNNAMED: Voice = ("unnamed", "")
_BODIES = ("official", "organisation")
_NO_SPEAKERS = ("narrator", "outlet", "document", "unnamed")


def speaks_for(entry: Entry, parties: Iterable[Party], rules: Rules) -> bool:
    """Whether the source is one of the parties or an official or organ of its."""
    source = entry.statement.source
    if source is None or source.kind in _NO_SPEAKERS:
        return False
    names, actor, kind = _names(entry), entry.source_actor, source.kind
    state = actor.country if actor else None
    for party in parties:
        if state is not None and state == party.country and _is_of(actor, kind, party, rules):
            return True
        if _is_same(names, party.name, party.text, party.country):
            return True
    return False


def is_one_of(entry: Entry, parties: Iterable[Party]) -> bool:
    """Whether the source is one of the parties by name."""
    source = entry.statement.source
    if source is None or source.kind in _NO_SPEAKERS:
        return False
    return any(_is_same(_names(entry), party.name, party.text, party.country) for party in parties)


def can_act(party: Party, rules: Rules) -> bool:
    """Whether a state's word for the party's deed is the doer's own: "Northland" and its navy, not a Northland boat."""
    return bool(party.sectors) or not party.country or who(party, (), rules).named


def _names(entry: Entry) -> tuple[str, ...]:
    source, actor = entry.statement.source, entry.source_actor
    found = (actor.name if actor else None, source.name if source else None, source.text if source else None)
    return tuple(name for name in found if name)


@lru_cache(maxsize=65536)
def _is_same(names: tuple[str, ...], name: str | None, text: str, country: str | None) -> bool:
    named = name_key(name or text)
    if not name and not country:
        return any(name_key(own) == named for own in names)  # "fighters" are not all one
    return any(name_key(own) == named or fuzz.token_sort_ratio(name_key(own), named) >= 92 for own in names)


def _is_of(actor: Actor | None, kind: SourceKind, party: Party, rules: Rules) -> bool:
    """Whether an actor of the party's state, or of its kind of body, is an official or an organ of it."""
    if actor is None or (party.sectors and party.sectors[0] not in rules.state_sectors):
        return False
    if actor.country in rules.kinds:  # the code of a kind of body: two of a kind are not one
        return fuzz.token_set_ratio(name_key(actor.name), name_key(party.name or party.text)) >= 90
    return _is_organ(actor, rules) or (kind in _BODIES and not actor.sectors)


def _is_organ(actor: Actor | None, rules: Rules) -> bool:
    return bool(actor and actor.sectors and actor.sectors[0] in rules.state_sectors)


def is_authority(entry: Entry, rules: Rules) -> bool:
    """Whether the source is an official, an organ of a state or an organisation; armed groups are none."""
    source, actor = entry.statement.source, entry.source_actor
    if source is None or source.kind in _NO_SPEAKERS:
        return False
    if actor and actor.sectors and actor.sectors[0] in rules.no_authority:
        return False
    return source.kind in _BODIES or _is_organ(actor, rules)


def voice_of(entry: Entry, rules: Rules) -> Voice:
    """In whose voice the report vouches; two reports in one voice are one word, however many print it.

    A state is one voice, whoever speaks for it, named or not, its news agency too. Sources without a name cannot be
    told apart: together they are one.
    """
    source, actor = entry.statement.source, entry.source_actor
    if source is None:
        return _UNNAMED
    if source.kind == "narrator":
        return "outlet", outlet_key(entry.statement.relayed_by or entry.publisher or entry.article)
    is_state = actor and actor.country and actor.country not in rules.kinds
    if actor and is_state and (is_authority(entry, rules) or _is_organ(actor, rules)):
        return "state", actor.country or ""
    name = (actor.name if actor else None) or source.name
    if source.kind == "outlet":
        return "outlet", outlet_key(name or source.text or "")
    if source.kind == "unnamed" or not name or (source.kind == "document" and not _has_capital(name)):
        return _UNNAMED
    return "name", name_key(name)


def source_key(entry: Entry) -> Voice | None:
    """Who the source is, where its name tells: the same key on two days is one source that speaks twice.

    Strict: a person by name, a body or its officials in the same words and of the same state, an outlet. None for
    everybody else, since "officials" on Monday and on Tuesday may be others.
    """
    source, actor = entry.statement.source, entry.source_actor
    if source is None:
        return None
    if source.kind == "narrator":
        return ("outlet", outlet_key(entry.publisher)) if entry.publisher else None
    name = (actor.name if actor else None) or source.name
    if not name or source.kind in ("unnamed", "document"):
        return None
    if source.kind == "outlet":
        return "outlet", outlet_key(name)
    country = actor.country if actor else None
    if not _is_named(name, source.kind == "person" or country is not None):
        return None
    return ("person", name_key(name)) if source.kind == "person" else (f"body {country or ''}", name_key(name))


def _has_capital(name: str) -> bool:
    return any(word[:1].isupper() for word in name.split())


def _is_named(name: str, known: bool) -> bool:
    """Whether the words name one: "Officials", at the start of a sentence, do not."""
    first, *rest = name.removeprefix("the ").removeprefix("The ").split() or [""]
    return any(word[:1].isupper() for word in rest) or (known and first[:1].isupper())


def shown_source(entry: Entry) -> str:
    """The source as a reader is told of it: its name or words, the publisher where the outlet itself speaks."""
    source = entry.statement.source
    if source is None:
        return "a source that is not given"
    if source.kind == "narrator":
        return entry.publisher or "the outlet itself"
    return source.name or source.text or "an unnamed source"
