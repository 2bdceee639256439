"""Fits the weights of data/places/weights.json: which spans name places, which sense a name has, how sure to be of it.

Run with `python -m training.places` from the repository (about eight minutes on two cores; no chance in it). It
prints what models fitted on four fifths of the articles of LGL and GeoVirus do on the fifth that they have not seen,
then fits on all and writes the file. `--check` prints only. Needs the sets of benchmarks/places.py, those of `WEAK`
and scipy.

Local and epidemic news say little of wars. So the names of `WEAK` count too, a quarter each. Their labels are rough: a
name is a place wherever it stands when the parser or a preposition often takes it for one ("in Aleppo"), whatever the
parser takes it for here; a name that neither ever takes for one, and that no large place has, is none.
"""

import argparse
import contextlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from benchmarks import data
from benchmarks.places import NEAR_KM, SETS, EndToEnd, kilometres, parsed_articles, parsed_texts
from reportedly.extract.places import finding, resolving
from reportedly.extract.places.hints import Hints, hinted_areas
from reportedly.extract.places.homes import home_of
from reportedly.extract.places.ranking import FEATURES, MOVING, Asked, Home, Surroundings, rank, still_features
from reportedly.extract.places.resolving import choose, key_of
from reportedly.extract.places.weights import Weights, load_weights
from reportedly.gazetteer import Gazetteer, Tier, open_gazetteer
from reportedly.parsing import Parse
from reportedly.resources import data_path

FOLDS = 5
WEAK = ("coverage/fakes_2011_2016.jsonl", "coverage/basil_2010_2016.jsonl")
WEAK_WEIGHT = 0.25
PULL_FINDING = 0.3
PULL_RANKING = 1.0
# Where the fit starts and what it is drawn to: set by hand. Those not named start at 0.
START = {
    "population": 1.2, "largest": 0.1, "country": 1.0, "continent": 9.0, "admin1": 0.4, "admin2": -1.2,
    "capital": 1.2,
    "region": 6.5, "alternate": -3.0, "derived": -2.0, "demonym": -1.0, "hint_beside": 2.5, "hint_after": 3.0,
    "hint_before": 3.0, "area_word": 2.5, "country_share": 2.5, "admin1_mass": 1.6, "admin1_share": 2.0,
    "near_mass": 1.0, "country_named": 0.5, "admin1_named": 1.0, "home_country": 2.3, "home_admin1": 1.2,
    "home_near": 1.3,
}  # fmt: skip
# The sets say little of these, and what they say by chance is against the language: "Paris, Texas" is in Texas.
LEAST = {"hint_beside": 2.5, "hint_after": 3.0, "hint_before": 3.0}
MOST = {"hint_against": 0.0}

Row = Mapping[str, float]


@dataclass
class Sample:
    """One article: its options with what speaks for each and whether it is gold; its names, which candidates are right
    for how many of a name's mentions, the publisher's home."""

    source: str
    fold: int
    row: dict
    parse: Parse | None
    options: list[finding.Option]
    rows: list[dict[str, float]]
    gold: list[bool]
    asked: list[Asked]
    right: list[np.ndarray]
    home: Home | None


def samples(gazetteer: Gazetteer) -> list[Sample]:
    """The articles of both sets."""
    found = []
    for source in SETS:
        for number, (row, parse) in enumerate(parsed_articles(source)):
            options = finding.options(parse, gazetteer)
            asked, right = _names(row, gazetteer)
            found.append(
                Sample(
                    source, number % FOLDS, row, parse, options, finding.features(parse, options, gazetteer),
                    _is_gold(parse, options, row), asked, right, home_of(row["publisher"], gazetteer),
                )
            )  # fmt: skip
    return found


def _is_gold(parse: Parse, options: Sequence[finding.Option], row: dict) -> list[bool]:
    gold = {(place["start"], place["end"]) for place in row["places"]}
    return [(parse.start[o.first], parse.end[o.stop - 1]) in gold for o in options]


