"""One event's dossier: who says what in which words, from which origins, when and where; as one HTML page."""

from reportedly.dossier.page import page

__all__ = ["page"]
