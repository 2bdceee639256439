"""Web pages: the text, what the page says of itself and by which rule, pages that hold no article."""

import datetime as dt
import json
import socket

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.errors import UnreadableInput
from reportedly.intake import article_from_html

LD = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "WebSite", "name": "Harbour Post on-line", "datePublished": "2001-01-01"},
        {"@type": "WebPage", "name": "Page", "datePublished": "2014-12-09"},
        {
            "@type": ["NewsArticle"],
            "headline": "Two ships hit in harbour",
            "datePublished": "2014-12-03T10:15:00Z",
            "author": [{"@type": "Person", "name": "Jane Doe"}, "John Roe", "https://example.org/roe"],
            "publisher": {"@type": "Organization", "name": "Harbour Post"},
            "inLanguage": "en-GB",
        },
    ],
}
LD_TAG = f'<script type="application/ld+json">{json.dumps(LD)}</script>'
GRAPH = (
    '<meta property="og:title" content="Ships hit"><meta property="og:site_name" content="The Post">'
    '<meta property="og:url" content="https://post.example.org/a"><meta name="author" content="By Joan Poe">'
    '<meta property="article:published_time" content="2014-12-04T08:00:00+01:00"><meta property="og:locale" content="en_US">'
)
BODY = """<nav><a href="/">Home</a> <a href="/w">World</a></nav>
<article><h1>Strike in the harbour</h1><p class="byline">By Ann Lee</p><time datetime="2014-12-05">5 December 2014</time>
<p>OSLO (Reuters) - Two ships were hit by an air strike in the harbour of the town on Monday, officials said.</p>
<p>A spokesman for the ministry denied that any of its aircraft had been in the area at the time of the attack.</p>
<p>“We did not do it,” the spokesman told reporters at a news conference in the capital.</p></article>
<div id="comments"><p>I saw it all from the hill, and it was no air strike at all.</p></div>
<footer><p>Copyright 2014 Harbour Post</p></footer>"""


def page(head: str = "", body: str = BODY, attributes: str = ' lang="nb-NO"') -> str:
    return f"<!doctype html><html{attributes}><head><title>Strike - Harbour Post</title>{head}</head><body>{body}</body></html>"


def test_the_text_is_the_article_and_no_more() -> None:
    article = article_from_html(page())
    assert "Two ships were hit" in article.text
    assert article.text.rstrip().endswith("news conference in the capital.")
    assert "from the hill" not in article.text
    assert "World" not in article.text
    assert article.dateline is not None
    assert (article.dateline.place, article.dateline.outlet) == ("Oslo", "Reuters")


def test_json_ld_goes_first() -> None:
    article = article_from_html(page(GRAPH + LD_TAG))
    assert article.title == "Two ships hit in harbour"
    assert article.byline == "Jane Doe, John Roe"
    assert article.publisher == "Harbour Post"
    assert article.language == "en"
    assert article.published == dt.datetime(2014, 12, 3, 10, 15, tzinfo=dt.UTC)
    assert (article.published_raw, article.published_rule) == ("2014-12-03T10:15:00Z", "json-ld")
    assert article.url == "https://post.example.org/a"


def test_opengraph_goes_second() -> None:
    article = article_from_html(page(GRAPH))
    assert (article.title, article.byline, article.publisher) == ("Ships hit", "Joan Poe", "The Post")
    assert (article.published_raw, article.published_rule) == ("2014-12-04T08:00:00+01:00", "opengraph")


def test_the_page_itself_goes_last() -> None:
    article = article_from_html(page('<link rel="canonical" href="https://www.example.org/a">'))
    assert (article.title, article.byline, article.publisher) == ("Strike in the harbour", "Ann Lee", "example.org")
    assert article.published == dt.date(2014, 12, 5)
    assert (article.published_raw, article.published_rule) == ("2014-12-05", "page")
    assert article.language == "nb"


def test_a_date_in_the_address_is_found_and_none_is_made_up() -> None:
    body = BODY.replace('<time datetime="2014-12-05">5 December 2014</time>', "")
    found = article_from_html(page(body=body), url="https://example.org/2014/12/03/strike.html")
    assert (found.published, found.published_rule) == (dt.date(2014, 12, 3), "page")
    assert article_from_html(page(body=body)).published is None


def test_a_date_that_cannot_be_read_does_not_hide_another() -> None:
    broken = json.dumps({"@type": "NewsArticle", "headline": "Strike", "datePublished": "soon"})
    article = article_from_html(page(f'<script type="application/ld+json">{broken}</script>' + GRAPH))
    assert (article.title, article.published_rule) == ("Strike", "opengraph")


def test_flags_go_before_the_page() -> None:
    article = article_from_html(
        page(GRAPH + LD_TAG), published="2014-12-07", publisher="Mine", title="My title", language="en"
    )
    assert (article.published, article.published_rule) == (dt.date(2014, 12, 7), "flag")
    assert (article.publisher, article.title) == ("Mine", "My title")


def test_broken_json_ld_is_passed_over() -> None:
    for script in ("{", '{"@type": 7}', "[[[1]]]", '{"@graph": {"@type": null}}', "null", "[" * 5000):
        article = article_from_html(page(f'<script type="application/ld+json">{script}</script>' + GRAPH))
        assert article.published_rule == "opengraph"


def test_a_page_that_never_closes_is_read() -> None:
    broken = page().replace("</p>", "").replace("</article>", "").replace("</body></html>", "")
    assert "Two ships were hit" in article_from_html(broken).text


def test_bytes_in_a_declared_encoding() -> None:
    data = page('<meta charset="windows-1252">', BODY.replace("the town", "the café")).encode("cp1252")
    assert "café" in article_from_html(data).text


def test_an_xml_declaration_does_no_harm() -> None:
    assert "Two ships" in article_from_html('<?xml version="1.0" encoding="utf-8"?>' + page()).text


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "empty"),
        (" \n\ufeff", "empty"),
        ("no page at all", "no-article"),
        ("<html></html>", "no-article"),
        ("<html><body><nav><a href=1>Home</a> <a href=2>World</a></nav></body></html>", "no-article"),
        ("<html><body><form>Please log in to go on<input name=a></form></body></html>", "no-article"),
        (
            "<html><body><ul>" + "<li><a href=x>Two ships hit in harbour</a></li>" * 40 + "</ul></body></html>",
            "no-article",
        ),
        ("<div>" * 3000, "no-article"),
    ],
)
def test_pages_without_an_article(content: str, reason: str) -> None:
    with pytest.raises(UnreadableInput) as error:
        article_from_html(content)
    assert error.value.reason == reason


def test_it_never_goes_on_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    frame = '<iframe src="https://example.org/f"></iframe><img src="https://example.org/i.png">'
    assert article_from_html(page(GRAPH, BODY + frame), url="https://example.org/a").text


def test_it_is_quiet(capfd: pytest.CaptureFixture[str]) -> None:
    for content in ("<html></html>", "no page", page()):
        try:
            article_from_html(content)
        except UnreadableInput:
            continue
    assert capfd.readouterr() == ("", "")


PARTS = st.sampled_from(
    ["<p>", "</p>", "<div", ">", "<!--", "-->", "<script>", "</html>", "&amp;", "&#0;", BODY, LD_TAG, GRAPH, "\x0b"]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(PARTS | st.text(max_size=20), max_size=10))
def test_no_page_breaks_it(parts: list[str]) -> None:
    try:
        article = article_from_html("<html>" + "".join(parts))
    except UnreadableInput as error:
        assert error.reason in ("no-article", "binary")  # noqa: PT017 - either outcome is right
        return
    assert article.text
