import datetime as dt
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.linking import cluster, is_happening, load_rules
from reportedly.linking.averages import ANY_DAY, Days
from reportedly.linking.clusters import LEAST, days_told, group_ids
from reportedly.records import Entry, Judgement, Link
from tests.linking.making import MONDAY, entry

NAMES = "abcdefghij"
POOL = {name: entry(name, published=MONDAY + dt.timedelta(days=n)) for n, name in enumerate(NAMES)}
RULES = load_rules()
PAIRS = st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)).filter(lambda pair: pair[0] < pair[1])
LINKS = st.dictionaries(PAIRS, st.sampled_from((0.25, 0.5, 0.75, 1.0)) | st.floats(0.2, 1.0), max_size=30).map(
    lambda found: [link(a, b, score) for (a, b), score in found.items()]
)
JUDGEMENTS = st.lists(st.tuples(PAIRS, st.sampled_from([True, False, None])), max_size=12).map(
    lambda found: [judged(a, b, same, n) for n, ((a, b), same) in enumerate(found)]
)


def link(a: str, b: str, score: float = 0.9, **why: float) -> Link:
    return Link(left=a, right=b, score=score, why=why)


def judged(a: str, b: str, same: bool | None, minute: int = 0) -> Judgement:
    return Judgement(left=a, right=b, same=same, by="reader", at=dt.datetime(2031, 3, 3, 8, minute, tzinfo=dt.UTC))


def names(groups: list[list[Entry]]) -> list[str]:
    return ["".join(e.report.id for e in group) for group in groups]


def pool(letters: str) -> list[Entry]:
    return [POOL[letter] for letter in letters]


@given(LINKS, JUDGEMENTS)
def test_clusters_are_a_partition_in_which_different_always_splits(
    links: list[Link], judgements: list[Judgement]
) -> None:
    groups = cluster(POOL.values(), links, judgements)
    assert sorted(e.report.id for group in groups for e in group) == sorted(NAMES)
    last = {tuple(sorted((j.left, j.right))): j.same for j in judgements}
    where = {e.report.id: n for n, group in enumerate(groups) for e in group}
    for (a, b), same in last.items():
        if same is False:
            assert where[a] != where[b]
    if False not in last.values():
        for (a, b), same in last.items():
            assert not same or where[a] == where[b]
    assert cluster(list(POOL.values())[::-1], links[::-1], judgements) == groups


def test_linked_reports_join_and_others_stay() -> None:
    assert names(cluster(pool("abc"), [link("a", "b")])) == ["ab", "c"]
    assert names(cluster(pool("abc"), [link("a", "b"), link("b", "c"), link("a", "c")])) == ["abc"]


def test_a_chain_does_not_swallow_a_topic() -> None:
    chain = [link(a, b, 0.7) for a, b in zip("abcdefghi", "bcdefghij", strict=True)]
    assert max(map(len, names(cluster(pool(NAMES), chain, least=0.25)))) <= 2


def test_the_stronger_link_joins_first() -> None:
    links = [link("a", "b", 0.4), link("b", "c", 0.45)]
    assert names(cluster(pool("abc"), links, least=0.25)) == ["a", "bc"]


def test_groups_join_from_the_least_mean_on() -> None:
    for score, least, wanted in (
        (LEAST, LEAST, ["ab"]),
        (LEAST - 0.01, LEAST, ["a", "b"]),
        (LEAST - 0.01, LEAST - 0.02, ["ab"]),
    ):
        assert names(cluster(pool("ab"), [link("a", "b", score)], least=least)) == wanted


def test_a_missing_link_is_forgiven_where_the_rest_agree() -> None:
    links = [link(a, b, 0.4) for a, b in ("ab", "ac", "bc", "ad", "bd")]
    assert names(cluster(pool("abcd"), links)) == ["abcd"]


