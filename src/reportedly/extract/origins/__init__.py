"""Whom an article credits: outlets, agencies, documents and monitoring groups, by unified names."""

from reportedly.extract.origins.finding import Outlets, find_origins

__all__ = ["Outlets", "find_origins"]
