"""The ledger: what was reported, who said so, who denies it. It only grows; events are computed views of it."""

from reportedly.ledger.book import Ledger
from reportedly.ledger.views import StatementRow

__all__ = ["Ledger", "StatementRow"]