@pytest.mark.parametrize("why", ["refers_to", "copied"])
def test_what_is_tied_goes_with_its_report_and_does_not_vote(why: str) -> None:
    tied = entry("r", article=POOL["a"].article, kind=None, actors=())
    entries = [*pool("ab"), tied]
    ties = [link("r", "a", 1.0, **{why: 1.0})]
    assert names(cluster(entries, ties)) == ["ar", "b"]
    assert names(cluster(entries, [*ties, link("a", "b", 0.3)])) == ["arb"]
    assert names(cluster(entries, [*ties, link("b", "r", 1.0)])) == ["ar", "b"]


def test_what_a_person_put_apart_is_not_tied() -> None:
    ties = [link("b", "a", 1.0, refers_to=1.0)]
    assert names(cluster(pool("ab"), ties, [judged("a", "b", False)])) == ["a", "b"]


def test_judgements_overrule_links_and_can_be_taken_back() -> None:
    links = [link("a", "b")]
    assert names(cluster(pool("ab"), links, [judged("b", "a", False)])) == ["a", "b"]
    assert names(cluster(pool("ab"), links, [judged("a", "b", False), judged("a", "b", None, 1)])) == ["ab"]
    assert names(cluster(pool("ab"), [], [judged("a", "b", True)])) == ["ab"]
    assert names(cluster(pool("abc"), links, [judged("a", "c", True), judged("b", "c", False)])) == ["ac", "b"]


def test_nothing_is_no_cluster() -> None:
    assert cluster([], []) == []


def test_links_to_reports_that_are_gone_are_passed_over() -> None:
    assert names(cluster(pool("a"), [link("a", "b")], [judged("a", "b", True)])) == ["a"]


START = MONDAY.toordinal()
SPANS = st.tuples(st.integers(START - 9, START + 9), st.integers(0, 12)).map(lambda pair: (pair[0], sum(pair)))


def grouped(
    links: list[Link],
    days: dict[str, Days],
    judgements: list[Judgement] | None = None,
    kinds: Mapping[str, str | None] | None = None,
) -> list[str]:
    """The groups of reports that tell these days."""
    told = {name: (day, (kinds or {}).get(name)) for name, day in days.items()}
    groups = group_ids(list(told), links, judgements or [], RULES, LEAST, list(told.values()))
    return sorted("".join(list(told)[place] for place in group) for group in groups)


def test_days_too_far_apart_are_two_happenings() -> None:
    most = int(RULES.clusters["days"])
    within, beyond = ({"a": (START, START), "b": (START + apart, START + apart)} for apart in (most, most + 1))
    assert grouped([link("a", "b")], within) == ["ab"]
    assert grouped([link("a", "b")], beyond) == ["a", "b"]
    assert grouped([link("a", "b")], beyond, [judged("a", "b", True)]) == ["ab"]


def test_days_do_not_creep_from_report_to_report() -> None:
    told = {name: (START + 3 * n, START + 3 * n) for n, name in enumerate("abc")}
    whole = [link("a", "b"), link("b", "c", 0.8), link("a", "c")]
    assert max(map(len, grouped(whole, told))) == 2


def test_a_long_stretch_and_no_day_at_all_go_with_any() -> None:
    siege = {"a": (START - 40, START), "b": (START - 40, START - 40), "c": ANY_DAY}
    assert grouped([link("a", "b"), link("a", "c"), link("b", "c")], siege) == ["abc"]
    assert grouped([link("a", "b")], {"a": (START - 40, START), "b": (START - 20, START - 10)}) == ["ab"]


def linked(names: str, score: float = 0.9) -> list[Link]:
    return [link(a, b, score) for n, a in enumerate(names) for b in names[n + 1 :]]


