"""Places: what a name means, and where a reported happening took place."""

from reportedly.extract.places.attach import resolve_places
from reportedly.extract.places.finding import find_names
from reportedly.extract.places.resolving import resolve_spans

__all__ = ["find_names", "resolve_places", "resolve_spans"]
