"""How one article tells of happenings: sentences from templates, and the records that a reader would make of them."""

import calendar
import datetime as dt
import random
from typing import Any, cast

from benchmarks.synthetic import drafts
from benchmarks.synthetic.drafts import FROM, TO, Draft, Pieces, Spot
from benchmarks.synthetic.happening import Happening
from benchmarks.synthetic.world import WORDS, Somebody, Urn, World
from reportedly.ontology import load_ontology
from reportedly.records import (
    CertaintyLabel,
    Mention,
    Origin,
    Party,
    Reading,
    Report,
    Run,
    Source,
    Span,
    Stance,
    Statement,
)

SHARES: dict[str, float] = WORDS["shares"]
RUN = Run(version="invented", parser="invented", language="en", settings="invented")
_MASK = 2**64 - 1
_CUES: dict[str, list[tuple[str, str, str]]] = {
    # The cue, what follows it before the clause, its class.
    stance: [
        (words.removesuffix(" that").removesuffix(" whether"), tail, kind)
        for words, kind in rows
        for tail in (words[len(words.removesuffix(" that").removesuffix(" whether")) :] + " ",)
    ]
    for stance, rows in WORDS["cues"].items()
}
_CERTAINTY: dict[str, CertaintyLabel] = {"denies": "CT-", "declines": "UU", "doubts": "PR-"}
_QUADS = {code: kind.quad for code, kind in load_ontology().types.items()}
_WEEKDAYS, _MONTHS = calendar.day_name[:], calendar.month_name[:]


