"""The origin graph as a drawing: articles on the left, copies under their original, whom they credit on the right."""

from collections import defaultdict

from reportedly.dossier.graph import Graph, Node
from reportedly.dossier.markup import Html, join, tag
from reportedly.dossier.wording import shortened

_ROW = 26
_TOP = 34
_WIDTH = 800
_LEFT, _RIGHT = 330, 520  # where the points of either side stand


def draw_graph(graph: Graph) -> Html:
    """The drawing, with a title and a description; what it shows stands in words beside it (`trees`)."""
    left = _left_order(graph)
    y_left = {node.id: _TOP + _ROW * number for number, (node, _) in enumerate(left)}
    y_right = _right_places(graph, y_left)
    height = max([*y_left.values(), *y_right.values(), _TOP]) + 28
    roots = [node.name for node in graph.nodes.values() if node.root]
    return tag(
        "svg",
        tag("title", "Whom the articles credit", id="graph-title"),
        tag(
            "desc",
            f"{len(y_left)} articles on the left, {len(y_right)} outlets and documents on the right; "
            f"independent origins: {', '.join(roots) or 'none'}. The list below says the same in words.",
            id="graph-desc",
        ),
        tag("text", "articles", x=_LEFT, y=14, class_="side", text_anchor="end"),
        tag("text", "whom they credit", x=_RIGHT, y=14, class_="side"),
        _edges(graph, y_left, y_right),
        [_article(node, depth, y_left[node.id]) for node, depth in left],
        [_credited(node, y_right[node.id]) for node in graph.others],
        viewBox=f"0 0 {_WIDTH} {height}",
        role="img",
        aria_labelledby="graph-title graph-desc",
        class_="graph",
    )


def _left_order(graph: Graph) -> list[tuple[Node, int]]:
    """Articles with how deep they stand below an original, those that credit the same beside each other."""
    under: dict[str, list[str]] = defaultdict(list)
    parent: dict[str, str] = {}
    target: dict[str, str] = {}
    for edge in graph.edges:
        ends = graph.nodes[edge.left], graph.nodes[edge.right]
        if ends[0].is_article and ends[1].is_article:
            if edge.how == "copy of" and edge.left not in parent and edge.left != edge.right:
                parent[edge.left] = edge.right
                under[edge.right].append(edge.left)
        elif ends[0].is_article and (edge.left not in target or ends[1].root):
            target[edge.left] = edge.right
    rank = {node.id: (not node.root, number) for number, node in enumerate(graph.others)}
    last = (True, len(rank))
    heads = [node for node in graph.articles if node.id not in parent]
    heads.sort(key=lambda node: rank.get(target.get(node.id, ""), last))
    found: list[tuple[Node, int]] = []
    seen: set[str] = set()

    def put(node: Node, depth: int) -> None:
        if node.id not in seen:
            seen.add(node.id)
            found.append((node, depth))
            for child in under[node.id]:
                put(graph.nodes[child], depth + 1)

    for node in [*heads, *graph.articles]:  # copies in a circle have no head
        put(node, 0)
    return found


def _right_places(graph: Graph, y_left: dict[str, int]) -> dict[str, float]:
    """Each where its articles are in the mean, no two nearer than a row and a half."""
    wanted: dict[str, list[float]] = defaultdict(list)
    for edge in graph.edges:
        if edge.left in y_left:
            wanted[edge.right].append(y_left[edge.left])
    middle = {node.id: sum(wanted[node.id] or [0.0]) / len(wanted[node.id] or [0.0]) for node in graph.others}
    gap = _ROW * 1.5
    places: dict[str, float] = {}
    at = _TOP - gap
    for name in sorted(middle, key=lambda name: middle[name]):
        at = max(at + gap, middle[name], _TOP)
        places[name] = at
    # Pushed down too far at the end: the last ones go up again as far as there is room.
    floor = max([*y_left.values(), *(_TOP + gap * n for n in range(len(places)))], default=_TOP)
    for name in reversed(places):
        places[name] = min(places[name], floor)
        floor = places[name] - gap
    return places


def _edges(graph: Graph, y_left: dict[str, int], y_right: dict[str, float]) -> Html:
    drawn = []
    for edge in graph.edges:
        title = f"{graph.nodes[edge.left].label} {edge.how} {graph.nodes[edge.right].label}"
        title += f": {edge.evidence}" if edge.evidence else ""
        if edge.left in y_left and edge.right in y_right:
            a, b, bend = y_left[edge.left], y_right[edge.right], (_RIGHT - _LEFT) // 2
            path = f"M{_LEFT + 8} {a}C{_LEFT + bend} {a} {_RIGHT - bend} {b:.0f} {_RIGHT - 10} {b:.0f}"
        elif edge.left in y_left and edge.right in y_left:
            a, b = y_left[edge.left], y_left[edge.right]
            out = _LEFT + 16 + min(70, abs(a - b) // 3)
            path = f"M{_LEFT + 8} {a}C{out} {a} {out} {b} {_LEFT + 8} {b}"
        elif edge.left in y_right and edge.right in y_right:
            a, b = round(y_right[edge.left]), round(y_right[edge.right])
            path = f"M{_RIGHT - 10} {a}C{_RIGHT - 60} {a} {_RIGHT - 60} {b} {_RIGHT - 10} {b}"
        else:
            continue
        drawn.append(
            tag("g", tag("title", title), tag("path", d=path), class_=f"edge how-{edge.how.replace(' ', '-')}")
        )
    return join(drawn)


def _isolated(text: str) -> str:
    """A name whose direction is its own (U+2068, U+2069): SVG has no `bdi`."""
    return f"\u2068{text}\u2069"


def _article(node: Node, depth: int, y: int) -> Html:
    point = tag("circle", cx=_LEFT, cy=y, r=5, class_="copy" if depth else "node")
    name, when = node.parts
    label = tag(
        "text",
        tag("title", node.line.title) if node.line and node.line.title else None,
        f"{'copy: ' if depth else ''}{_isolated(shortened(name, 28))}{when}",
        x=_LEFT - 14,
        y=y + 4,
        text_anchor="end",
        class_="copied" if depth else "root" if node.root else None,
    )
    ring = tag("circle", cx=_LEFT, cy=y, r=8, class_="ring") if node.root else None
    return join(ring, point, label)


def _credited(node: Node, y: float) -> Html:
    size = 7 if node.root else 5
    point = tag(
        "path",
        d=f"M{_RIGHT} {y - size:.0f}l{size} {size}l-{size} {size}l-{size} -{size}z",
        class_="origin" if node.root else "other",
    )
    name = _isolated(shortened(node.name, 34))
    label = tag("text", name, x=_RIGHT + 16, y=f"{y + 4:.0f}", class_="root" if node.root else None)
    note = tag("text", "independent origin", x=_RIGHT + 16, y=f"{y + 18:.0f}", class_="note") if node.root else None
    return join(point, label, note)
