"""Whom the articles on a happening credit, as a graph to draw: from each article to where what it says comes from."""

from collections.abc import Iterable
from typing import Any

from reportedly.linking.origins import Claim, Traced, origin_key
from reportedly.records import Copy, Entry, make_id

_ORDER = ("published by", "copy of", "part of", "relayed by", "credits", "same sentence")


def origin_graph(traced: Traced, copies: Iterable[Copy] = ()) -> dict[str, Any]:
    """{"nodes", "edges"} of the reports that say so; the same reports give the same graph, in the same order.

    A node is {"id", "kind": "article" or "outlet", "name", "root", "publisher"}: an outlet node stands for whatever is
    credited (an outlet, an agency, a document, a body), `root` tells the independent origins, and `publisher` is there
    for articles whose publisher is known. An edge is {"from", "to", "how", "evidence"}: `how` is one of "published by",
    "copy of", "part of", "relayed by", "credits", "same sentence"; `evidence` are the words of the article, or how many
    sentences a copy shares; empty where only the article's head tells.
    """
    return _Graph(traced).draw(copies)


class _Graph:
    def __init__(self, traced: Traced) -> None:
        self._traced = traced
        self._roots = {origin_key(name): name for name in traced.origins}
        self._articles: dict[str, dict[str, Any]] = {}
        self._outlets: dict[str, dict[str, Any]] = {}
        self._edges: dict[tuple[str, str, str], str] = {}

    def draw(self, copies: Iterable[Copy]) -> dict[str, Any]:
        for claim in self._traced.claims:
            for entry in claim.entries:
                self._article(entry.article, entry)
            self._article(claim.article, None)
        for claim in self._traced.claims:
            self._claim(claim)
        for copy in sorted(copies, key=lambda copy: (copy.article, copy.copy_of)):
            if copy.article in self._articles:
                self._article(copy.copy_of, None)
                self._edge(copy.article, copy.copy_of, "part of" if copy.kind == "part" else "copy of", copy.evidence)
        for left, right in self._traced.same:
            first, second = sorted((left, right), key=lambda claim: claim.article)
            self._edge(second.article, first.article, "same sentence", second.entries[0].sentence)
        nodes = [*self._articles.values(), *sorted(self._outlets.values(), key=lambda node: node["name"].casefold())]
        edges = [
            {"from": start, "to": end, "how": how, "evidence": words}
            for (start, end, how), words in self._edges.items()
        ]
        return {"nodes": nodes, "edges": sorted(edges, key=lambda e: (e["from"], _ORDER.index(e["how"]), e["to"]))}

    def _article(self, article: str, entry: Entry | None) -> None:
        held = self._articles.get(article)
        if held is None:
            publisher = self._traced.publishers.get(article)
            held = {
                "id": article,
                "kind": "article",
                "name": publisher or article,
                "root": origin_key(article) in self._roots,
            }
            self._articles[article] = held
            if publisher is not None:
                held["publisher"] = publisher
                self._edge(article, self._outlet(publisher), "published by", "")
        if entry is not None and entry.title:
            held["name"] = entry.title

    def _outlet(self, name: str) -> str:
        key = origin_key(name)
        number = make_id("origin", key)
        if number not in self._outlets:
            shown = self._roots.get(key, name)
            self._outlets[number] = {"id": number, "kind": "outlet", "name": shown, "root": key in self._roots}
        return number

    def _claim(self, claim: Claim) -> None:
        if claim.how == "published by":
            return
        for entry in claim.entries:
            for name in claim.names:
                self._edge(
                    entry.article, self._outlet(name), claim.how, entry.sentence if claim.how == "relayed by" else ""
                )

    def _edge(self, start: str, end: str, how: str, evidence: str) -> None:
        if start != end and not self._edges.get((start, end, how)):
            self._edges[start, end, how] = evidence