class Teller:
    """Writes articles; the same for the same state of `rng`."""

    def __init__(self, world: World, rng: random.Random) -> None:
        self.world = world
        self.rng = rng
        self._dice = rng.random
        self._stances = Urn(list(WORDS["stances"]), WORDS["stances"].values(), rng.random)
        self._salt = rng.getrandbits(64)
        self._count = 0

    def ident(self, kind: str) -> str:
        """An identifier like those of `make_id`, made faster: an odd factor keeps the numbers of a stream apart."""
        self._count += 1
        return f"{kind}-{(self._count * 0x9E3779B97F4A7C15 ^ self._salt) & _MASK:016x}"

    def pick(self, things: Any) -> Any:
        """Any of them."""
        return things[int(self._dice() * len(things))]

    def tell(self, draft: Draft, happening: Happening, published: dt.date) -> None:
        """Adds a sentence that reports a happening."""
        dice = self._dice
        stance = cast(Stance, self._stances.draw())
        pieces = self._clause(happening, published)
        sourced = stance != "asserts" or dice() < SHARES["sourced"]
        source: Somebody | None = None
        cue_class = None
        if sourced:
            source = cast(Somebody, self.pick(happening.sources))
            pieces, cue_class = self._said(pieces, source, stance)
        spots = draft.put([*pieces, (".", "")])
        statement = self._statement(draft, spots, source, cue_class)
        draft.reports.append(self._report(draft, happening, spots, statement, stance, published))
        draft.truth.append(happening.number)
        draft.close()

    def claim(self, draft: Draft, number: int) -> None:
        """Adds a claim without an event type: its own happening `number`."""
        clause = self._filled(self.pick(WORDS["fillers"]["claims"]))
        head, _, last = clause.rpartition(" ")
        source = self.pick(self.pick(self.world.states).people)
        pieces = [(self.pick(source.forms), "source"), (" ", ""), ("said", "cue"), (" that ", ""), FROM]
        spots = draft.put([*pieces, (head + " ", ""), (last, "trigger"), TO, (".", "")])
        statement = self._statement(draft, spots, source, "say")
        self._untyped(draft, spots, statement, None, number)

    def point(self, draft: Draft) -> None:
        """Adds a position without a type on the report before it."""
        cue, word, rest = self.pick(WORDS["fillers"]["pointing"])
        source = self.pick(self.pick(self.world.states).people)
        pieces = [(self.pick(source.forms), "source"), (" ", ""), (cue, "cue"), (" ", ""), FROM, (word, "trigger")]
        spots = draft.put([*pieces, (" " + rest, ""), TO, (".", "")])
        statement = self._statement(draft, spots, source, "say")
        self._untyped(draft, spots, statement, draft.reports[-1].id, draft.truth[-1])

    def fill(self, draft: Draft) -> None:
        """Adds a sentence that nothing is read from."""
        fixed = self._dice() < SHARES["boilerplate"]
        draft.put(
            [(self.pick(WORDS["fillers"]["fixed"]) if fixed else self._filled(self.pick(WORDS["fillers"]["made"])), "")]
        )
        draft.close()

    def credit(self, draft: Draft, outlet: str) -> None:
        """Adds a sentence that credits an outlet for the news."""
        spots = draft.put([("The news was first reported by the ", ""), (outlet, "outlet"), (".", "")])
        start, end, words = spots["outlet"]
        draft.origins.append(Origin(name=outlet, start=start, end=end, text=words))
        draft.close()

    def title(self, happening: Happening) -> str:
        """A headline."""
        chosen = (happening.actor.forms, happening.deed.verbs, happening.recipient.forms)
        words = " ".join(map(self.pick, chosen))
        said = f"{words} in {happening.town.name}" if self._dice() < 0.7 else words
        return said[0].upper() + said[1:]

    def finish(self, draft: Draft, name: str, publisher: str, published: dt.datetime, title: str) -> Reading:
        """The reading of the article."""
        text = "".join(draft.parts)
        narrator = next((s for s in draft.statements if s.is_narrator), None)
        if narrator is None:
            self._narrator(draft)
        return Reading(
            run=RUN,
            article=drafts.article(name, publisher, published, title, text),
            mentions=tuple(draft.mentions),
            statements=tuple(draft.statements),
            reports=tuple(draft.reports),
            origins=tuple(draft.origins),
        )

    def _filled(self, template: str) -> str:
        noun = self.pick(self.pick(WORDS["details"]["nouns"]))
        names, pick = self.world.names, self.pick
        return template.format(p=f"{pick(names)} {pick(names)}", t=pick(names), n=noun, k=int(3 + 90 * self._dice()))

    def _clause(self, happening: Happening, published: dt.date) -> Pieces:
        """Who did what to whom, where, when; without a full stop."""
        dice, deed = self._dice, happening.deed
        forms, others = happening.actor.forms, happening.recipient.forms
        actor, recipient = forms[int(dice() * len(forms))], others[int(dice() * len(others))]
        core: Pieces
        if dice() < SHARES["no_recipient"]:
            head, _, last = self.pick(deed.alone).rpartition(" ")
            core = [(actor, "actor"), (f" {head} " if head else " ", ""), (last, "trigger")]
        elif dice() < SHARES["no_actor"]:
            first, gap, rest = self.pick(deed.done).partition(" ")
            core = [(recipient, "recipient"), (" were ", ""), (first, "trigger"), (gap + rest, "")]
        else:
            first, gap, rest = self.pick(deed.verbs).partition(" ")
            core = [(actor, "actor"), (" ", ""), (first, "trigger"), (f"{gap}{rest} ", ""), (recipient, "recipient")]
        where = self._where(happening)
        if where and dice() < 0.2:
            core = [("in ", ""), where[1], (", ", ""), *core]
            where = []
        core += where
        core += self._when(happening.day, published)
        core.append((self._detail(happening), ""))
        if dice() < SHARES["quarter"]:
            core.append((happening.quarter, ""))
        elif dice() < 0.5:
            core.append((self._detail(happening), ""))
        if happening.killed and dice() < SHARES["toll"]:
            core += self._toll(happening)
        return core

    def _detail(self, happening: Happening) -> str:
        dice, details = self._dice, happening.details
        before, between, after, qualities, nouns = details[int(dice() * len(details))]
        return f"{before}{qualities[dice() < 0.5]}{between}{nouns[dice() < 0.5]}{after}"

    def _where(self, happening: Happening) -> Pieces:
        u = self._dice()
        if u < SHARES["town"]:
            return [(" in ", ""), (happening.town.name, "town")]
        if u < SHARES["town"] + SHARES["country"]:
            return [(" in ", ""), (happening.town.state.name, "country")]
        return []

    def _when(self, day: dt.date, published: dt.date) -> Pieces:
        u = self._dice()
        if u < SHARES["day"]:
            near = (published - day).days < 7
            return [(" on ", ""), (_WEEKDAYS[day.weekday()] if near else _date(day), "day")]
        if u < SHARES["day"] + SHARES["interval"]:
            first, last = day - dt.timedelta(1), day + dt.timedelta(1)
            return [(" between ", ""), (f"{_date(first)} and {_date(last)}", "interval")]
        return []

    def _toll(self, happening: Happening) -> Pieces:
        dice = self._dice

        def told(number: int) -> str:
            return str(number if dice() < 0.5 else max(1, round(number * (0.6 + 0.6 * dice()))))

        if dice() < 0.5:
            pieces = [(", killing ", ""), (told(happening.killed), "killed"), (" people", "")]
            after = (" and injuring ", " others")
        else:
            pieces = [(", leaving ", ""), (told(happening.killed), "killed"), (" dead", "")]
            after = (" and ", " hurt")
        if happening.injured and dice() < 0.6:
            pieces += [(after[0], ""), (told(happening.injured), "injured"), (after[1], "")]
        return pieces

    def _said(self, clause: Pieces, source: Somebody, stance: str) -> tuple[Pieces, str]:
        """The clause as a source has it, and the class of the cue."""
        dice = self._dice
        who = self.pick(source.forms) if dice() < 0.85 else self.pick(WORDS["fillers"]["unnamed"])
        cue, tail, kind = self.pick(_CUES[stance])
        if stance != "asserts" or dice() < 0.4:
            return [(who, "source"), (" ", ""), (cue, "cue"), (tail, ""), FROM, *clause, TO], kind
        if dice() < SHARES["relayed"] / 0.6:
            outlet = self.world.outlets.draw()
            told = [(who, "source"), (" ", ""), ("told", "cue"), (" the ", ""), (outlet, "relay")]
            return [FROM, *clause, TO, (", ", ""), *told], "say"
        if dice() < SHARES["quoted"] / 0.6:
            return [
                FROM,
                ('"', ""),
                *_raised(clause),
                (',"', ""),
                TO,
                (" ", ""),
                (who, "source"),
                (" ", ""),
                (cue, "cue"),
            ], kind
        return [FROM, *clause, TO, (", ", ""), (who, "source"), (" ", ""), (cue, "cue")], kind

    def _narrator(self, draft: Draft) -> Statement:
        said = Statement(
            id=self.ident("statement"),
            source=Source(kind="narrator"),
            cue=None,
            cue_class=None,
            content=(),
            quote="indirect",
        )
        draft.statements.insert(0, said)
        draft.ends = [(text, m, s + 1, r) for text, m, s, r in draft.ends]
        return said

    def _statement(
        self, draft: Draft, spots: dict[str, Spot], source: Somebody | None, cue_class: str | None
    ) -> Statement:
        if source is None:
            held = draft.statements[0] if draft.statements else None
            return held if held is not None and held.is_narrator else self._narrator(draft)
        start, end, words = spots["source"]
        known = words in source.forms
        mention = self._mention(draft, spots["source"], source if known else None)
        content = spots["content"]
        cue = spots["cue"]
        said = Statement(
            id=self.ident("statement"),
            source=Source(
                mention=mention.id,
                text=words,
                start=start,
                end=end,
                name=source.actor.name if known else None,
                kind=source.source_kind if known else "unnamed",
            ),
            cue=Span(start=cue[0], end=cue[1], text=cue[2]),
            cue_class=cue_class,
            content=(Span(start=content[0], end=content[1], text=content[2]),),
            quote="direct" if content[2].startswith('"') else "indirect",
            relayed_by=spots["relay"][2] if "relay" in spots else None,
        )
        draft.statements.append(said)
        return said

    def _mention(self, draft: Draft, spot: Spot, who: Somebody | None) -> Mention:
        actor = who.actor if who is not None else None
        mention = Mention(
            id=self.ident("mention"),
            kind=actor.kind if actor is not None else "other",
            start=spot[0],
            end=spot[1],
            text=spot[2],
            name=actor.name if actor is not None else None,
            actor=actor,
        )
        draft.mentions.append(mention)
        return mention

    def _parties(self, draft: Draft, spots: dict[str, Spot], side: str, who: Somebody) -> tuple[Party, ...]:
        spot = spots.get(side)
        if spot is None:
            return ()
        mention = self._mention(draft, spot, who if self._dice() >= SHARES["unnamed"] else None)
        actor = mention.actor
        return (
            Party(
                mention=mention.id,
                text=spot[2],
                start=spot[0],
                end=spot[1],
                name=mention.name,
                country=actor.country if actor is not None else None,
                sectors=actor.sectors if actor is not None else (),
            ),
        )

    def _report(
        self,
        draft: Draft,
        happening: Happening,
        spots: dict[str, Spot],
        statement: Statement,
        stance: Stance,
        published: dt.date,
    ) -> Report:
        dice, deed = self._dice, happening.deed
        kind, mode = deed.type, deed.mode if dice() >= SHARES["no_mode"] else None
        if dice() < SHARES["other_type"]:
            kind, mode = WORDS["kin"].get(kind, kind), None
        numbers = tuple(drafts.numbers(spots))
        counts = {number.kind: number.low for number in numbers}
        start, end, words = spots["trigger"]
        sure: CertaintyLabel = "CT+" if dice() < 0.85 else self.pick(("PR+", "PR+", "PS+", "UU"))
        return Report(
            id=self.ident("report"),
            statement=statement.id,
            type=kind,
            quad=_QUADS[kind],
            mode=mode,
            trigger=Span(start=start, end=end, text=words),
            actors=self._parties(draft, spots, "actor", happening.actor),
            recipients=self._parties(draft, spots, "recipient", happening.recipient),
            place=drafts.place(spots, happening),
            time=drafts.time(spots, happening.day),
            killed=counts.get("killed"),
            injured=counts.get("injured"),
            numbers=numbers,
            stance=stance,
            certainty=sure if stance == "asserts" else _CERTAINTY.get(stance, "CT+"),
        )

    def _untyped(
        self, draft: Draft, spots: dict[str, Spot], statement: Statement, refers_to: str | None, number: int
    ) -> None:
        start, end, words = spots["trigger"]
        trigger = Span(start=start, end=end, text=words)
        ident = self.ident("report")
        draft.reports.append(
            Report(id=ident, statement=statement.id, type=None, quad=None, trigger=trigger, refers_to=refers_to)
        )
        draft.truth.append(number)
        draft.close()


def _date(day: dt.date) -> str:
    return f"{day.day} {_MONTHS[day.month]}"


def _raised(clause: Pieces) -> Pieces:
    (first, kind), *rest = clause
    return [(first[0].upper() + first[1:], kind), *rest]
