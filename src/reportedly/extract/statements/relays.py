"""Carries the outlet that a source told ("told the Herald") to what the same source goes on to say."""

import dataclasses
from collections.abc import Sequence

from reportedly.language import Language
from reportedly.parsing import Parse
from reportedly.records import Statement

_REACH = 2  # paragraphs between a statement and the one that it goes on from


def carry_relays(parse: Parse, statements: Sequence[Statement], language: Language) -> list[Statement]:
    """With `relayed_by` where a pronoun, the same last name or "the source" follows on somebody who told an outlet."""
    out: list[Statement] = []
    relay: str | None = None
    teller, paragraph = "", -_REACH
    for statement in statements:
        source, cue = statement.source, statement.cue
        if source is None or source.text is None or cue is None or statement.within is not None:
            out.append(statement)
            continue
        here = parse.paragraph_of[parse.tokens_in(cue.start, cue.end).start]
        pronoun = source.text.lower() in language.words["personal"]
        if statement.relayed_by is not None:
            relay, paragraph = statement.relayed_by, here
            teller = teller if pronoun else source.text
        elif relay is not None and here - paragraph <= _REACH and (pronoun or _is_same(source.text, teller)):
            statement = dataclasses.replace(statement, relayed_by=relay)
            paragraph = here
        else:
            relay = None
        out.append(statement)
    return out


def _is_same(words: str, teller: str) -> bool:
    """Whether a source can be the one before: the same last name, or "the source" after "a security source"."""
    parts = words.split(",", maxsplit=1)[0].split()
    before = teller.split(",", maxsplit=1)[0].split()
    if len(parts) == 2 and parts[0].lower() == "the":
        return parts[1].lower() in teller.lower().split()
    return bool(parts and before) and parts[-1] == before[-1] and parts[-1][0].isupper()
