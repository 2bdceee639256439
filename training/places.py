"""Fits the weights of data/places/weights.toml: softmax regression towards the present weights, in three rounds.

Run with `python -m training.places` from the repository; it prints the new weights and the share of right answers on
the half that is fitted (even-numbered articles) and on the half that is not. Needs the sets of benchmarks/places.py.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from benchmarks import data
from benchmarks.places import NEAR_KM, SETS, kilometres
from reportedly.extract.places.hints import hinted_areas
from reportedly.extract.places.homes import home_of
from reportedly.extract.places.ranking import (
    FEATURES,
    MOVING,
    Asked,
    Home,
    Surroundings,
    load_weights,
    rank,
    still_features,
)
from reportedly.extract.places.resolving import key_of
from reportedly.gazetteer import Gazetteer, open_gazetteer

PULL = 1.0  # towards the weights set by hand: the sets are small and of two kinds


@dataclass
class Sample:
    """One article: its names, which candidates are right for how many of a name's mentions, the publisher's home."""

    source: str
    held: bool
    asked: list[Asked]
    right: list[np.ndarray]
    home: Home | None


def samples(gazetteer: Gazetteer) -> list[Sample]:
    """The articles of both sets."""
    found = []
    for source in SETS:
        for number, row in enumerate(data.lines(f"places/{source}.jsonl")):
            by_key: dict[str, list[dict]] = {}
            for place in row["places"]:
                by_key.setdefault(key_of(place["text"]), []).append(place)
            asked, right = [], []
            for places in by_key.values():
                candidates = gazetteer.find(places[0]["text"])
                if not candidates:
                    continue
                hints = [hinted_areas(row["text"], p["start"], p["end"], gazetteer) for p in places]
                after, before = (frozenset().union(*side) for side in zip(*hints, strict=True))
                asked.append(Asked(places[0]["text"], candidates, len(places), after, before))
                points = [(p["lat"], p["lon"]) for p in places]
                near = [sum(kilometres((c.lat, c.lon), at) <= NEAR_KM for at in points) for c in candidates]
                right.append(np.array(near, float))
            found.append(Sample(source, number % 2 == 1, asked, right, home_of(row["publisher"], gazetteer)))
    return found


def tables(articles: list[Sample], weights: np.ndarray) -> list[tuple[Sample, np.ndarray, np.ndarray, int]]:
    """For each name: its article, features (candidates x FEATURES), right mentions a candidate, mentions."""
    found = []
    for article in articles:
        around = Surroundings(article.asked, rank(article.asked, article.home, tuple(weights)))
        for at, name in enumerate(article.asked):
            rows = []
            for place in name.candidates:
                row = list(still_features(name, place, article.home))
                row[MOVING] = around.of(at, place)
                rows.append(row)
            found.append((article, np.array(rows), article.right[at], name.count))
    return found


def share_right(rows: list, weights: np.ndarray, source: str, held: bool) -> float:
    """The share of mentions put within 161 km, of those with a candidate."""
    chosen = [
        (right[np.argmax(x @ weights)], count) for a, x, right, count in rows if (a.source, a.held) == (source, held)
    ]
    return sum(right for right, _ in chosen) / sum(count for _, count in chosen)


def fit(rows: list, start: np.ndarray) -> np.ndarray:
    """The weights that make the right candidates likeliest, not far from `start`."""
    train = [(x, right, count) for a, x, right, count in rows if not a.held and right.any() and len(right) > 1]

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        total, slope = 0.0, np.zeros_like(weights)
        for x, right, count in train:
            score = x @ weights
            share = np.exp(score - score.max())
            share /= share.sum()
            good = share * (right >= right.max() / 2)
            total -= np.sqrt(count) * np.log(good.sum() + 1e-12)
            slope -= np.sqrt(count) * (x.T @ (good / (good.sum() + 1e-12) - share))
        away = weights - start
        return total + PULL * away @ away, slope + 2 * PULL * away

    return minimize(loss, start, jac=True, method="L-BFGS-B").x


def main() -> None:
    """Three rounds, since the features depend on the weights by the other names' senses."""
    articles = samples(open_gazetteer())
    start = weights = np.array(load_weights())
    for _ in range(3):
        weights = fit(tables(articles, weights), start)
    rows = tables(articles, weights)
    for source in SETS:
        for held in (False, True):
            print(f"{source:10} {'held' if held else 'fitted':7} {share_right(rows, weights, source, held):.4f}")
    for name, weight in zip(FEATURES, weights, strict=True):
        print(f"{name} = {weight:.2f}")


if __name__ == "__main__":
    main()
