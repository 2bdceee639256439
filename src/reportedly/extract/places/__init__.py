"""Places: what a name means, and where a reported happening took place."""

from reportedly.extract.places.resolving import resolve_spans

__all__ = ["resolve_spans"]
