"""Finds who said what: quotations, indirect speech, beliefs and intentions, refusals, and the outlet's own voice."""

from reportedly.extract.statements.finding import find_statements
from reportedly.extract.statements.narrator import narrator_statement
from reportedly.extract.statements.settling import class_of, settle_statements

__all__ = ["class_of", "find_statements", "narrator_statement", "settle_statements"]
