"""Compares reports: what is shared by a pair, and how much it weighs by the model (Splink on DuckDB).

What SQL cannot work out of two rows, or not fast, comes with the pair: Splink hands the column `match_key` of the pairs
that it is given through to the conditions, and here it holds that. Its parser wants such a column in the table too.
"""

import logging
from collections.abc import Mapping, Sequence
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import scipy.sparse as sparse
from splink import DuckDBAPI, Linker

from reportedly.linking.columns import Columns
from reportedly.linking.model import Floats, Ints, Scored, comparisons, load_model
from reportedly.linking.parties import Who, sides
from reportedly.linking.rules import Rules

# Pairs whose words are compared at once: bounds memory.
_ROWS = 250_000


class Comparer:
    """Scores pairs of the reports in `columns`; holds a DuckDB in memory until it is closed."""

    def __init__(self, columns: Columns, rules: Rules, model: Mapping[str, Any] | None = None) -> None:
        self._columns, self._rules = columns, rules
        self._model = model or load_model()
        log = logging.getLogger("splink")
        if log.level == logging.NOTSET:  # it tells of every step; who has set a level wants to hear it
            log.setLevel(logging.ERROR)
        self._connection = duckdb.connect(":memory:")
        self._connection.register("rows", columns.table)
        self._connection.execute("create table reports as select * from rows")
        self._api = DuckDBAPI(connection=self._connection)
        reports = self._api.table_to_splink_dataframe("reports", "reports")
        self._linker = Linker(reports, dict(self._model), log_level=None, validate_settings=False)

    def close(self) -> None:
        """Lets go of the memory."""
        self._connection.close()

    def score(self, left: Ints, right: Ints, context: Floats, least: float) -> Scored:
        """The pairs whose score is at least `least`. `context` is what their articles share, -1 within one article."""
        parts = {
            "context": context,
            "words": self._words(left, right),
            **self._sides(left, right),
        }
        fields = [pa.array(values, from_pandas=True) for values in parts.values()]
        pairs = pa.table(
            {
                "join_key_l": left,
                "join_key_r": right,
                "match_key": pa.StructArray.from_arrays(fields, names=list(parts)),
            }
        )
        self._connection.register("pairs", pairs)
        blocked = self._api.table_to_splink_dataframe("pairs", "pairs")
        self._linker.table_management.register_blocked_pairs_for_predict(blocked)
        scored = self._linker.inference.predict(threshold_match_probability=least, warning_mode="never")
        names = ", ".join(f"mw_{name}" for name in comparisons(self._model))
        query = f"select unique_id_l, unique_id_r, match_probability, {names} from {scored.physical_name}"
        table = self._connection.sql(query).to_arrow_table()
        scored.drop_table_from_database_and_remove_from_cache()
        self._connection.unregister("pairs")
        told = [column.to_numpy() for column in table.columns]
        weights = np.stack(told[3:], axis=1).astype(np.float32)
        return Scored(told[0].astype(np.int64), told[1].astype(np.int64), told[2].astype(np.float32), weights)

    def _words(self, left: Ints, right: Ints) -> Floats:
        """The cosine of the two sentences' words."""
        words: sparse.csr_matrix = self._columns.words
        found = np.empty(len(left), dtype=np.float32)
        for at in range(0, len(left), _ROWS):
            piece = slice(at, at + _ROWS)
            found[piece] = np.asarray(words[left[piece]].multiply(words[right[piece]]).sum(axis=1)).ravel()
        return found

    def _sides(self, left: Ints, right: Ints) -> Mapping[str, Floats]:
        """How well those who act, and those towards whom, agree: from 0 to 1, NaN where it cannot be said."""
        columns = self._columns
        both = columns.symmetric[left] & columns.symmetric[right]
        found = {}
        for name, side in (("actors", columns.actors), ("recipients", columns.recipients)):
            a = np.where(both, columns.everyone[left], side[left])
            b = np.where(both, columns.everyone[right], side[right])
            found[name] = _agreement(a, b, columns.parties, self._rules)
        return found


def _agreement(left: Ints, right: Ints, parties: Sequence[tuple[Who, ...]], rules: Rules) -> Floats:
    """`sides` of each distinct pair once, spread over the pairs."""
    told = (left > 0) & (right > 0)
    found = np.full(len(left), np.nan, dtype=np.float32)
    a, b = np.minimum(left[told], right[told]), np.maximum(left[told], right[told])
    distinct, where = np.unique(a * len(parties) + b, return_inverse=True)
    values = [sides(parties[key // len(parties)], parties[key % len(parties)], rules) for key in distinct.tolist()]
    found[told] = np.array([np.nan if value is None else value for value in values], dtype=np.float32)[where]
    return found
