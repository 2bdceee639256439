"""The weights of words."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.errors import ResourceError
from reportedly.linking import load_rules, terms
from reportedly.linking.terms import load_rarity, number_of, shared, terms_of

RULES = load_rules()
WORDS = st.lists(st.sampled_from(("government", "quarrel", "zyxwold", "horses", "millers", "bridge", "capital")))


def weights(words: list[str], most: int = 60) -> dict[int, float]:
    return dict(zip(*terms_of(words, RULES, most), strict=True))


def test_rare_words_weigh_more_and_unknown_ones_are_rare() -> None:
    found = weights(["government", "capital", "zyxwold"])
    assert found[number_of("government")] < found[number_of("capital")] < found[number_of("zyxwold")]
    rarity = load_rarity()
    assert "zyxwold" not in rarity
    assert rarity[""] == max(rarity.values())


def test_repetition_counts_less_each_time() -> None:
    once, twice, thrice = (
        weights(["horses"] * n + ["bridge"])[number_of("horses")]
        / weights(["horses"] * n + ["bridge"])[number_of("bridge")]
        for n in (1, 2, 3)
    )
    assert 0 < thrice - twice < twice - once


def test_short_and_stopped_words_are_left_out() -> None:
    assert terms_of(["of", "in", "said", "monday"], RULES, 60) == ((), ())


def test_only_the_weightiest_are_kept_in_order() -> None:
    numbers, found = terms_of(["government", "capital", "zyxwold"], RULES, 2)
    assert numbers == (number_of("zyxwold"), number_of("capital"))
    assert list(found) == sorted(found, reverse=True)
    assert sum(weight**2 for weight in found) == pytest.approx(1, abs=1e-3)


@given(WORDS, WORDS)
def test_sharing_is_symmetric_and_whole_with_itself(left: list[str], right: list[str]) -> None:
    one, other = terms_of(left, RULES, 60), terms_of(right, RULES, 60)
    assert shared(one, other) == pytest.approx(shared(other, one))
    assert -1e-9 <= shared(one, other) <= 1.001
    assert shared(one, one) == pytest.approx(1 if left else 0, abs=1e-3)
    assert terms_of(left[::-1], RULES, 60) == one


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("word,rarity\n,5\nhorse,often\n", ":3: rarity 'often' is no number"),
        ("word,rarity\nhorse,2\n", "no row for rare words"),
        ("word,weight\n,5\n", "the header is"),
    ],
)
def test_the_table_is_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, table: str, words: str) -> None:
    path = tmp_path / "words.csv"
    path.write_text(table, encoding="utf-8")
    monkeypatch.setattr(terms, "data_path", lambda name: path)
    load_rarity.cache_clear()
    try:
        with pytest.raises(ResourceError, match=words):
            load_rarity()
    finally:
        load_rarity.cache_clear()
