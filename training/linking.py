"""Fits data/linking/model.json: what each level of each comparison says for or against two reports being one happening.

The model is Splink's (Fellegi and Sunter 1969): independent comparisons, each level with a share m among pairs of one
happening and u among pairs of two. They are not fitted by expectation maximisation, since the comparisons are not
independent (articles of one story share parties and words as well), but so that the sum of the weights log2(m/u) tells
best: a logistic regression over the levels. What is known:

- pairs of positions on key events of the annotated stories: of one event or of two;
- pairs across the stories of BASIL and FNC-1: two happenings;
- of two articles on one story of BASIL or FNC-1 the pair that the model likes best: one happening (fitted again until
  it settles: multiple-instance learning).

Run with `python -m training.linking` from the repository (about fifteen minutes on two cores, most of it reading; what
was read is kept in build/training; the chance in it is seeded). `--words` makes the table of words first; `--check`
prints what models fitted on every second story do on the others. Needs the sets of benchmarks/coverage.py, FA-KES and
the annotated stories.
"""

import csv
import itertools
import json
import pickle
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

import reportedly
from benchmarks import data, stories
from benchmarks.articles import article_of
from benchmarks.coverage import pairwise, together
from benchmarks.scorers import prf
from reportedly.ledger.joining import profile_of_reading
from reportedly.linking.clusters import LEAST, group_rows
from reportedly.linking.columns import Columns, columns_of
from reportedly.linking.links import score_pairs
from reportedly.linking.neighbours import find_near
from reportedly.linking.profiles import Profile
from reportedly.linking.rules import Rules, load_rules
from reportedly.linking.terms import number_of
from reportedly.linking.text import words
from reportedly.resources import data_path
from training.folders import BUILD

STEP = 16
FAKES = "coverage/fakes_2011_2016.jsonl"
COVERAGE = {
    "basil": ("coverage/basil_2010_2016.jsonl", "event"),
    "fnc": ("coverage/fnc1_train.jsonl", "story"),
}
PAIR = "struct_extract(match_key, '{}')"


def bins(value: str, edges: Sequence[float], unknown: str | None = None) -> list[tuple[str, str]]:
    """Levels of a number: below each edge, and above the last."""
    levels = [(f"({value}) is null or isnan({value})", unknown)] if unknown else []
    levels += [(f"({value}) < {edge}", f"below {edge}") for edge in edges]
    return [*levels, ("ELSE", f"{edges[-1]} or more")]  # type: ignore[list-item]


