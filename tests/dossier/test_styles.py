"""Contrast of the palette (WCAG 2.1, AA), light and dark; what the printed page asks for."""

import re

import pytest

from reportedly.resources import data_path

PALETTE = data_path("dossier/palette.css").read_text("utf-8")
LIGHT, DARK = (
    dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6});", part)) for part in PALETTE.split("@media screen and (prefers", 1)
)
STANCES = ("asserts", "confirms", "denies", "declines", "doubts", "endorses", "condemns")
TEXT = [
    *((name, "ground", 4.5) for name in ("ink", "muted", "link", *STANCES)),
    ("ink", "marker", 7.0),
    ("ink", "land", 4.5),
    ("ink", "water", 4.5),
    ("muted", "land", 4.5),
    ("endorses", "water", 4.5),
    ("ground", "place", 4.5),
]
SHAPES = [("border", "ground", 3.0), ("border", "land", 3.0), ("place", "land", 3.0), ("place", "water", 3.0)]


def luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "back", "least"), [*TEXT, *SHAPES])
def test_contrast(palette: dict[str, str], front: str, back: str, least: float) -> None:
    assert contrast(palette[front], palette[back]) >= least


def test_both_palettes_have_the_same_colours() -> None:
    assert LIGHT.keys() == DARK.keys()


def test_no_colour_stands_outside_the_palette() -> None:
    for name in ("page", "drawings"):
        assert not re.findall(r"#[0-9a-f]{3,8}\b", data_path(f"dossier/{name}.css").read_text("utf-8"))


def test_every_colour_is_used() -> None:
    rules = "".join(data_path(f"dossier/{name}.css").read_text("utf-8") for name in ("page", "drawings", "print"))
    assert {name for name in LIGHT if f"var(--{name})" not in rules} == set()


def test_dark_colours_are_for_the_screen_and_print_has_rules_of_its_own() -> None:
    assert "@media screen and (prefers-color-scheme: dark)" in PALETTE
    printed = data_path("dossier/print.css").read_text("utf-8")
    assert "@media print" in printed
    assert "details::details-content" in printed
