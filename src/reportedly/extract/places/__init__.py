"""Places: what a name means, and where a reported happening took place."""

from reportedly.extract.places.attach import find_spatial, name_places, resolve_places
from reportedly.extract.places.resolving import resolve_spans

__all__ = ["find_spatial", "name_places", "resolve_places", "resolve_spans"]
