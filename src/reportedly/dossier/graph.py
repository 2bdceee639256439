"""Whom the articles of an event credit: nodes and edges, and the same as a tree in words."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from reportedly.dossier.wording import day, outlet
from reportedly.records import Event, EventReport


@dataclass(frozen=True, slots=True)
class Node:
    """An article, or whom it credits. `root`: counted as an independent origin."""

    id: str
    kind: str
    name: str
    root: bool
    line: EventReport | None = None

    @property
    def is_article(self) -> bool:
        """Whether it stands on the left."""
        return self.kind == "article"

    @property
    def parts(self) -> tuple[str, str]:
        """(outlet, ", day") of an article; else (name, ""): two parts, for the first may run from right to left."""
        if self.line is None:
            return self.name, ""
        published = self.line.published
        named = outlet(self.line) if self.line.publisher or self.line.title else self.name
        return named, f", {day(published) if published else 'no date'}"

    @property
    def label(self) -> str:
        """Both parts."""
        return "".join(self.parts)


@dataclass(frozen=True, slots=True)
class Edge:
    """`left` rests on `right` in this way."""

    left: str
    right: str
    how: str
    evidence: str | None


@dataclass(frozen=True, slots=True)
class Graph:
    """The nodes by id, articles in the order of publication, and the edges."""

    nodes: Mapping[str, Node]
    edges: tuple[Edge, ...]

    @property
    def articles(self) -> list[Node]:
        """The left side."""
        return [node for node in self.nodes.values() if node.is_article]

    @property
    def others(self) -> list[Node]:
        """The right side."""
        return [node for node in self.nodes.values() if not node.is_article]


@dataclass(frozen=True, slots=True)
class Branch:
    """A node in the tree of what rests on what: how it rests on the one above, and what rests on it."""

    node: Node
    how: str | None
    evidence: str | None
    below: tuple["Branch", ...]


def graph_of(event: Event) -> Graph:
    """The event's `origin_graph`; where nobody says so, so that it is empty, what the reports say of publishers."""
    lines: dict[str, EventReport] = {}
    for line in event.reports:
        lines.setdefault(line.article, line)
    raw = event.origin_graph
    if not raw.get("nodes"):
        return _from_reports(event, lines)
    nodes = {}
    for item in raw["nodes"]:
        nodes[item["id"]] = Node(item["id"], item["kind"], item["name"], item["root"], lines.get(item["id"]))
    edges = tuple(Edge(item["from"], item["to"], item["how"], _text(item.get("evidence"))) for item in raw["edges"])
    order = {article: number for number, article in enumerate(lines)}
    ranked = sorted(nodes.values(), key=lambda node: order.get(node.id, len(order)))
    return Graph({node.id: node for node in ranked}, edges)


def _text(value: object) -> str | None:
    return None if value is None or value == "" else str(value)


def _from_reports(event: Event, lines: Mapping[str, EventReport]) -> Graph:
    named = {line.article for line in event.reports if line.publisher}
    nodes = {
        article: Node(
            article, "article", line.title or article, article not in named and article in event.origin_names, line
        )
        for article, line in lines.items()
    }
    edges: dict[tuple[str, str, str], Edge] = {}

    def credited(name: str) -> str:
        key = f"outlet {name}"
        nodes.setdefault(key, Node(key, "outlet", name, name in event.origin_names))
        return key

    for line in event.reports:
        found = []
        if line.copy_of is not None:
            nodes.setdefault(line.copy_of, Node(line.copy_of, "article", line.copy_of, False))
            found.append((line.copy_of, "copy of"))
        elif line.publisher:
            found.append((credited(line.publisher), "published by"))
        if line.relayed_by:
            found.append((credited(line.relayed_by), "relayed by"))
        for right, how in found:
            edges.setdefault((line.article, right, how), Edge(line.article, right, how, None))
    for name in event.origin_names:
        if name not in nodes:  # an article of an unknown publisher is its own origin
            credited(name)
    return Graph(nodes, tuple(edges.values()))


def trees(graph: Graph) -> tuple[list[Branch], list[Branch]]:
    """(the independent origins with what rests on each, the rest), each node with what rests on it.

    An article that credits several stands under each; in the rest only what no origin bears.
    """
    below: dict[str, list[Edge]] = defaultdict(list)
    for edge in graph.edges:
        below[edge.right].append(edge)
    copied = {edge.left: edge.right for edge in graph.edges if edge.how == "copy of"}
    shown: set[str] = set()

    def grow(node: Node, how: str | None, evidence: str | None, path: frozenset[str]) -> Branch:
        shown.add(node.id)
        by_node: dict[str, list[Edge]] = defaultdict(list)
        for edge in below[node.id]:
            if edge.left not in path and not graph.nodes[edge.left].root:
                by_node[edge.left].append(edge)
        # A copy stands under its original, not beside it as well.
        for left in [left for left in by_node if copied.get(left) in by_node]:
            if copied[left] != left:
                del by_node[left]
        grown = []
        for left, edges in by_node.items():
            hows = ", ".join(dict.fromkeys(edge.how for edge in edges))
            reasons = "; ".join(dict.fromkeys(edge.evidence for edge in edges if edge.evidence)) or None
            grown.append(grow(graph.nodes[left], hows, reasons, path | {left}))
        return Branch(node, how, evidence, tuple(grown))

    roots = [grow(node, None, None, frozenset((node.id,))) for node in graph.nodes.values() if node.root]
    bearing = {edge.left for edge in graph.edges}
    rest = []
    for node in sorted(graph.nodes.values(), key=lambda node: node.id in bearing):
        if node.id not in shown:
            rest.append(grow(node, None, None, frozenset((node.id,))))
    return roots, rest