KM = (
    "(12742 * asin(sqrt(pow(sin(radians(lat_r - lat_l) / 2), 2) + cos(radians(lat_l)) * cos(radians(lat_r))"
    " * pow(sin(radians(lon_r - lon_l) / 2), 2))))"
)
REGION = "(lat_{0} is null or coalesce(radius_{0}, 0) >= 50)"
# Null where one does not say when: `greatest` and `least` alone pass over nulls.
GAP = (
    "(case when first_l is not null and first_r is not null"
    " then greatest(first_l, first_r) - least(last_l, last_r) end)"
)
WIDE = "(greatest(last_l - first_l, last_r - first_r) >= 7)"
# Days between two reports where one or both do not say when it happened.
APART = (
    "(case when first_l is null and first_r is null then abs(day_l - day_r)"
    " when first_l is null then greatest(0, day_l - last_r) else greatest(0, day_r - last_l) end)"
)
COMPARISONS: Mapping[str, list[tuple[str, str]]] = {
    "context": [
        (f"{PAIR.format('context')} < 0", "one article"),
        *bins(PAIR.format("context"), (0.12, 0.15, 0.18, 0.21, 0.25, 0.3, 0.36, 0.5)),
    ],
    "kind": [
        ("kind_l is null and kind_r is null", "neither has a type"),
        ("kind_l is null or kind_r is null", "one has no type"),
        (f"{PAIR.format('context')} < 0 and kind_l <> kind_r", "other types in one article"),
        (f"{PAIR.format('context')} < 0 and mode_l <> mode_r", "other modes in one article"),
        ("kind_l <> kind_r", "types that are kin"),
        ("mode_l <> mode_r", "one type, other modes"),
        ("ELSE", "one type"),
    ],
    "trigger": [("trigger_l = trigger_r", "the same word"), ("ELSE", "other words")],
    "words": bins(PAIR.format("words"), (0.02, 0.05, 0.09, 0.14, 0.2, 0.28, 0.4, 0.6, 0.85)),
    "vector": bins("array_inner_product(vector_l, vector_r)", (0.0, 0.1, 0.2, 0.3, 0.45, 0.65), "not known"),
    "salience": bins("least(salience_l, salience_r)", (0.05, 0.12, 0.2, 0.28, 0.36)),
    "actors": bins(PAIR.format("actors"), (0.1, 0.5, 0.8, 0.97), "not told"),
    "recipients": bins(PAIR.format("recipients"), (0.1, 0.5, 0.8, 0.97), "not told"),
    "place": [
        ("place_l is null or place_r is null", "not told"),
        ("geonameid_l = geonameid_r or (place_l = place_r and country_l is not distinct from country_r)", "the same"),
        (f"({REGION.format('l')} or {REGION.format('r')}) and country_l = country_r", "one in the other's country"),
        (f"({REGION.format('l')} or {REGION.format('r')}) and country_l <> country_r", "other countries"),
        ("lat_l is null or lat_r is null", "not known where"),
        (f"{KM} <= greatest(10, coalesce(radius_l, 5) + coalesce(radius_r, 5))", "within reach"),
        (f"{KM} <= 60", "within 60 km"),
        ("ELSE", "apart"),
    ],
    "time": [
        (f"{GAP} <= 0 and {WIDE}", "a long stretch meets"),
        (f"{GAP} <= 0", "the same days"),
        (f"{GAP} = 1", "a day apart"),
        (f"{GAP} <= 3", "up to 3 days apart"),
        (f"{GAP} > 3", "more than 3 days apart"),
        (f"{APART} is null", "not known"),
        (f"{APART} <= 1", "told within a day"),
        (f"{APART} <= 3", "told within 3 days"),
        (f"{APART} <= 8", "told within 8 days"),
        ("ELSE", "told later"),
    ],
    "numbers": [
        ("coalesce(killed_l, injured_l, size_l) is null or coalesce(killed_r, injured_r, size_r) is null", "not told"),
        ("killed_l = killed_r or injured_l = injured_r or size_l = size_r", "the same"),
        ("ELSE", "others"),
    ],
    "quote": [
        ("list_has_any(quotes_l, quotes_r)", "the same quotation"),
        ("ELSE", "none shared"),
    ],
}


def settings_of(
    weights: Mapping[str, Sequence[tuple[float, float]]] | None = None, prior: float = 0.5
) -> dict[str, Any]:
    """Splink's settings; `weights` gives (m, u) of each comparison's levels in order. Without, each level's weight is
    its place, in STEP-ths of a bit."""
    made = []
    for name, levels in COMPARISONS.items():
        told = weights[name] if weights else [(0.5, 0.5 * 2 ** (-place / STEP)) for place in range(len(levels))]
        made.append(
            {
                "output_column_name": name,
                "comparison_levels": [
                    {"sql_condition": sql, "label_for_charts": label, "m_probability": m, "u_probability": u}
                    for (sql, label), (m, u) in zip(levels, told, strict=True)
                ],
            }
        )
    return {
        "link_type": "dedupe_only",
        "sql_dialect": "duckdb",
        "unique_id_column_name": "unique_id",
        "probability_two_random_records_match": prior,
        "blocking_rules_to_generate_predictions": [],
        "comparisons": made,
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": True,
        "additional_columns_to_retain": [],
    }


@dataclass
class Pool:
    """The pairs of one set: rows, levels as numbers, the story of each report."""

    columns: Columns
    left: NDArray[np.int64]
    right: NDArray[np.int64]
    levels: NDArray[np.int8]
    story: NDArray[np.str_]


def pool_of(profiles: Sequence[Profile], story: Callable[[str], str], rules: Rules) -> Pool:
    """All pairs that linking would compare."""
    columns = columns_of(profiles, rules)
    everyone = (np.ones(len(columns.names), dtype=bool), np.ones(len(columns.ids), dtype=bool))
    scored = score_pairs(columns, find_near(columns, rules), *everyone, rules, settings_of(), 1e-9)
    stories = np.array([story(profile.article) for profile in profiles])
    levels = np.rint(scored.weights * STEP).astype(np.int8)
    return Pool(columns, scored.left, scored.right, levels, stories[columns.articles])


