"""`reportedly show EVENT --html FILE`: the dossier as a page, whole or not at all."""

from collections.abc import Sequence
from pathlib import Path

from reportedly.cli.listing import write_file
from reportedly.cli.output import console
from reportedly.dossier import page
from reportedly.errors import ResourceError
from reportedly.gazetteer import Gazetteer, open_gazetteer
from reportedly.records import Event, Reading


def write_page(path: Path, event: Event, readings: Sequence[Reading], quiet: bool) -> None:
    """Writes the page, in place of an older one. Without a gazetteer it has no map, which is said.

    Raises UsageError where the file cannot be written.
    """
    articles = {reading.article.id: reading.article for reading in readings}
    whole = page(event, articles, _gazetteer(), (reading.run for reading in readings)).encode("utf-8")
    size = write_file(path, lambda out: out.write(whole))
    if not quiet:
        console(stderr=True).print(f"{path}: {size / 1000:,.0f} kB")


def _gazetteer() -> Gazetteer | None:
    try:
        return open_gazetteer()
    except ResourceError as error:
        console(stderr=True).print(f"no map: {error}")
        return None
