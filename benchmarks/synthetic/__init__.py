"""Invented coverage as readings, without parsing: any number of reports on happenings that are known.

    for told in readings(1_000_000, seed=1):
        ledger.add(told.reading)     # told.truth: the happening of each report

Happenings are spread over three years; most are told once or twice, a few thousands of times within weeks. Towns are in
the news by Zipf's law, so that in the hot ones several things of one kind happen between the same parties on one day.
Shares and words stand in `words.toml`. The same size and seed give the same readings on every machine.
"""

import dataclasses
import datetime as dt
import itertools
import random
from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence

from benchmarks.synthetic.drafts import Draft, article
from benchmarks.synthetic.happening import Happening, make_happening, tellings
from benchmarks.synthetic.telling import SHARES, Teller
from benchmarks.synthetic.world import WORDS, make_world
from reportedly.records import Reading, Report, Statement

__all__ = ["Told", "articles", "readings", "stream"]

# What of the reports are new tellings: the rest are copies and claims. Sets how many happenings a day needs.
_NEW = 0.65
_PER_ARTICLE = 4
_SAME = 2  # tellings of one happening in one article
_MOST_DAYS = 28


@dataclasses.dataclass(frozen=True, slots=True)
class Told:
    """A reading with what is true of it: the number of the happening that each report tells of, in their order, and
    the article that this one copies, whole or in part."""

    reading: Reading
    truth: tuple[int, ...]
    copy_of: str | None = None
    part: bool = False

    @property
    def happenings(self) -> Mapping[str, int]:
        """The happening of each report by its id."""
        return {report.id: number for report, number in zip(self.reading.reports, self.truth, strict=True)}


def readings(reports: int, seed: int = 1) -> Iterator[Told]:
    """Readings with so many reports in all (the last article may go beyond by a few), in order of publication."""
    count = 0
    for told in stream(reports, seed):
        yield told
        count += len(told.truth)
        if count >= reports:
            return


def articles(count: int, seed: int = 1) -> Iterator[Told]:
    """So many readings, of about five reports each, in order of publication."""
    return itertools.islice(stream(count * 5, seed), count)


def stream(reports: int, seed: int = 1) -> Iterator[Told]:
    """Readings without end, at a rate that gives about so many reports in the years of the world."""
    desk = _Desk(reports, random.Random(seed))
    for day in itertools.count():
        yield from desk.day(day)


