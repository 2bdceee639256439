"""Who speaks and who acts: phrases coded to actors, names tied together within an article."""

from reportedly.extract.actors.coding import code_actor
from reportedly.extract.actors.resolve import resolve_actors

__all__ = ["code_actor", "resolve_actors"]