def dense(levels: NDArray[np.int8]) -> NDArray[np.float32]:
    """Levels as ones and noughts."""
    parts = []
    for place, rows in enumerate(COMPARISONS.values()):
        part = np.zeros((len(levels), len(rows)), dtype=np.float32)
        part[np.arange(len(levels)), levels[:, place]] = 1
        parts.append(part)
    return np.concatenate(parts, axis=1)


def fit(x: NDArray[np.float32], y: NDArray[np.float64], w: NDArray[np.float64]) -> NDArray[np.float64]:
    """Logistic regression; the last weight is the constant."""
    w = w / w.sum() * 1000
    to, pull = priors()

    def loss(t: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        z = x @ t[:-1] + t[-1]
        p = 1 / (1 + np.exp(-np.clip(z, -30, 30)))
        g = w * (p - y)
        value = float((w * (np.logaddexp(0, z) - y * z)).sum() + (pull / 2 * (t[:-1] - to) ** 2).sum())
        return value, np.r_[x.T @ g + pull * (t[:-1] - to), g.sum()]

    found: NDArray[np.float64] = minimize(loss, np.r_[to, 0.0], jac=True, method="L-BFGS-B").x
    return found


# Where weights start from and are drawn to, in nats: what anybody knows, and the sets (of which one has no dates and
# none has many places) are too small to teach. All others are drawn to 0.
KNOWN: Mapping[str, Mapping[str, float]] = {
    "kind": {
        "neither has a type": 0.2,
        "one has no type": 0.0,
        "other types in one article": -2.5,
        "other modes in one article": -2.5,
        "types that are kin": -1.2,
        "one type, other modes": -1.0,
        "one type": 1.0,
    },
    "time": {
        "a long stretch meets": 0.5,
        "the same days": 1.5,
        "a day apart": -0.7,
        "up to 3 days apart": -1.8,
        "more than 3 days apart": -3.0,
        "not known": 0.7,
        "told within a day": 0.7,
        "told within 3 days": 0.0,
        "told within 8 days": -1.0,
        "told later": -2.5,
    },
    "place": {
        "the same": 1.2,
        "one in the other's country": 0.3,
        "other countries": -2.0,
        "within reach": 0.7,
        "within 60 km": -0.3,
        "apart": -2.0,
    },
    "numbers": {"the same": 0.8, "others": -0.3},
    # Standing lines are the same in two stories, but they make no reports worth a mistake.
    "words": {"below 0.85": 1.6, "0.85 or more": 1.6},
    "quote": {"the same quotation": 3.0, "none shared": 0.0},
}
PULL, PULL_KNOWN = 0.3, 6.0
ROUNDS, NEGATIVES = 4, 60_000
WEIGHT_UNLABELLED, WEIGHT_BEST = 0.3, 0.7
# What best pairs teach of the constant says little: chosen, with settings.link_score, on the same sets.
SHIFT = 0.3


def priors() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """(what each level's weight is drawn to, how strongly), in the order of `dense`."""
    to, pull = [], []
    for name, levels in COMPARISONS.items():
        for _, label in levels:
            to.append(KNOWN.get(name, {}).get(label, 0.0))
            pull.append(PULL_KNOWN if label in KNOWN.get(name, {}) else PULL)
    return np.array(to), np.array(pull)


Weighted = tuple[NDArray[np.float32], NDArray[np.float64], NDArray[np.float64]]


def labelled(pool: Pool, keys: Mapping[str, frozenset[str]]) -> list[Weighted]:
    """Pairs of positions on key events; of a position and another report of the story, with less weight, as apart."""
    told = [keys.get(name) for name in pool.columns.ids]
    both, one, same = [], [], []
    for pair, (left, right) in enumerate(zip(pool.left.tolist(), pool.right.tolist(), strict=True)):
        a, b = told[left], told[right]
        if a and b:
            both.append(pair)
            same.append(bool(a & b))
        elif a or b:
            one.append(pair)
    x = dense(pool.levels)
    return [
        (x[both], np.array(same, dtype=float), np.full(len(both), 1 / len(both))),
        (x[one], np.zeros(len(one)), np.full(len(one), WEIGHT_UNLABELLED / len(one))),
    ]


def train(stories: Pool, keys: Mapping[str, frozenset[str]], coverage: Sequence[Pool]) -> NDArray[np.float64]:
    """The weights of all levels and the constant, in nats."""
    chance = np.random.default_rng(0)
    fixed = labelled(stories, keys)
    best: list[tuple[NDArray[np.float32], NDArray[np.int64]]] = []
    for pool in coverage:
        same = pool.story[pool.left] == pool.story[pool.right]
        apart = np.flatnonzero(~same)
        apart = chance.choice(apart, min(len(apart), NEGATIVES), replace=False)
        fixed.append((dense(pool.levels[apart]), np.zeros(len(apart)), np.full(len(apart), 1 / len(apart))))
        articles = pool.columns.articles
        inside = np.flatnonzero(same & (articles[pool.left] != articles[pool.right]))
        pairs = articles[pool.left[inside]] * len(pool.columns.starts) + articles[pool.right[inside]]
        best.append((dense(pool.levels[inside]), pairs))
    weights: NDArray[np.float64] | None = None
    for _ in range(ROUNDS):
        parts = list(fixed)
        if weights is not None:
            for x, pairs in best:
                order = np.lexsort((-(x @ weights[:-1]), pairs))
                chosen = order[np.r_[True, pairs[order][1:] != pairs[order][:-1]]]
                parts.append((x[chosen], np.ones(len(chosen)), np.full(len(chosen), WEIGHT_BEST / len(chosen))))
        weights = fit(*(np.concatenate(column) for column in zip(*parts, strict=True)))
    assert weights is not None
    return weights


def model_of(weights: NDArray[np.float64], pools: Sequence[Pool], shift: float) -> dict[str, Any]:
    """The weights as Splink's m and u: u is each level's share among all pairs compared, m what the weight makes of it,
    both scaled to sum to 1; what that scaling takes from the sum goes into the prior."""
    shares = sum(dense(pool.levels).mean(0) for pool in pools) / len(pools)
    told, constant, at = {}, float(weights[-1]) + shift, 0
    for name, levels in COMPARISONS.items():
        part = slice(at, at + len(levels))
        at += len(levels)
        u = np.maximum(shares[part], 1e-4)
        u /= u.sum()
        m = u * np.exp(weights[part])
        constant += float(np.log(m.sum()))
        m /= m.sum()
        told[name] = [(round(float(a), 6), round(float(b), 6)) for a, b in zip(m, u, strict=True)]
    return settings_of(told, round(1 / (1 + float(np.exp(-constant))), 6))


@dataclass
class Sets:
    """What is learned from: profiles by set, the story of each article, the key events of each report of a position."""

    profiles: Mapping[str, Sequence[Profile]]
    story: Mapping[str, str]
    keys: Mapping[str, frozenset[str]]


def read_sets() -> Sets:
    """Reads all sets, or takes what was read before."""
    kept = BUILD / "linking.pkl"
    if kept.exists():
        found: Sets = pickle.loads(kept.read_bytes())
        return found
    reader, rules = reportedly.Reader(), load_rules()
    profiles: dict[str, list[Profile]] = defaultdict(list)
    story: dict[str, str] = {}
    for name, (file, key) in COVERAGE.items():
        rows = data.lines(file)
        articles = map(article_of, rows)
        story.update((row["id"], row[key]) for row in rows)
        profiles[name] = [profile_of_reading(reading, rules) for reading in reader.read_many(articles)]
    keys: dict[str, set[str]] = defaultdict(set)
    folder = data.path("stories")
    for path in sorted(folder.glob("*.gold.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        for name, notes in gold["articles"].items():
            (article,) = reportedly.open_articles([str(folder / gold["story"] / f"{name}.txt")])
            reading = reader.read(article)
            profiles["stories"].append(profile_of_reading(reading, rules))
            story[article.id] = gold["story"]
            for row in notes["positions"]:
                position = stories.locate(article.text, row)
                stories.match(position, reading)
                if position.report is not None:
                    keys[position.report.id].add(f"{gold['story']}/{row['event']}")
    found = Sets(dict(profiles), story, {report: frozenset(events) for report, events in keys.items()})
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(pickle.dumps(found))
    return found


# Words of fewer articles are all equally rare: a table of them would be long and no better.
RAREST, RARE = 12, 8


def write_words() -> None:
    """Writes data/linking/words.csv from the texts of the coverage and the stories."""
    rules = load_rules()
    texts = [row["text"] for name in (*(file for file, _ in COVERAGE.values()), FAKES) for row in data.lines(name)]
    folder = data.path("stories")
    texts += [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*/*.txt"))]
    told = Counter(word for text in texts for word in set(words(text)) if len(word) > 2 and word not in rules.stop)
    rows = [("", RARE), *sorted((word, count) for word, count in told.items() if count >= RAREST)]
    with data_path("linking/words.csv").open("w", encoding="utf-8", newline="") as handle:
        out = csv.writer(handle, lineterminator="\n")
        out.writerow(("word", "rarity"))
        out.writerows((word, f"{np.log(len(texts) / count):.2f}") for word, count in rows)


def groups_of(profiles: Sequence[Profile], rules: Rules, model: Mapping[str, Any]) -> tuple[Columns, list[list[int]]]:
    """The reports of profiles as groups of one happening, by this model."""
    columns = columns_of(profiles, rules)
    everyone = (np.ones(len(columns.names), dtype=bool), np.ones(len(columns.ids), dtype=bool))
    scored = score_pairs(columns, find_near(columns, rules), *everyone, rules, model)
    edges = (scored.left, scored.right, scored.score)
    told = columns.told()
    labels = group_rows(len(columns.ids), edges, columns.refers, ((), ()), rules, LEAST, told, columns.beside)
    held: dict[int, list[int]] = defaultdict(list)
    for row, label in enumerate(labels.tolist()):
        held[label].append(row)
    return columns, list(held.values())


def check(sets: Sets, rules: Rules) -> None:
    """Prints what models fitted on half of the stories do on the other half: articles together when they share a group,
    and reports of positions on one key event in one group (those not coded, which bound recall, are left out)."""
    for fold in (0, 1):
        kept: dict[str, list[Profile]] = defaultdict(list)
        pools = {}
        for name, profiles in sets.profiles.items():
            fitted = []
            for profile in profiles:
                is_kept = number_of(sets.story[profile.article]) % 2 == fold
                (kept[name] if is_kept else fitted).append(profile)
            pools[name] = pool_of(fitted, sets.story.__getitem__, rules)
        weights = train(pools["stories"], sets.keys, [pools[name] for name in COVERAGE])
        model = model_of(weights, list(pools.values()), SHIFT)
        for name, profiles in kept.items():
            columns, groups = groups_of(profiles, rules, model)
            names = [columns.names[number] for number in columns.articles]
            by_story: dict[str, list[str]] = defaultdict(list)
            for profile in profiles:
                by_story[sets.story[profile.article]].append(profile.article)
            found = together(([names[row] for row in group] for group in groups), columns.names)
            score = pairwise(found, together(by_story.values(), columns.names))
            figures = f"{score.precision:.3f} {score.recall:.3f} {score.f1:.3f}"
            print(f"fold {fold} {name:8} articles together, P R F1: {figures}  n={len(columns.names)}")
            if name == "stories":
                place = {columns.ids[row]: number for number, group in enumerate(groups) for row in group}
                told = [(place[report], keys) for report, keys in sets.keys.items() if report in place]
                pairs = [(a[0] == b[0], bool(a[1] & b[1])) for a, b in itertools.combinations(told, 2)]
                both = sum(joined and same for joined, same in pairs)
                key = prf(both, sum(joined for joined, _ in pairs), both, sum(same for _, same in pairs))
                print(
                    f"fold {fold} key events, P R F1: {key.precision:.3f} {key.recall:.3f} {key.f1:.3f}  n={len(told)}"
                )


def main() -> None:
    """Writes the model; with `--words` first the table of rarity, on which the profiles rest. `--check` only prints."""
    if "--words" in sys.argv[1:]:
        write_words()
        (BUILD / "linking.pkl").unlink(missing_ok=True)
    sets, rules = read_sets(), load_rules()
    if "--check" in sys.argv[1:]:
        check(sets, rules)
        return
    pools = {name: pool_of(profiles, sets.story.__getitem__, rules) for name, profiles in sets.profiles.items()}
    weights = train(pools["stories"], sets.keys, [pools[name] for name in COVERAGE])
    model = model_of(weights, list(pools.values()), SHIFT)
    data_path("linking/model.json").write_text(json.dumps(model, indent=1) + "\n", encoding="utf-8")
    at = 0
    for name, levels in COMPARISONS.items():
        for _, label in levels:
            print(f"{name:12} {label:28} {weights[at] / np.log(2):6.2f} bits")
            at += 1


if __name__ == "__main__":
    main()
