"""`make docs`: writes docs/reference from the code. `tests/test_docs.py` fails when a page is out of date."""

import inspect
import math
import sys
from pathlib import Path

import typer.main
from typer.core import TyperArgument

import reportedly
from reportedly.cli.app import app
from reportedly.errors import NOTE_CODES, REJECT_REASONS
from reportedly.exports import EXPORTS
from reportedly.exports.polecat import COLUMNS
from reportedly.exports.rows import EVENT_COLUMNS, REPORT_COLUMNS
from reportedly.linking.compare import load_model
from reportedly.settings import Settings

FOLDER = Path(__file__).parent / "reference"
NOTE = "Written by `make docs` from the code; do not edit.\n"


def table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """A Markdown table; bars in cells are escaped."""
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join([*lines, *("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows)])


def settings_page() -> str:
    """Every setting with its default."""
    rows = [
        (f"`{name}`", f"`{field.default}`", f"`REPORTEDLY_{name.upper()}`", field.description or "")
        for name, field in Settings.model_fields.items()
    ]
    head = "# Settings\n\n" + NOTE + "\nDefaults < `reportedly.toml` in the working folder < environment < flags.\n\n"
    return head + table(("setting", "default", "environment", "what it does"), rows) + "\n"


def commands_page() -> str:
    """Every command with its arguments and options."""
    parts = ["# Commands\n", NOTE]
    commands = {}
    for name, command in typer.main.get_command(app).commands.items():  # type: ignore[attr-defined]
        group = getattr(command, "commands", None)
        commands |= {f"{name} {part}": inner for part, inner in group.items()} if group else {name: command}
    for name, command in sorted(commands.items()):
        parts.append(f"\n## reportedly {name}\n\n{inspect.cleandoc(command.help or '')}\n")
        rows = []
        for option in command.params:
            words = option.metavar or option.name if isinstance(option, TyperArgument) else ", ".join(option.opts)
            rows.append((f"`{words}`", getattr(option, "help", None) or ""))
        parts.append(table(("argument or option", "what it does"), rows) + "\n")
    return "\n".join(parts)


def codes_page() -> str:
    """Note codes and reject reasons."""
    notes = table(("note", "meaning"), [(f"`{code}`", text) for code, text in NOTE_CODES.items()])
    rejects = table(("reason", "meaning"), [(f"`{code}`", text) for code, text in REJECT_REASONS.items()])
    head = f"# Notes and rejects\n\n{NOTE}\n## Notes in a reading\n\n{notes}\n"
    return f"{head}\n## Reasons in the rejects list\n\n{rejects}\n"


def exports_page() -> str:
    """Formats and columns."""
    formats = table(
        ("format", "ending", "what it holds"), [(f"`{e.name}`", e.ending, e.about) for e in EXPORTS.values()]
    )
    events = table(("column", "type"), [(f"`{name}`", kind.__name__) for name, kind in EVENT_COLUMNS.items()])
    reports = ", ".join(f"`{name}`" for name in REPORT_COLUMNS)
    polecat = ", ".join(COLUMNS)
    return (
        f"# Exports\n\n{NOTE}\n{formats}\n\n## Columns of csv and parquet\n\n{events}\n\n"
        f"## Columns of csv-reports\n\n{reports}\n\n## Columns of polecat\n\n{polecat}\n"
    )


def linking_page() -> str:
    """The model of linking: what each level of each comparison weighs."""
    model = load_model()
    prior = model["probability_two_random_records_match"]
    rows = []
    for comparison in model["comparisons"]:
        for level in comparison["comparison_levels"]:
            m, u = level["m_probability"], level["u_probability"]
            rows.append(
                (
                    f"`{comparison['output_column_name']}`",
                    level["label_for_charts"],
                    f"{math.log2(m / u):+.2f}",
                    f"{u:.1%}",
                )
            )
    head = (
        "# What linking weighs\n\n"
        + NOTE
        + "\n[linking](../linking.md) says what the comparisons are and how to read bits. "
    )
    return (
        f"{head}Prior: {math.log2(prior / (1 - prior)):+.2f} bits.\n\n"
        + table(("comparison", "level", "bits", "of all pairs compared"), rows)
        + "\n"
    )


def python_page() -> str:
    """Public names with signatures and docstrings."""
    parts = ["# Python\n", NOTE]
    for name in reportedly.__all__:
        thing = getattr(reportedly, name)
        doc = inspect.getdoc(thing) or ""
        if inspect.isfunction(thing):
            parts.append(f"\n## {name}\n\n```python\n{name}{inspect.signature(thing)}\n```\n\n{doc}\n")
            continue
        parts.append(f"\n## {name}\n\n{doc}\n")
        methods = [
            (member, value)
            for member, value in vars(thing).items()
            if not member.startswith("_") and inspect.isfunction(value) and inspect.getdoc(value)
        ]
        for member, value in methods:
            first = (inspect.getdoc(value) or "").splitlines()[0]
            parts.append(f"- `{name}.{member}{inspect.signature(value)}`: {first}")
    return "\n".join(parts).replace("<function ", "<") + "\n"


PAGES = {
    "settings.md": settings_page,
    "commands.md": commands_page,
    "codes.md": codes_page,
    "exports.md": exports_page,
    "linking.md": linking_page,
    "python.md": python_page,
}


def main() -> int:
    """Writes every page."""
    FOLDER.mkdir(exist_ok=True)
    for name, page in PAGES.items():
        (FOLDER / name).write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
