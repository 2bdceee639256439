"""The stance heads: pooling, shares, and products in pieces."""

import numpy as np
import pytest

from reportedly.models import find_package, load_models
from reportedly.models.products import product
from reportedly.models.stance import pooled
from reportedly.records import STANCES


def test_pooling_takes_means_and_noughts() -> None:
    early = np.arange(12, dtype=np.float32).reshape(6, 2)
    found = pooled(early, (0, 6), (1, 2), [(2, 4), (5, 6)])
    np.testing.assert_allclose(found, [*early.mean(0), *early[1], *early[[2, 3, 5]].mean(0)])
    np.testing.assert_allclose(pooled(early, (0, 6), None, [])[2:], 0)


@pytest.mark.parametrize("rows", [0, 1, 7, 400])
def test_a_product_in_pieces_is_the_product(rows: int) -> None:
    dice = np.random.default_rng(rows)
    left = dice.normal(size=(2, rows, 1152)).astype(np.float32)
    right = dice.normal(size=(1152, 7)).astype(np.float32)
    np.testing.assert_allclose(product(left, right), left @ right, rtol=1e-3, atol=1e-3)


def test_the_heads_have_the_stances_in_order() -> None:
    package = find_package("en")
    assert package is not None
    heads = load_models(package).reading.stances
    assert heads.labels == STANCES
    early = np.random.default_rng(1).normal(size=(5, 1152)).astype(np.float32)
    assert heads.words(early).shape == (5, len(STANCES))
    np.testing.assert_allclose(heads.words(early).sum(1), 1, rtol=1e-5)
    shares = heads.kinds(pooled(early, (0, 5), (1, 2), [(2, 4)]))
    assert sum(shares.values()) == pytest.approx(1, abs=1e-5)