class _Desk:
    """What is in the news, and who prints it."""

    def __init__(self, reports: int, rng: random.Random) -> None:
        table = WORDS["world"]
        self._rng, self._dice = rng, rng.random
        self._world = make_world(rng)
        self._teller = Teller(self._world, rng)
        self._rate = reports * _NEW / table["days"]
        # No happening is more than a small part of the news.
        self._most = max(30, reports // 150)
        self._first: dt.date = table["first"]
        self._owed = 0.0
        self._numbers = itertools.count()
        self._waiting: list[tuple[int, Happening]] = []
        self._to_tell: dict[int, list[Happening]] = defaultdict(list)
        self._recent: deque[tuple[Told, Draft]] = deque(maxlen=max(10, 3 * reports // (5 * table["days"])))
        self._again: tuple[Told, Draft] | None = None
        self._printed = 0

    def day(self, number: int) -> Iterator[Told]:
        """The articles of a day."""
        date = self._first + dt.timedelta(days=number)
        self._owed += self._rate
        while self._owed > 0:
            happening = make_happening(next(self._numbers), date, self._world, self._rng)
            times = tellings(self._most, self._rng)
            self._owed -= times
            spread = 1 / (0.4 + times**0.35)
            for _ in range(times):
                delay = min(_MOST_DAYS, int(self._rng.expovariate(spread)))
                self._to_tell[number + delay].append(happening)
        self._waiting += [(number, happening) for happening in self._to_tell.pop(number, ())]
        # Small streams have days with little news: it waits, for some days, until it makes an article.
        if len(self._waiting) < _PER_ARTICLE and (not self._waiting or number - self._waiting[0][0] < 10):
            return
        groups = self._deal([happening for _, happening in self._waiting])
        self._waiting.clear()
        start = dt.datetime.combine(date, dt.time(), dt.UTC)
        step = dt.timedelta(days=1) / (2 * len(groups) + 1)
        for place, group in enumerate(groups):
            moment = start + place * step
            while self._recent and self._dice() < SHARES["copied_whole"]:
                yield self._copy(moment)
            yield self._write(group, date, moment)

    def _deal(self, told: list[Happening]) -> list[list[Happening]]:
        """What is told on a day as articles: by country, each article on several happenings."""
        told.sort(key=lambda happening: (happening.town.state.code, happening.number))
        groups: list[list[Happening]] = []
        hand: list[Happening] = []
        count = 0
        for _, of_state in itertools.groupby(told, key=lambda happening: happening.town.state.code):
            hand += of_state
            most = max(Counter(happening.number for happening in hand).values())
            count = max(len(hand) // _PER_ARTICLE, -(-most // _SAME))
            if len(hand) >= count * _PER_ARTICLE:
                groups += [hand[place::count] for place in range(count)]
                hand = []
        if hand:
            groups += [hand[place::count] for place in range(count)]
        self._rng.shuffle(groups)
        return groups

    def _write(self, group: list[Happening], date: dt.date, moment: dt.datetime) -> Told:
        teller, dice = self._teller, self._dice
        model = None
        draft = Draft()
        if self._recent and dice() < SHARES["copied_part"] / (1 - SHARES["copied_whole"]):
            model = teller.pick(self._recent)
            draft = self._beginning(*model)
        own = SHARES["untyped"] / (1 - SHARES["untyped"])
        for happening in group:
            teller.tell(draft, happening, date)
            if dice() < own:
                if dice() < SHARES["pointing"]:
                    teller.point(draft)
                else:
                    teller.claim(draft, next(self._numbers))
            if dice() < 0.6:
                teller.fill(draft)
        if dice() < SHARES["credited"]:
            teller.credit(draft, self._world.outlets.draw())
        reading = teller.finish(draft, self._name(), self._world.outlets.draw(), moment, teller.title(group[0]))
        told = Told(reading, tuple(draft.truth), model[0].reading.article.id if model else None, model is not None)
        if model is None:
            self._recent.append((told, draft))
        return told

    def _name(self) -> str:
        self._printed += 1
        return f"article-{self._printed:07d}"

    def _copy(self, moment: dt.datetime) -> Told:
        """A whole text under another publisher's name. Some texts are printed many times."""
        if self._again is None or self._dice() > 0.4:
            self._again = self._teller.pick(self._recent)
        told, _ = self._again
        old = told.reading
        statements, reports = self._renamed(old.statements, old.reports)
        publisher, title = self._world.outlets.draw(), old.article.title or ""
        reading = Reading(
            run=old.run,
            article=article(self._name(), publisher, moment, title, old.article.text),
            mentions=old.mentions,
            statements=tuple(statements),
            reports=tuple(reports),
            origins=old.origins,
        )
        return Told(reading, told.truth, old.article.id)

    def _beginning(self, told: Told, model: Draft) -> Draft:
        """The first sentences of a text, at least two and about half, as the beginning of another."""
        sentences = min(len(model.ends), max(2, len(model.ends) // 2))
        length, mentions, said, reports = model.ends[sentences - 1]
        statements, again = self._renamed(model.statements[:said], model.reports[:reports])
        return Draft(
            parts=[told.reading.article.text[:length]],
            length=length,
            mentions=model.mentions[:mentions],
            statements=statements,
            reports=again,
            truth=model.truth[:reports],
            ends=model.ends[:sentences],
        )

    def _renamed(
        self, statements: Sequence[Statement], reports: Sequence[Report]
    ) -> tuple[list[Statement], list[Report]]:
        """The same with identifiers of their own, as every article's are."""
        ident = self._teller.ident
        said = {statement.id: ident("statement") for statement in statements}
        told = {report.id: ident("report") for report in reports}
        return (
            [dataclasses.replace(one, id=said[one.id]) for one in statements],
            [
                dataclasses.replace(
                    one,
                    id=told[one.id],
                    statement=said[one.statement],
                    refers_to=told[one.refers_to] if one.refers_to is not None else None,
                )
                for one in reports
            ],
        )
