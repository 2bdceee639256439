"""Modules stay under 500 lines and functions under 80; an exception wants a reason."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[1]
MODULE_LINES = 500
FUNCTION_LINES = 80
EXCEPTIONS: dict[str, str] = {}  # "path" or "path:function" -> reason


def sources() -> list[Path]:
    return [path for folder in ("src", "benchmarks", "training") for path in sorted((ROOT / folder).rglob("*.py"))]


def test_modules_are_small() -> None:
    paths = sources()
    assert paths
    long = {str(p.relative_to(ROOT)): n for p in paths if (n := len(p.read_text("utf-8").splitlines())) > MODULE_LINES}
    assert not {path: n for path, n in long.items() if path not in EXCEPTIONS}


def test_functions_are_small() -> None:
    long = {}
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > FUNCTION_LINES:
                    long[f"{path.relative_to(ROOT)}:{node.name}"] = lines
    assert not {name: n for name, n in long.items() if name not in EXCEPTIONS}
