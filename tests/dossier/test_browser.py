"""The page in a real browser: silent, within its width, and whole on paper without a script."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from reportedly.dossier import page
from reportedly.gazetteer import open_gazetteer
from tests.dossier.browsing import NAMES, Tab, browser, opened
from tests.dossier.making import made

pytestmark = pytest.mark.skipif(browser() is None, reason=f"no browser here: none of {', '.join(NAMES)} is installed")


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    program = browser()
    assert program is not None
    with opened(program, tmp_path_factory.mktemp("profile")) as found:
        yield found


@pytest.fixture(scope="module", params=[2, 40])
def file(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    event, articles = made(request.param)
    path = tmp_path_factory.mktemp("page") / "dossier.html"
    path.write_text(page(event, articles, open_gazetteer()), encoding="utf-8")
    return path


def test_it_asks_the_network_for_nothing_and_complains_of_nothing(tab: Tab, file: Path) -> None:
    tab.open(file)
    assert [sent["request"]["url"] for sent in tab.told("Network.requestWillBeSent")] == [file.as_uri()]
    assert tab.told("Log.entryAdded", "Runtime.consoleAPICalled", "Runtime.exceptionThrown") == []


def test_the_check_hears_a_page_that_asks(tab: Tab, tmp_path: Path) -> None:
    asking = tmp_path / "asking.html"
    asking.write_text("<p>x<img src='missing.png'><script>console.error('no')</script>")
    tab.open(asking)
    assert len(tab.told("Network.requestWillBeSent")) == 2
    assert tab.told("Log.entryAdded", "Runtime.consoleAPICalled")


@pytest.mark.parametrize("pixels", [320, 360, 1300])
def test_it_stays_within_its_width(tab: Tab, file: Path, pixels: int) -> None:
    tab.width(pixels)
    tab.open(file)
    tab.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert tab.evaluate("document.documentElement.scrollWidth") <= pixels


def test_paper_has_what_is_folded_even_without_a_script(tab: Tab, file: Path) -> None:
    tab.ask("Emulation.setScriptExecutionDisabled", value=True)
    try:
        tab.open(file)
        folded = "document.querySelector('#evidence details').getBoundingClientRect().height"
        closed = tab.evaluate(folded)
        tab.ask("Emulation.setEmulatedMedia", media="print")
        assert tab.evaluate(folded) > closed + 100
        assert tab.evaluate("getComputedStyle(document.body).backgroundColor") == "rgba(0, 0, 0, 0)"
        assert tab.evaluate("getComputedStyle(document.querySelector('nav')).display") == "none"
    finally:
        tab.ask("Emulation.setEmulatedMedia", media="")
        tab.ask("Emulation.setScriptExecutionDisabled", value=False)


def test_a_dark_screen_gets_a_dark_page_and_paper_never(tab: Tab, file: Path) -> None:
    ink = "getComputedStyle(document.body).color"
    tab.open(file)
    dark = [{"name": "prefers-color-scheme", "value": "dark"}]
    tab.ask("Emulation.setEmulatedMedia", features=dark)
    assert tab.evaluate(ink) == "rgb(233, 230, 223)"
    tab.ask("Emulation.setEmulatedMedia", media="print", features=dark)
    assert tab.evaluate(ink) == "rgb(29, 28, 26)"
    tab.ask("Emulation.setEmulatedMedia", media="", features=[])


def test_a_link_to_folded_words_opens_them(tab: Tab, tmp_path: Path) -> None:
    event, articles = made(40)
    path = tmp_path / "dossier.html"
    path.write_text(page(event, articles), encoding="utf-8")
    tab.open(path)
    inside = tab.evaluate("document.querySelector('.stance > details li[id]').id")
    state = f"document.getElementById('{inside}').closest('details').open"
    assert tab.evaluate(state) is False
    tab.evaluate(f"location.hash = '#{inside}'; new Promise(done => requestAnimationFrame(() => done()))")
    assert tab.evaluate(state) is True
