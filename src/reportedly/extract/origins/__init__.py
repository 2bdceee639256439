"""Whom an article credits: outlets, agencies, documents and monitoring groups, by unified names."""

from reportedly.extract.origins.finding import find_origins
from reportedly.extract.origins.names import Outlets

__all__ = ["Outlets", "find_origins"]