def test_the_days_of_one_aside_do_not_part_two_large_groups() -> None:
    """Links within each five are surer than those across, so that two groups of five meet."""
    links = [*linked("abcde"), *linked("fghij"), *(link(a, b, 0.4) for a in "abcde" for b in "fghij")]
    asides = {"a": (START, START), "f": (START - 90, START - 90)}
    told = dict.fromkeys(NAMES, ANY_DAY)
    assert grouped(links, {**told, **asides}) == [NAMES]
    more = {"b": (START, START), "g": (START - 90, START - 90)}
    assert grouped(links, {**told, **asides, **more}) == ["abcde", "fghij"]


def test_one_sentence_that_tells_two_reports_apart_does_not_part_two_large_groups() -> None:
    links = [*linked("abcde"), *linked("fghij"), *(link(a, b, 0.4) for a in "abcde" for b in "fghij" if a + b != "af")]
    told = [(ANY_DAY, None)] * len(NAMES)
    for beside, count in (([(0, 5)], 1), ([(0, 5), (1, 6)], 2)):
        assert len(group_ids(NAMES, links, [], RULES, LEAST, told, beside)) == count
    assert len(group_ids("ab", [link("a", "b")], [], RULES, LEAST, told[:2], [(0, 1)])) == 2


def test_days_that_reports_tell() -> None:
    week = MONDAY - dt.timedelta(7)
    assert days_told(None, None, MONDAY) == ANY_DAY
    assert days_told(week, MONDAY, None) == (START - 7, START)
    assert days_told(week, None, MONDAY) == (START - 7, START)
    assert days_told(week, None, None) == (START - 7, ANY_DAY[1])
    assert days_told(None, week, MONDAY) == (ANY_DAY[0], START - 7)
    assert days_told(MONDAY, None, week) == (START, START)


@given(LINKS, JUDGEMENTS, st.fixed_dictionaries(dict.fromkeys(NAMES, SPANS)), st.randoms())
def test_order_changes_nothing(links: list[Link], judgements: list[Judgement], told: dict[str, Days], rng: Any) -> None:
    groups = grouped(links, told, judgements)
    turned = [link(one.right, one.left, one.score) if rng.random() < 0.5 else one for one in links]
    rng.shuffle(turned)
    assert grouped(turned, told, rng.sample(judgements, len(judgements))) == groups
    if not judgements:
        most = RULES.clusters["days"]
        for group in groups:
            assert max(told[name][0] for name in group) - min(told[name][1] for name in group) <= most


def test_in_a_crowd_not_all_pairs_need_a_link() -> None:
    """A report that was compared with the `most` of a large group only joins it all the same."""
    most = int(RULES.clusters["most"])
    ids = [f"{n:04}" for n in range(2 * most + 1)]
    crowd = [link(one, other, 1.0, copied=1.0) for one, other in zip(ids[1:-1], ids, strict=False)]
    assert len(group_ids(ids, crowd, [], RULES, LEAST)) == 2
    compared = [link(other, ids[-1], 0.9) for other in ids[:1]]
    assert len(group_ids(ids, [*crowd, *compared], [], RULES, LEAST)) == 1


def test_what_is_listed_as_a_happening() -> None:
    plan = entry("a", modality="planned")
    assert is_happening([entry("c")])
    assert is_happening([plan, entry("d", modality="planned", stance="denies")])
    assert is_happening([entry("e", modality="conditional", stance="declines")])
    assert not is_happening([plan])
    assert not is_happening([entry("f", modality="conditional")])


def test_a_claim_outside_the_types_is_listed_when_two_tell_of_it_or_one_takes_a_position() -> None:
    def claim(name: str, **said: Any) -> Entry:
        return entry(name, kind=None, **said)

    assert not is_happening([claim("a")])
    assert not is_happening([claim("a", article="x"), claim("b", article="x")])
    assert is_happening([claim("a"), claim("b")])
    for stance in ("confirms", "denies", "declines", "doubts", "endorses", "condemns"):
        assert is_happening([claim("a", article="x"), claim("b", article="x", stance=stance)])
    assert not is_happening([claim("a", modality="planned"), claim("b", modality="conditional")])
    assert is_happening([claim("a", article="x"), entry("b", article="x")])
