"""Time expressions, resolved to intervals of days with TimeML values."""

from reportedly.extract.times.attach import resolve_times
from reportedly.extract.times.find import find_times, resolve_time

__all__ = ["find_times", "resolve_time", "resolve_times"]
