"""The ontology of happenings: types with their modes, contexts and sectors, and the triggers that name them.

`data/ontologies/plover/` holds
- `types.yaml`: the types with quad, modes and usual frames, the contexts, the sectors
- `triggers.csv`: verbs, verb phrases and nouns with their type, mode, frame and needs, an example each
- `words.yaml`: word lists of the event grammar; those under `classes` are written `@name` in frames' needs

A frame says which slots of a trigger hold the parties: `subj>obj|on` (actor slots > recipient slots; `=` in place of
`>` where the parties stand on both sides). Slots are `subj obj iobj poss pre objposs that clause clause.<slot>` and
prepositions.
A need limits a trigger: `obj=@party|deal` (must be filled so), `obj?=…` (if filled), `obj!=…`
(must not be). `@any` is whatever fills it, `@number` a bare numeral, `@person` a party that is no body by its name.
Codes are those of PLOVER 0.8 (Political Language Ontology for Verifiable Event Records).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from pathlib import Path
from types import MappingProxyType
from typing import Any

from reportedly.errors import ResourceError
from reportedly.resources import data_path, read_csv, read_yaml

_OPEN_CLASSES = ("any", "number", "person")
COLUMNS = ("words", "pos", "type", "mode", "frame", "needs", "contexts", "example")


@dataclass(frozen=True, slots=True)
class Frame:
    """Which slots hold the actors and the recipients; `mutual`: the parties stand on both sides."""

    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    mutual: bool


@dataclass(frozen=True, slots=True)
class Need:
    """A limit on what fills any of `slots`: lemmas or classes. `kind` is `=`, `?=` (if filled) or `!=` (must not)."""

    slots: tuple[str, ...]
    kind: str
    words: frozenset[str]
    classes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Mode:
    """How a happening of its type is done; `words` are lemmas that give it away."""

    code: str
    definition: str
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class EventType:
    """A root type.

    `alone`: a report that names one side only says enough. `definition` is for people, in our own words.
    """

    code: str
    quad: str
    recipient_required: bool
    alone: bool
    definition: str
    modes: Mapping[str, Mode]
    frames: Mapping[str, Frame]
    needs: Mapping[str, tuple[Need, ...]]


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that name a happening: lemmas in order, of a verb the first, of a noun the last one being the head."""

    words: tuple[str, ...]
    pos: str
    type: str
    mode: str | None
    frame: Frame
    needs: tuple[Need, ...]
    contexts: tuple[str, ...]
    example: str
    line: int


@dataclass(frozen=True, slots=True)
class Ontology:
    """Everything above.

    `verbs` and `nouns` index the triggers by the head's lemma, longest first. `classes`, `words` and `tables` are the
    lists of words.yaml; `forms` gives the verb of an inflected form.
    """

    name: str
    types: Mapping[str, EventType]
    quads: tuple[str, ...]
    contexts: Mapping[str, str]
    context_words: Mapping[str, tuple[str, ...]]
    sectors: Mapping[str, str]
    triggers: tuple[Trigger, ...]
    verbs: Mapping[str, tuple[Trigger, ...]] = field(repr=False)
    nouns: Mapping[str, tuple[Trigger, ...]] = field(repr=False)
    classes: Mapping[str, frozenset[str]] = field(repr=False)
    words: Mapping[str, frozenset[str]] = field(repr=False)
    tables: Mapping[str, Mapping[str, Any]] = field(repr=False)
    forms: Mapping[str, str] = field(repr=False)

    def quad_of(self, code: str) -> str:
        """The quad of a type."""
        return self.types[code].quad


@lru_cache(maxsize=1)
def load_ontology() -> Ontology:
    """PLOVER with its English triggers. Raises ResourceError with file and line for what does not fit."""
    folder = "ontologies/plover"
    raw = read_yaml(data_path(f"{folder}/types.yaml"))
    where = f"{folder}/types.yaml"
    quads = tuple(raw["quads"])
    contexts = {code: str(entry["definition"]) for code, entry in raw["contexts"].items()}
    types = {code: _type(code, entry, quads, where) for code, entry in raw["types"].items()}
    classes, words, tables = _read_words(data_path(f"{folder}/words.yaml"))
    triggers = _read_triggers(data_path(f"{folder}/triggers.csv"), types, contexts, classes)
    verbs = _index(t for t in triggers if t.pos == "verb")
    context_words: dict[str, list[str]] = {}
    for code, entry in raw["contexts"].items():
        for word in entry["words"]:
            context_words.setdefault(word, []).append(code)
    return Ontology(
        name=raw["name"],
        types=MappingProxyType(types),
        quads=quads,
        contexts=MappingProxyType(contexts),
        context_words=MappingProxyType({word: tuple(codes) for word, codes in context_words.items()}),
        sectors=MappingProxyType({str(code): str(text) for code, text in raw["sectors"].items()}),
        triggers=triggers,
        verbs=verbs,
        nouns=_index(t for t in triggers if t.pos == "noun"),
        classes=classes,
        words=words,
        tables=tables,
        forms=MappingProxyType(_forms((*verbs, *words["light_verbs"])) | dict(tables["irregular"])),
    )


def parse_frame(text: str, where: str) -> Frame:
    """`subj>obj|on` as a Frame. Raises ResourceError."""
    for sign in (">", "="):
        left, found, right = text.partition(sign)
        if found:
            split = [tuple(slot for slot in side.split("|") if slot) for side in (left, right)]
            return Frame(split[0], split[1], sign == "=")
    raise ResourceError(f"{where}: frame {text!r} has neither > nor =")


