"""What all records share: their base, identifiers, and the words that their fields may hold. Standard library only."""

import dataclasses
import datetime as dt
import hashlib
import html
import json
from collections.abc import Mapping
from typing import Any, Literal, get_args

MentionKind = Literal["person", "organisation", "group", "country", "place", "outlet", "document", "role", "other"]
SourceKind = Literal["person", "official", "organisation", "outlet", "document", "unnamed", "narrator"]
QuoteKind = Literal["direct", "indirect", "mixed"]
Stance = Literal["asserts", "confirms", "denies", "declines", "doubts", "endorses", "condemns"]
CertaintyLabel = Literal["CT+", "PR+", "PS+", "CT-", "PR-", "PS-", "UU"]
Modality = Literal["actual", "planned", "conditional", "historical"]
Status = Literal["admitted", "confirmed", "claimed", "disputed", "denied", "unverified"]
NumberKind = Literal["killed", "injured", "captured", "size"]

STANCES: tuple[Stance, ...] = get_args(Stance)
READING_SCHEMA = "reportedly/reading/1"
EVENT_SCHEMA = "reportedly/event/1"


def make_id(prefix: str, *parts: str | int | float | None) -> str:
    """A stable identifier: `prefix` and 16 hex digits of the SHA-256 of a JSON list of the parts.

    A JSON list keeps ("ab", "c") and ("a", "bc") apart; the same parts give the same id on every machine.
    """
    packed = json.dumps([prefix, *parts], ensure_ascii=False, separators=(",", ":"))
    return f"{prefix}-{hashlib.sha256(packed.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


def _plain(value: Any) -> Any:
    """A record's field as JSON-ready data."""
    if isinstance(value, Record):
        return value.to_dict()
    if isinstance(value, tuple | list | frozenset):
        return [_plain(item) for item in value]
    if isinstance(value, dt.date):  # a datetime is a date too
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return value


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """The base of all records: frozen, picklable, with `to_dict()`."""

    def to_dict(self) -> dict[str, Any]:
        """Plain dicts, lists, strings and numbers, keys in the order of the fields; dates in ISO 8601."""
        return {field.name: _plain(getattr(self, field.name)) for field in dataclasses.fields(self)}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Span(Record):
    """Words of an article."""

    start: int
    end: int
    text: str


def html_table(head: tuple[str, ...], rows: list[tuple[Any, ...]]) -> str:
    lines = ["".join(f"<th>{name}</th>" for name in head)]
    lines += ["".join(f"<td>{html.escape(str(cell or ''))}</td>" for cell in cells) for cells in rows]
    return "<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"