def _names(row: dict, gazetteer: Gazetteer) -> tuple[list[Asked], list[np.ndarray]]:
    by_key: dict[str, list[dict]] = {}
    for place in row["places"]:
        by_key.setdefault(key_of(place["text"]), []).append(place)
    asked, right = [], []
    for places in by_key.values():
        candidates = gazetteer.find(places[0]["text"])
        if not candidates:
            continue
        hints = Hints()
        for place in places:
            hints = hints.joined(hinted_areas(row["text"], place["start"], place["end"], gazetteer))
        asked.append(Asked(places[0]["text"], candidates, len(places), hints))
        points = [(p["lat"], p["lon"]) for p in places]
        near = [sum(kilometres((c.lat, c.lon), at) <= NEAR_KM for at in points) for c in candidates]
        right.append(np.array(near, float))
    return asked, right


def weak_samples(gazetteer: Gazetteer) -> list[Sample]:
    """The articles of WEAK with the options that the whole set has a clear mind of."""
    read = []
    for path in WEAK:
        for parse in parsed_texts([row["text"] for row in data.lines(path)]):
            options = finding.options(parse, gazetteer)
            read.append((path, parse, options, finding.features(parse, options, gazetteer)))
    seen: Counter[str] = Counter()
    places: Counter[str] = Counter()
    for _, _, options, rows in read:
        for option, row in zip(options, rows, strict=True):
            seen[option.name] += 1
            places[option.name] += _looks_placed(row)
    found = []
    for path, _, options, rows in read:
        kept, gold = [], []
        for option, row in zip(options, rows, strict=True):
            often, share = seen[option.name] >= 5, places[option.name] / seen[option.name]
            part = any(key.startswith(("label_PERSON_", "label_ORG_end", "label_ORG_inside")) for key in row)
            if often and share >= 0.4 and not part:
                kept.append((option, row))
                gold.append(True)
            elif often and share <= 0.02 and option.best.population < 100_000:
                kept.append((option, row))
                gold.append(False)
        found.append(Sample(path, -1, {}, None, [o for o, _ in kept], [r for _, r in kept], gold, [], [], None))
    return found


def _looks_placed(row: Row) -> bool:
    """Whether the parser takes the words for a place or a people, or a preposition does."""
    labelled = any(f"label_{label}" in row for label in ("GPE", "LOC"))
    people = "label_NORP" in row and "tier_demonym" in row
    return labelled or people or ("before_in" in row and "after_capital" not in row)


def logistic(
    rows: Sequence[Row], gold: Sequence[bool], pull: float = PULL_FINDING, count: Sequence[float] | None = None
) -> dict[str, float]:
    """Weights of a logistic model by name, drawn to 0 by `pull`; `count`: how much each row counts."""
    names = sorted({key for row in rows for key in row})
    column = {name: at for at, name in enumerate(names)}
    x = np.zeros((len(rows), len(names)))
    for at, row in enumerate(rows):
        for key, value in row.items():
            x[at, column[key]] = value
    y = np.array(gold, float)
    each = np.ones(len(rows)) if count is None else np.array(count)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        score = x @ weights
        share = 1 / (1 + np.exp(-score))
        total = each @ (np.logaddexp(0, score) - y * score) + pull * weights @ weights
        return total, x.T @ (each * (share - y)) + 2 * pull * weights

    fitted = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x
    return {name: round(float(value), 3) for name, value in zip(names, fitted, strict=True)}