def parse_needs(text: str, where: str) -> tuple[Need, ...]:
    """`obj=@party|deal;subj?=@party` as Needs. Raises ResourceError."""
    needs = []
    for part in filter(None, text.split(";")):
        slots, found, values = part.partition("=")
        kind = "="
        if slots[-1:] in "?!" and slots:
            kind, slots = slots[-1] + "=", slots[:-1]
        if not (found and slots and values):
            raise ResourceError(f"{where}: need {part!r} is not slot=value|@class")
        options = values.split("|")
        needs.append(
            Need(
                slots=tuple(slots.split("|")),
                kind=kind,
                words=frozenset(option for option in options if not option.startswith("@")),
                classes=frozenset(option[1:] for option in options if option.startswith("@")),
            )
        )
    return tuple(needs)


def _type(code: str, raw: Mapping[str, Any], quads: tuple[str, ...], where: str) -> EventType:
    where = f"{where}: {code}"
    if raw["quad"] not in quads:
        raise ResourceError(f"{where}: quad {raw['quad']!r} is not one of {', '.join(quads)}")
    modes = {name: Mode(name, str(mode["definition"]), frozenset(mode["words"])) for name, mode in raw["modes"].items()}
    return EventType(
        code=code,
        quad=raw["quad"],
        recipient_required=raw["recipient_required"],
        alone=raw["alone"],
        definition=raw["definition"],
        modes=MappingProxyType(modes),
        frames=MappingProxyType({pos: parse_frame(raw[pos]["frame"], where) for pos in ("verb", "noun")}),
        needs=MappingProxyType({pos: parse_needs(raw[pos]["needs"], where) for pos in ("verb", "noun")}),
    )


def _read_words(
    path: Path,
) -> tuple[Mapping[str, frozenset[str]], Mapping[str, frozenset[str]], Mapping[str, Mapping[str, Any]]]:
    raw = read_yaml(path)
    classes = {name: frozenset(map(str, words)) for name, words in raw.pop("classes").items()}
    words = {name: frozenset(map(str, value)) for name, value in raw.items() if isinstance(value, list)}
    tables = {name: MappingProxyType(value) for name, value in raw.items() if isinstance(value, dict)}
    if left := raw.keys() - words.keys() - tables.keys():
        raise ResourceError(f"{path}: {', '.join(sorted(left))} is neither a list nor a table")
    return MappingProxyType(classes), MappingProxyType(words), MappingProxyType(tables)


def _read_triggers(
    path: Path,
    types: Mapping[str, EventType],
    contexts: Mapping[str, str],
    classes: Mapping[str, frozenset[str]],
) -> tuple[Trigger, ...]:
    triggers: list[Trigger] = []
    for line, row in read_csv(path, COLUMNS):
        where = f"{path}:{line}"
        if row["pos"] not in ("verb", "noun"):
            raise ResourceError(f"{where}: pos {row['pos']!r} is not verb or noun")
        if row["type"] not in types:
            raise ResourceError(f"{where}: type {row['type']!r} is not in types.yaml")
        if not (row["words"] and row["example"]):
            raise ResourceError(f"{where}: words and example must not be empty")
        kind = types[row["type"]]
        if row["mode"] and row["mode"] not in kind.modes:
            raise ResourceError(f"{where}: mode {row['mode']!r} is not one of {kind.code}'s: {', '.join(kind.modes)}")
        codes = tuple(filter(None, row["contexts"].split(";")))
        if unknown := set(codes) - contexts.keys():
            raise ResourceError(f"{where}: context {', '.join(sorted(unknown))} is not in types.yaml")
        frame = parse_frame(row["frame"], where) if row["frame"] else kind.frames[row["pos"]]
        own = parse_needs(row["needs"], where)
        for name in (name for need in own for name in need.classes):
            if name not in classes and name not in _OPEN_CLASSES:
                raise ResourceError(f"{where}: class @{name} is not in words.yaml")
        # A row's needs on a slot stand in place of its type's.
        slots = {slot for need in own for slot in need.slots}
        needs = (*own, *(need for need in kind.needs[row["pos"]] if not slots & set(need.slots)))
        for words in product(*(word.split("|") for word in row["words"].split())):
            triggers.append(
                Trigger(
                    words=words,
                    pos=row["pos"],
                    type=kind.code,
                    mode=row["mode"] or None,
                    frame=frame,
                    needs=needs,
                    contexts=codes,
                    example=row["example"],
                    line=line,
                )
            )
    return tuple(triggers)


def _index(triggers: Iterable[Trigger]) -> Mapping[str, tuple[Trigger, ...]]:
    index: dict[str, list[Trigger]] = {}
    for trigger in triggers:
        index.setdefault(trigger.words[0 if trigger.pos == "verb" else -1], []).append(trigger)
    return MappingProxyType({word: tuple(sorted(some, key=lambda t: -len(t.words))) for word, some in index.items()})


def _forms(verbs: Iterable[str]) -> dict[str, str]:
    """The regular forms of verbs: "stage" gives staged, staging, stages."""
    forms: dict[str, str] = {}
    for verb in verbs:
        stem = verb.removesuffix("e")
        past = stem[:-1] + "ied" if verb.endswith("y") and verb[-2] not in "aeiou" else stem + "ed"
        doubled = verb + verb[-1] if len(verb) > 2 and verb[-1] not in "aeiouwxy" and verb[-2] in "aeiou" else None
        for form in (
            past,
            stem + "ing",
            verb + "ing",
            verb + "s",
            *((doubled + "ed", doubled + "ing") if doubled else ()),
        ):
            forms.setdefault(form, verb)
    return forms
