import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from reportedly.linking import cluster, is_happening
from reportedly.records import Entry, Judgement, Link
from tests.linking.making import MONDAY, entry

NAMES = "abcdefghij"
# Of ten types, so that only the links make two reports alike.
KINDS = ("ASSAULT", "AGREE", "REQUEST", "SUPPORT", "PROTEST", "SANCTION", "MOBILIZE", "THREATEN", "REJECT", "RETREAT")
POOL = {
    name: entry(name, published=MONDAY + dt.timedelta(days=n), kind=kind)
    for n, (name, kind) in enumerate(zip(NAMES, KINDS, strict=True))
}
PAIRS = st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)).filter(lambda pair: pair[0] < pair[1])
LINKS = st.dictionaries(PAIRS, st.floats(0.6, 1.0), max_size=30).map(
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
    assert max(map(len, names(cluster(pool(NAMES), chain)))) <= 2


def test_the_stronger_link_joins_first() -> None:
    assert names(cluster(pool("abc"), [link("a", "b", 0.65), link("b", "c", 0.7)])) == ["a", "bc"]


def test_a_missing_link_is_forgiven_where_the_rest_agree() -> None:
    links = [link(a, b) for a, b in ("ab", "ac", "bc", "ad", "bd")]
    assert names(cluster(pool("abcd"), links)) == ["abcd"]


def test_what_refers_goes_with_its_report_and_does_not_vote() -> None:
    tied = entry("r", article=POOL["a"].article, kind=None, refers_to="a", actors=())
    entries = [*pool("ab"), tied]
    ties = [link("a", "r", 1.0, refers_to=1.0)]
    assert names(cluster(entries, ties)) == ["ar", "b"]
    assert names(cluster(entries, [*ties, link("a", "b", 0.6)])) == ["arb"]


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


def test_what_is_listed_as_a_happening() -> None:
    plan = entry("a", modality="planned")
    untyped = entry("b", kind=None, stance="denies")
    assert is_happening([entry("c")])
    assert is_happening([plan, entry("d", modality="planned", stance="denies")])
    assert is_happening([entry("e", modality="conditional", stance="declines")])
    assert not is_happening([plan])
    assert not is_happening([entry("f", modality="conditional")])
    assert not is_happening([untyped])
    assert not is_happening([untyped, plan])
