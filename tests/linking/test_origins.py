from reportedly.linking import origins_of
from reportedly.records import Copy
from tests.linking.making import entry


def copy(article: str, copy_of: str) -> Copy:
    return Copy(article=article, copy_of=copy_of, share=1.0, evidence="")


def test_publishers_relays_and_credits() -> None:
    found = origins_of(
        [
            entry("a", publisher="Harbour Post"),
            entry("b", publisher="Hill Gazette", relayed_by="The Harbour Post"),
            entry("c", publisher="Valley Echo", origins=("Coast Wire",)),
            entry("d", publisher="Coast Wire", origins=("Coast Wire",)),
            entry("e", publisher="City Lights", source=("Coast Wire", "outlet")),
            entry("f", article="unsigned"),
            entry("g", publisher="Far Away", stance="denies"),
            entry("h", publisher="Farther", stance="declines"),
            entry("i", publisher="Farthest", negated=True),
        ]
    )
    assert found == {"Coast Wire": ("c", "d", "e"), "Harbour Post": ("a", "b"), "unsigned": ("f",)}


def test_a_copy_counts_for_its_original() -> None:
    wire, local = entry("a", article="w", publisher="Coast Wire"), entry("b", article="l", publisher="Sandvik Post")
    assert list(origins_of([wire, local])) == ["Coast Wire", "Sandvik Post"]
    assert origins_of([wire, local], [copy("l", "w")]) == {"Coast Wire": ("a", "b")}
    assert origins_of([local], [copy("l", "w")], {"w": "Coast Wire"}) == {"Coast Wire": ("b",)}
    assert origins_of([local], [copy("l", "w")]) == {"w": ("b",)}


def test_a_copy_of_a_relay_counts_for_the_relay() -> None:
    entries = [
        entry("a", article="w", publisher="Coast Wire", relayed_by="Harbour Post"),
        entry("b", article="l", publisher="Sandvik Post", relayed_by="Harbour Post"),
    ]
    assert origins_of(entries, [copy("l", "w")]) == {"Harbour Post": ("a", "b")}


def test_one_sentence_in_two_papers_is_one_origin() -> None:
    same = "Guns on the ridge fired on the village until the last houses stood in flames."
    entries = [
        entry("a", publisher="Harbour Post", sentence=same),
        entry("b", publisher="Hill Gazette", sentence=same + " "),
    ]
    assert origins_of(entries) == {"Harbour Post": ("a", "b")}


def test_several_credits_add_nothing_when_one_is_known() -> None:
    both = entry("b", publisher="Valley Echo", origins=("Coast Wire", "Harbour Post"))
    assert list(origins_of([entry("a", publisher="Harbour Post"), both])) == ["Harbour Post"]
    assert list(origins_of([both])) == ["Coast Wire"]
