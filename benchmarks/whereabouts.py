"""Where and when reports say that something happened: key events of the annotated stories, the war of FA-KES.

Stories: for each key event in each article that takes a position on it, the reports of those positions. The place is
right when one of them has a gold place by name or lies within 50 km of one; wide when it is only a country or region
that holds it; the day when one has a gold phrase's words or an interval that meets a gold date. The articles have no
dates of their own, so that most times stay words.

FA-KES: each article has the governorate of one attack in it, by a database of victims. Right: a report of ASSAULT is
placed there; first: the first that is placed at all. Many articles tell of several attacks, so that neither can be 1.
"""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import reportedly
from benchmarks import data, stories
from benchmarks.places import kilometres
from benchmarks.scorers import Figure
from reportedly.gazetteer import Candidate, normalise, open_gazetteer
from reportedly.records import Place, Report

NEAR_KM = 50.0
_GOVERNORATES = {
    "aleppo": ("Aleppo",), "damascus": ("Damascus", "Rif Dimashq"), "idlib": ("Idlib",), "homs": ("Homs",),
    "hasakeh": ("Al-Hasakah",), "deir ezzor": ("Deir ez-Zor",), "raqqa": ("Raqqa",), "hama": ("Hama",),
    "daraa": ("Daraa",), "lattakia": ("Latakia",), "quneitra": ("Quneitra",), "tartous": ("Tartus",),
}  # fmt: skip


@dataclass
class Told:
    """A key event in one article, with the reports that code positions on it."""

    event: dict[str, Any]
    reports: list[Report] = field(default_factory=list)


def told() -> list[Told]:
    """All key events by article. Raises DataAbsentError."""
    found: dict[tuple[str, str, str], Told] = {}
    for position in stories.read_all():
        entry = position.gold
        key = (position.story, position.article, entry["event"])
        one = found.setdefault(key, Told(position.event))
        if position.report is not None:
            one.reports.append(position.report)
    return list(found.values())


def _golds(event: dict[str, Any]) -> list[tuple[str, Candidate | None]]:
    """The gold places: their words, and the most peopled place of a name in them."""
    gazetteer = open_gazetteer()
    golds = []
    for words in event["places"]:
        names = re.findall(r"[A-Z][\w-]+(?: [a-z]{2,3}-[A-Z]\w+)?", words)
        found = [c for name in names for c in gazetteer.find(name)[:1]]
        golds.append((normalise(words), found[0] if found else None))
    return golds


def verdict(place: Place, golds: Iterable[tuple[str, Candidate | None]]) -> str:
    """right, wide or wrong."""
    best = "wrong"
    for words, candidate in golds:
        name = normalise(place.name or place.text)
        wide = place.kind in ("country", "continent", "admin1", "region") and place.geometry is None
        named = bool(name) and (name in words or words in normalise(place.text))
        near = False
        if candidate is not None and place.lat is not None and place.lon is not None:
            away = kilometres((place.lat, place.lon), (candidate.lat, candidate.lon))
            near = not wide and away <= NEAR_KM
            if place.country == candidate.country and (wide or away <= (place.radius_km or 0)):
                best = "wide"
        if named or near:
            return "right"
    return best


def _place_of(one: Told) -> str:
    verdicts = {verdict(r.place, _golds(one.event)) for r in one.reports if r.place is not None}
    return next((kind for kind in ("right", "wide", "wrong") if kind in verdicts), "none")


def _day_of(one: Told) -> str:
    times = [r.time for r in one.reports if r.time is not None]
    for time in times:
        said = time.text.lower()
        for gold in one.event["dates"]:
            low = gold.lower()
            if re.fullmatch(r"\d{4}-\d\d-\d\d", gold):
                day = dt.date.fromisoformat(gold)
                weekday = day.strftime("%A").lower() in said  # without a day of publication it stays a word
                if weekday or (time.first and time.last and time.first <= day <= time.last):
                    return "right"
            elif said in low or low in said:
                return "right"
    return "wrong" if times else "none"


def _stories() -> list[Figure]:
    events = told()
    figures = []
    for what, kinds, judge, of in (
        ("place", ("right", "wide", "wrong", "none"), _place_of, [e for e in events if e.event["places"]]),
        ("day", ("right", "wrong", "none"), _day_of, [e for e in events if e.event["dates"]]),
    ):
        verdicts = [judge(one) for one in of]
        for kind in kinds:
            figures.append(
                Figure(
                    "whereabouts",
                    f"key events by article: {what} {kind}",
                    verdicts.count(kind) / len(of),
                    len(of),
                    "stories",
                )
            )
    return figures


def _fakes() -> list[Figure]:
    gazetteer = open_gazetteer()
    codes = {
        key: {gazetteer.region(c.admin1) for name in names for c in gazetteer.find(name) if c.country == "SYR"}
        for key, names in _GOVERNORATES.items()
    }
    rows = data.lines("coverage/fakes_2011_2016.jsonl")
    articles = []
    for row in rows:
        month, day, year = map(int, row["published"].split("/"))
        articles.append(reportedly.article_from_text(row["text"], published=dt.date(year, month, day), id=row["id"]))
    placed = right = first = reports = located = 0
    for row, reading in zip(rows, reportedly.Reader().read_many(articles), strict=True):
        attacks = [report for report in reading.reports if report.type == "ASSAULT"]
        reports += len(attacks)
        located += sum(report.place is not None for report in attacks)
        regions = [r.place.admin1 for r in attacks if r.place and r.place.country == "SYR" and r.place.admin1]
        placed += bool(regions)
        right += any(region in codes[row["place"]] for region in regions)
        first += bool(regions) and regions[0] in codes[row["place"]]
    name = "coverage/fakes"
    return [
        Figure("whereabouts", "the governorate is among those of the attacks", right / len(rows), len(rows), name),
        Figure("whereabouts", "the first attack placed is in it, of articles with one", first / placed, placed, name),
        Figure("whereabouts", "articles with an attack placed in a governorate", placed / len(rows), len(rows), name),
        Figure("whereabouts", "reports of attacks with a place", located / reports, reports, name),
    ]


def run() -> list[Figure]:
    """All figures. Raises DataAbsentError where a set is absent."""
    return [*_stories(), *_fakes()]


if __name__ == "__main__":
    for figure in _stories():
        print(f"{figure.data:10} {figure.measure:40} {figure.value:.3f} n={figure.n}")
