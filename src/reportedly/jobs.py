"""What a run does: reads inputs into a ledger. The one place where unreadable inputs are caught and counted."""

import functools
import itertools
import multiprocessing
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field

from reportedly.errors import UnreadableInput
from reportedly.ledger import Ledger
from reportedly.reading import Reader
from reportedly.records import Article, Reading
from reportedly.settings import Settings

# A chunk is what one worker reads at a time: large enough to fill the parser's batches, small enough that little
# is read twice after an interruption.
_CHUNK = 16


@dataclass(slots=True)
class Summary:
    """What a run of `read_into` did. `unchanged` articles were in the ledger already, read by the same code."""

    read: int = 0
    unchanged: int = 0
    statements: int = 0
    reports: int = 0
    rejects: list[UnreadableInput] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        """0 all read; 1 some inputs failed; 3 nothing usable."""
        if not self.read + self.unchanged:
            return 3
        return 1 if self.rejects else 0


def read_into(
    inputs: Iterable[Article | UnreadableInput],
    settings: Settings,
    ledger: Ledger | None = None,
    on_reading: Callable[[Reading], None] | None = None,
    on_progress: Callable[[Summary], None] | None = None,
) -> Summary:
    """Reads the inputs, adds each reading to the ledger as soon as it is there, and lists what could not be read.

    With a ledger, articles that it holds from the same run are passed over, so that an interrupted read goes on where
    it stopped; `on_reading` is called for the others.
    """
    reader = Reader(settings)
    summary = Summary()

    def wanted() -> Iterator[Article]:
        for item in inputs:
            if isinstance(item, UnreadableInput):
                _reject(summary, ledger, item)
            elif ledger is not None and ledger.has(item.id, item.sha256, reader.run.id):
                summary.unchanged += 1
            else:
                yield item

    for outcome in _read_all(reader, wanted()):
        if isinstance(outcome, UnreadableInput):
            _reject(summary, ledger, outcome)
        else:
            if ledger is not None:
                ledger.add(outcome)
            if on_reading is not None:
                on_reading(outcome)
            summary.read += 1
            summary.statements += len(outcome.statements)
            summary.reports += len(outcome.reports)
        if on_progress is not None:
            on_progress(summary)
    return summary


def _reject(summary: Summary, ledger: Ledger | None, item: UnreadableInput) -> None:
    summary.rejects.append(item)
    if ledger is not None:
        ledger.add_reject(item)


def _read_all(reader: Reader, articles: Iterator[Article]) -> Iterator[Reading | UnreadableInput]:
    if reader.settings.jobs == 1:
        yield from read_chunk(reader, articles)
        return
    # Spawned, not forked: workers share no state, and the parser's threads do not survive a fork.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(reader.settings.jobs, mp_context=context) as pool:
        pending: deque[Future[list[Reading | UnreadableInput]]] = deque()
        for chunk in _batched(articles):
            pending.append(pool.submit(_read_in_worker, reader.settings, chunk))
            if len(pending) > 2 * reader.settings.jobs:
                yield from pending.popleft().result()
        while pending:
            yield from pending.popleft().result()


def _batched(articles: Iterator[Article]) -> Iterator[tuple[Article, ...]]:
    while chunk := tuple(itertools.islice(articles, _CHUNK)):
        yield chunk


@functools.cache
def _worker_reader(settings: Settings) -> Reader:
    return Reader(settings)


def _read_in_worker(settings: Settings, chunk: tuple[Article, ...]) -> list[Reading | UnreadableInput]:
    return list(read_chunk(_worker_reader(settings), iter(chunk)))


def read_chunk(reader: Reader, articles: Iterator[Article]) -> Iterator[Reading | UnreadableInput]:
    """One outcome an article: its reading, or why it could not be made. A bug in one article costs only that one."""
    for article, parse in reader.parse_many(articles):
        try:
            yield reader.derive(article, parse)
        except Exception as error:  # noqa: BLE001  any bug becomes a named reject with its place in the code
            frame = traceback.extract_tb(error.__traceback__)[-1]
            detail = f"{type(error).__name__}: {error} (article {article.id}, {frame.name}, line {frame.lineno})"
            yield UnreadableInput(article.path or article.id, "failed", detail)
