import random
from typing import Any

from rapidfuzz import fuzz

from reportedly.linking import make_event, origins_of
from reportedly.linking.graph import origin_graph
from reportedly.linking.origins import trace
from reportedly.linking.sentences import same_sentences
from reportedly.records import Copy
from tests.linking.making import entry


def copy(article: str, copy_of: str) -> Copy:
    return Copy(article=article, copy_of=copy_of, share=1.0, evidence="5 sentences")


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


def test_a_chain_is_followed_to_its_end() -> None:
    relayed = entry("a", publisher="Valley Echo", relayed_by="Coast Wire")
    wire = entry("b", publisher="Coast Wire", relayed_by="Harbour Post")
    assert list(origins_of([relayed])) == ["Coast Wire"]
    assert origins_of([relayed, wire]) == {"Harbour Post": ("a", "b")}


def test_an_outlet_that_also_speaks_for_itself_is_an_end() -> None:
    entries = [
        entry("a", publisher="Valley Echo", relayed_by="Coast Wire"),
        entry("b", article="w", publisher="Coast Wire", relayed_by="Harbour Post"),
        entry("c", article="w2", publisher="Coast Wire"),
    ]
    assert origins_of(entries) == {"Coast Wire": ("a", "c"), "Harbour Post": ("b",)}


def test_a_circle_counts_for_the_first_of_its_names_in_any_order() -> None:
    entries = [
        entry("a", publisher="Coast Wire", relayed_by="Harbour Post"),
        entry("b", publisher="Harbour Post", relayed_by="Coast Wire"),
        entry("c", publisher="Valley Echo", relayed_by="Harbour Post"),
    ]
    assert origins_of(entries) == origins_of(entries[::-1]) == {"Coast Wire": ("a", "b", "c")}


def test_names_of_one_outlet_are_one() -> None:
    entries = [
        entry("a", publisher="Valley Echo", relayed_by="Thomson Reuters"),
        entry("b", publisher="www.reuters.com"),
        entry("c", publisher="Hill Gazette", origins=("Reuters",)),
        entry("d", publisher="Northern Echo", source=("CNN's Ana Hill", "outlet")),
        entry("e", publisher="Southern Echo", relayed_by="CNN"),
    ]
    assert {name: ids for name, ids in origins_of(entries).items() if name != "CNN"} == {
        "www.reuters.com": ("a", "b", "c")
    }
    assert origins_of(entries)["CNN"] == ("d", "e")


def test_a_credited_document_or_body_that_speaks_is_the_origin() -> None:
    credited = ("Hill Guard video", "Sailors for Justice")
    entries = [
        entry("a", publisher="Valley Echo", source=("Sailors for Justice", "organisation"), origins=credited),
        entry("b", publisher="Hill Gazette", source=("video", "document"), origins=credited),
        entry("c", publisher="Harbour Post", source=("Northland ministry", "organisation")),
    ]
    assert origins_of(entries) == {
        "Harbour Post": ("c",),
        "Hill Guard video": ("b",),
        "Sailors for Justice": ("a",),
    }


def test_platforms_and_outlets_without_a_name_are_no_origins_unless_credited() -> None:
    posted = entry("a", publisher="Valley Echo", relayed_by="Facebook")
    shown = entry("b", publisher="Hill Gazette", relayed_by="Facebook", origins=("Facebook",))
    told = entry("c", publisher="Harbour Post", relayed_by="a website")
    assert list(origins_of([posted, shown, told])) == ["Facebook", "Harbour Post", "Valley Echo"]


def test_whom_an_article_quotes_without_crediting_is_its_own_outlet() -> None:
    entries = [entry("a", article="x", relayed_by="Coast Daily"), entry("b", article="x")]
    assert origins_of(entries) == {"Coast Daily": ("a", "b")}


def test_the_graph() -> None:
    entries = [
        entry("a", article="w", publisher="Coast Wire", title="Ridge shelled"),
        entry("b", article="l", publisher="Valley Echo", relayed_by="Coast Wire", sentence="So Coast Wire had it."),
        entry("c", article="k", publisher="Hill Gazette", origins=("Harbour Post",)),
        entry("d", article="x"),
    ]
    copies = [copy("l", "w"), copy("other", "w")]
    graph = origin_graph(trace(entries, copies), copies)
    assert graph == origin_graph(trace(entries[::-1], copies[::-1]), copies[::-1])
    nodes = {node["id"]: node for node in graph["nodes"]}
    assert len(nodes) == len(graph["nodes"])
    assert [node["name"] for node in graph["nodes"] if node["root"]] == ["x", "Coast Wire", "Harbour Post"]
    assert nodes["w"] == {
        "id": "w", "kind": "article", "name": "Ridge shelled", "root": False, "publisher": "Coast Wire"
    }  # fmt: skip
    lines = {(e["from"], nodes[e["to"]]["name"], e["how"]): e["evidence"] for e in graph["edges"]}
    assert lines == {
        ("w", "Coast Wire", "published by"): "",
        ("l", "Valley Echo", "published by"): "",
        ("l", "Coast Wire", "relayed by"): "So Coast Wire had it.",
        ("l", "Ridge shelled", "copy of"): "5 sentences",
        ("k", "Hill Gazette", "published by"): "",
        ("k", "Harbour Post", "credits"): "",
    }
    assert {edge["to"] for edge in graph["edges"]} <= nodes.keys()


def test_the_graph_shows_one_sentence_in_two_papers_and_parts() -> None:
    same = "Guns on the ridge fired on the village until the last houses stood in flames."
    entries = [entry("a", publisher="Harbour Post", sentence=same), entry("b", publisher="Echo", sentence=same)]
    part = Copy(article="article of b", copy_of="article of a", share=0.2, evidence="2 of 10", kind="part")
    graph = origin_graph(trace(entries), [part])
    hows = [(edge["from"], edge["to"], edge["how"]) for edge in graph["edges"] if edge["how"] != "published by"]
    assert hows == [
        ("article of b", "article of a", "part of"),
        ("article of b", "article of a", "same sentence"),
    ]


def test_an_event_carries_its_graph() -> None:
    event = make_event([entry("a", publisher="Harbour Post")])
    assert [node["name"] for node in event.origin_graph["nodes"]] == ["Harbour Post", "Harbour Post"]
    assert event.to_dict()["origin_graph"]["edges"][0]["how"] == "published by"


def test_same_sentences_are_found_as_by_comparing_all() -> None:
    rng = random.Random(7)
    words = [f"word{number}" for number in range(300)]
    base = [[rng.choice(words) for _ in range(20)] for _ in range(15)]
    texts: dict[Any, list[str]] = {}
    for number in range(80):
        said = list(rng.choice(base))
        if number % 2:
            said[rng.randrange(20)] = rng.choice(words)
        texts[number] = [" ".join(said)]

    def joined(pairs: list[tuple[int, int]]) -> set[frozenset[int]]:
        home = {number: {number} for number in texts}
        for a, b in pairs:
            if home[a] is not home[b]:
                home[a] |= home[b]
                for member in home[b]:
                    home[member] = home[a]
        return {frozenset(group) for group in home.values()}

    every = [(a, b) for a in texts for b in texts if a < b and fuzz.ratio(texts[a][0], texts[b][0]) >= 92]
    assert joined(same_sentences(texts, 92)) == joined(every)
    assert same_sentences({1: ["one and the same"], 2: ["one and the same"]}, 92, {1: "x", 2: "x"}) == []