def fit_finding(articles: Sequence[Sample]) -> tuple[dict[str, float], dict[str, float]]:
    """The weights of a name by itself, and with the article's others.

    GeoVirus marks no peoples ("Kenyan officials"), LGL does: the former's are left out.
    """
    use = [
        (article, at)
        for article in articles
        for at, option in enumerate(article.options)
        if article.source != "geovirus" or option.best.tier != Tier.DEMONYM
    ]
    gold = [article.gold[at] for article, at in use]
    count = [1.0 if article.source in SETS else WEAK_WEIGHT for article, _ in use]
    alone = logistic([article.rows[at] for article, at in use], gold, count=count)
    more = {
        id(article): finding.around(article.options, [finding.share_of(row, alone) for row in article.rows])
        for article in articles
    }
    whole = [{**article.rows[at], **more[id(article)][at]} for article, at in use]
    return alone, logistic(whole, gold, count=count)


def names_found(article: Sample, alone: Row, whole: Row) -> tuple[int, int, int]:
    """How many names are found, gold, and both."""
    rated = [finding.share_of(row, alone) for row in article.rows]
    more = finding.around(article.options, rated)
    rated = [finding.share_of({**r, **m}, whole) for r, m in zip(article.rows, more, strict=True)]
    chosen = {(o.first, o.stop) for o, _ in finding.best_of(article.options, rated)}
    gold = {(o.first, o.stop) for o, yes in zip(article.options, article.gold, strict=True) if yes}
    return len(chosen), len(gold), len(chosen & gold)


@dataclass
class Table:
    """One name: its features (candidates x FEATURES), right mentions a candidate, mentions."""

    source: str
    name: Asked
    x: np.ndarray
    right: np.ndarray


def tables(articles: Sequence[Sample], weights: np.ndarray) -> list[Table]:
    """The names of the articles, the moving features as `weights` make them."""
    found = []
    for article in articles:
        around = Surroundings(article.asked, rank(article.asked, article.home, tuple(weights)))
        for at, name in enumerate(article.asked):
            rows = []
            for place in name.candidates:
                row = list(still_features(name, place, article.home))
                row[MOVING] = around.of(at, place)
                rows.append(row)
            found.append(Table(article.source, name, np.array(rows), article.right[at]))
    return found


def fit_ranking(articles: Sequence[Sample]) -> np.ndarray:
    """The weights that make the right candidates likeliest; three rounds, since features depend on other senses."""
    start = weights = np.array([START.get(name, 0.0) for name in FEATURES])
    for _ in range(3):
        train = [t for t in tables(articles, weights) if t.right.any() and len(t.right) > 1]
        weights = _climb(train, start)
    return weights


def _climb(train: Sequence[Table], start: np.ndarray) -> np.ndarray:
    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        total, slope = 0.0, np.zeros_like(weights)
        for table in train:
            score = table.x @ weights
            share = np.exp(score - score.max())
            share /= share.sum()
            good = share * (table.right >= table.right.max() / 2)
            weight = np.sqrt(table.name.count)
            total -= weight * np.log(good.sum() + 1e-12)
            slope -= weight * (table.x.T @ (good / (good.sum() + 1e-12) - share))
        away = weights - start
        return total + PULL_RANKING * away @ away, slope + 2 * PULL_RANKING * away

    bounds = [(LEAST.get(name), MOST.get(name)) for name in FEATURES]
    return minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds).x


def judged(articles: Sequence[Sample], weights: np.ndarray) -> list[tuple[str, float, float, int]]:
    """For each name: its set, the share of the chosen sense, right mentions, mentions."""
    found = []
    for table in tables(articles, weights):
        score = table.x @ weights
        share = np.exp(score - score.max())
        at, sure = choose(table.name, (share / share.sum()).tolist())
        found.append((table.source, sure, float(table.right[at]), table.name.count))
    return found


def fit_calibration(chosen: Sequence[tuple[str, float, float, int]]) -> dict[str, float]:
    """How a share becomes the chance that the sense is right: a logistic curve over its log-odds."""
    rows, gold = [], []
    for _, sure, right, count in chosen:
        row = {"offset": 1.0, "slope": log_odds(sure)}
        rows += [row] * count
        gold += [True] * round(right) + [False] * (count - round(right))
    return logistic(rows, gold, pull=0.01)


