"""reportedly reads news reports and keeps a ledger of what was reported, who said so, and who denies it.

    >>> import reportedly
    >>> reading = reportedly.read("strike.html")
    >>> ledger = reportedly.Ledger("reportedly.db")

Names are loaded on first use, so that `import reportedly` is quick.
"""

import importlib
from typing import Any

_HOMES = {
    "read": "api",
    "find_statements": "api",
    "code_actor": "api",
    "resolve_places": "api",
    "find_places": "api",
    "find_spatial": "api",
    "find_times": "api",
    "resolve_time": "api",
    "code_relation": "api",
    "rate_certainty": "api",
    "Reader": "reading",
    "check": "reading",
    "Ledger": "ledger",
    "open_articles": "intake",
    "article_from_text": "intake",
    "article_from_html": "intake",
    "Settings": "settings",
    "load_settings": "settings",
    "Article": "records",
    "Reading": "records",
    "Statement": "records",
    "Report": "records",
    "Event": "records",
    "Actor": "records",
    "Place": "records",
    "TimeSpan": "records",
    "Certainty": "records",
    "Coding": "records",
    "ReportedlyError": "errors",
    "UnreadableInput": "errors",
    "UsageError": "errors",
    "ResourceError": "errors",
    "LedgerError": "errors",
}
__all__ = list(_HOMES)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'reportedly' has no attribute {name!r}")
    return getattr(importlib.import_module(f"reportedly.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
