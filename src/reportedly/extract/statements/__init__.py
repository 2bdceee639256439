"""Finds who said what: quotations, indirect speech, beliefs and intentions, refusals, and the outlet's own voice."""

from reportedly.extract.statements.finding import find_statements
from reportedly.extract.statements.narrator import narrator_statement

__all__ = ["find_statements", "narrator_statement"]