def log_odds(share: float) -> float:
    """As in resolving.calibrated."""
    share = min(0.999, max(0.001, share))
    return float(np.log(share / (1 - share)))


def over_folds(articles: Sequence[Sample], measure: Callable[[list[Sample], list[Sample]], list]) -> list:
    """What `measure(train, test)` gives for every fold, joined."""
    found = []
    for fold in range(FOLDS):
        found += measure([a for a in articles if a.fold != fold], [a for a in articles if a.fold == fold])
    return found


def end_to_end(articles: Sequence[Sample], weak: Sequence[Sample]) -> dict[str, EndToEnd]:
    """Names found and resolved from the text alone, each article by weights that have not seen it."""
    done = {source: EndToEnd() for source in SETS}
    shipped = load_weights()
    for fold in range(FOLDS):
        train = [a for a in articles if a.fold != fold]
        ranking = dict(zip(FEATURES, map(float, fit_ranking(train)), strict=True))
        unseen = Weights(*fit_finding([*train, *weak]), ranking, shipped.calibration)
        with using(unseen):
            for article in articles:
                if article.fold == fold:
                    done[article.source].add(article.row, article.parse)
    return done


@contextlib.contextmanager
def using(weights: Weights) -> Iterator[None]:
    """Lets finding and resolving read these weights for a while."""
    kept = finding.load_weights, resolving.load_weights
    finding.load_weights = resolving.load_weights = lambda: weights
    try:
        yield
    finally:
        finding.load_weights, resolving.load_weights = kept


def report(articles: Sequence[Sample], weak: Sequence[Sample]) -> list[tuple[str, float, float, int]]:
    """Prints the figures of the folds; returns the judged names, each by weights that have not seen it."""

    def names(train: list[Sample], test: list[Sample]) -> list:
        alone, whole = fit_finding([*train, *weak])
        return [(a.source, names_found(a, alone, whole)) for a in test]

    counts = over_folds(articles, names)
    chosen = over_folds(articles, lambda train, test: judged(test, fit_ranking(train)))
    for source in SETS:
        found, gold, both = (sum(c[at] for s, c in counts if s == source) for at in range(3))
        print(f"{source:9} names: precision {both / found:.3f}, recall of those in the gazetteer {both / gold:.3f}")
        total = sum(len(row["places"]) for row in data.lines(f"places/{source}.jsonl"))
        right = sum(r for s, _, r, _ in chosen if s == source)
        answered = sum(n for s, _, _, n in chosen if s == source)
        print(f"{source:9} senses: {right / total:.4f} of all, {right / answered:.4f} of those answered")
    for source, whole in end_to_end(articles, weak).items():
        print(
            f"{source:9} end to end: found {whole.both / whole.gold:.4f}, within 161 km {whole.near / whole.gold:.4f}, "
            f"precision {whole.both / whole.found:.4f}"
        )
    return chosen


def main() -> None:
    """Measures on folds, then fits on all and writes the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--names", action="store_true", help="fit the weights of names only, without the folds")
    parser.add_argument("--check", action="store_true", help="print the figures of the folds only")
    args = parser.parse_args()
    articles, weak = samples(open_gazetteer()), weak_samples(open_gazetteer())
    path = data_path("places/weights.json")
    if args.names:
        alone, whole = fit_finding([*articles, *weak])
        table = json.loads(path.read_text(encoding="utf-8")) | {"alone": alone, "finding": whole}
        path.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")
        return
    chosen = report(articles, weak)
    calibration = fit_calibration(chosen)
    print("calibration", calibration)
    if args.check:
        return
    alone, whole = fit_finding([*articles, *weak])
    ranking = dict(zip(FEATURES, (round(float(w), 3) for w in fit_ranking(articles)), strict=True))
    table = {"alone": alone, "finding": whole, "ranking": ranking, "calibration": calibration}
    path.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")
    print(f"written: {path}")


if __name__ == "__main__":
    main()
