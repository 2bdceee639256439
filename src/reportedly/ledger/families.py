"""Which articles are whole copies of one text in the end: for all of a ledger, or for those connected with a few."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from reportedly.ledger import schema
from reportedly.ledger.views import chunks, copies, copy_judgements, judged_numbers, names
from reportedly.linking import judged_copies, original_of
from reportedly.records import Copy

# The whole copies in force: of the run that linked the copy last.
_WHOLE = (
    sa.select(schema.copies.c.reading, schema.copies.c.original, schema.copies.c.share)
    .join_from(
        schema.copies,
        schema.linked,
        (schema.linked.c.reading == schema.copies.c.reading) & (schema.linked.c.run == schema.copies.c.run),
    )
    .where(sa.func.coalesce(schema.copies.c.kind, "whole") == "whole")
)


def originals(connection: sa.Connection, held: Mapping[int, str]) -> dict[str, str]:
    """The original of each article that is a whole copy, as `original_of` gives it for `copies`, sooner: `held` are the
    readings that count, with their articles."""
    if copy_judgements(connection):
        return original_of(copies(connection))
    return original_of(
        Copy(article=held[row.reading], copy_of=held[row.original], share=row.share, evidence="")
        for row in connection.execute(_WHOLE)
        if row.reading in held and row.original in held
    )


@dataclass(frozen=True, slots=True)
class Family:
    """Readings that count, with their articles by number, all that are connected with them by whole copies, and the
    originals of these articles as `original_of` gives them for all copies of the ledger."""

    names: Mapping[int, str]
    originals: Mapping[str, str]


def family(connection: sa.Connection, readings: Iterable[int], superseded: bool = False) -> Family:
    """The family of some readings. With `superseded` also copies of readings that no longer count, under a name that no
    article has."""
    table = schema.copies.c
    judged, beside = judged_numbers(connection)
    found: set[tuple[int, int, float]] = set()
    asked, seen = set(readings), set[int]()
    while asked:
        seen |= asked
        near = {other for number in asked for other in beside.get(number, ())}
        for chunk in chunks(sorted(asked)):
            for side in (table.reading, table.original):
                rows = [
                    (row.reading, row.original, row.share) for row in connection.execute(_WHOLE.where(side.in_(chunk)))
                ]
                found.update(rows)
                near.update(number for row in rows for number in row[:2])
        asked = near - seen
    held = names(connection, seen)
    found_copies = [
        Copy(article=held[one], copy_of=held.get(other, f"\0reading {other}"), share=share, evidence="")
        for one, other, share in sorted(found)
        if one in held and (superseded or other in held)
    ]
    settled = judged_copies(found_copies, judged) if judged else found_copies
    present = set(held.values())
    return Family(held, {one: other for one, other in original_of(settled).items() if one in present})
