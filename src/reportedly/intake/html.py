"""Web pages: the article's text as trafilatura extracts it, and what the page says of itself. Never goes on-line.

What a page says is taken from its JSON-LD (schema.org), then OpenGraph and its kin, then the page proper; the rule
that found the date of publication is kept with it. The only module that imports trafilatura, htmldate and lxml.
"""

import json
import logging
import re
from collections.abc import Iterator
from typing import Any

import htmldate
import lxml.etree
import lxml.html
import trafilatura

from reportedly.errors import UnreadableInput
from reportedly.intake.dates import read_published
from reportedly.intake.fields import Fields, dated, language_code
from reportedly.intake.text import build_article
from reportedly.records import Article

# A library does not print: without a handler of its own, Python shows these modules' warnings on standard error.
for _name in ("trafilatura", "htmldate", "courlan", "charset_normalizer"):
    logging.getLogger(_name).addHandler(logging.NullHandler())

_ARTICLE_TYPE = re.compile(r"\w*Article|\w*BlogPosting|Report")
_META_DATES = (
    "date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "dc.date",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.date",
    "dcterms.issued",
    "sailthru.date",
    "parsely-pub-date",
    "article.published",
    "datepublished",
    "cxenseparse:recs:publishtime",
    "originalpublicationdate",
)
_OPENGRAPH_DATES = ("article:published_time", "og:published_time", "og:article:published_time", "og:pubdate")
_AUTHORS = ("author", "article:author", "byl", "dc.creator", "parsely-author", "sailthru.author", "article:author_name")
_SITES = ("og:site_name", "application-name", "publisher", "dc.publisher", "article:publisher")
_LANGUAGES = ("og:locale", "content-language", "dc.language", "language")
_PREFIX = re.compile(r"^by\s*:?\s+", re.IGNORECASE)
_SENTENCE = re.compile(r"[.!?…]['\"’”)\]]*\s*$")
# A brief of one sentence is an article; a menu, a log-in page or a list of links has no sentence of this length.
_LEAST_WORDS = 12


def article_from_page(page: str, fields: Fields, *, where: str, path: str | None) -> Article:
    """The article of a web page. `fields` that are given go before what the page says.

    Raises UnreadableInput (`empty`, `no-article`) when the page holds none.
    """
    if not page.strip("\ufeff \t\r\n"):
        raise UnreadableInput(where, "empty", "there is no text in it")
    tree = trafilatura.load_html(page)
    if tree is None:
        raise UnreadableInput(where, "no-article", "it is no web page")
    known = fields.or_else(page_fields(tree, page, fields.url))
    text = _extracted(tree, known.url, where)
    if not _has_article(text):
        raise UnreadableInput(where, "no-article", "no article text was found in the page")
    return build_article(text, known, where=where, path=path)


def _extracted(tree: lxml.html.HtmlElement, url: str | None, where: str) -> str:
    try:
        text = trafilatura.extract(
            tree, url=url, favor_precision=True, include_comments=False, include_tables=False, output_format="txt"
        )
    except (lxml.etree.LxmlError, RecursionError) as error:
        raise UnreadableInput(where, "no-article", f"the page cannot be taken apart: {error}") from error
    return text or ""


def _has_article(text: str) -> bool:
    return any(len(line.split()) >= _LEAST_WORDS and _SENTENCE.search(line) for line in text.splitlines())


def page_fields(tree: lxml.html.HtmlElement, page: str, url: str | None) -> Fields:
    """What a page says of its article: title, byline, publisher, date, language, address."""
    metas = _metas(tree)
    item = _json_ld(tree)
    found = _from_json_ld(item).or_else(_from_metas(metas)).or_else(_from_page(tree, metas))
    if found.published is None:
        found = _with_guessed_date(found, page, url or found.url)
    return found


def _metas(tree: lxml.html.HtmlElement) -> dict[str, str]:
    """The page's <meta> elements by name (small letters); the first of a name counts."""
    metas: dict[str, str] = {}
    for element in tree.iter("meta"):
        content = (element.get("content") or "").strip()
        for key in ("property", "name", "itemprop", "http-equiv"):
            name = element.get(key)
            if name and content:
                metas.setdefault(name.strip().lower(), content)
    return metas


def _json_ld(tree: lxml.html.HtmlElement) -> dict[str, Any]:
    """The page's first schema.org object that is an article, else one that is a dated page; else an empty one."""
    page: dict[str, Any] = {}
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        for item in _objects(_loaded(script.text_content())):
            kinds = [kind for kind in _listed(item.get("@type")) if isinstance(kind, str)]
            if any(map(_ARTICLE_TYPE.fullmatch, kinds)) and ("headline" in item or "datePublished" in item):
                return item
            if "WebPage" in kinds and "datePublished" in item and not page:
                page = item
    return page


def _loaded(words: str) -> Any:
    """A page's JSON, or None where it is broken: many pages' is, and the page can be read without."""
    try:
        return json.loads(words.strip().strip(";"), strict=False)
    except (ValueError, RecursionError):
        return None


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    for item in _listed(value):
        if isinstance(item, dict):
            yield item
            yield from _objects(item.get("@graph"))
            yield from _objects(item.get("mainEntity"))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _from_json_ld(item: dict[str, Any]) -> Fields:
    raw = _word(item.get("datePublished")) or _word(item.get("dateCreated"))
    date = dated(raw, "json-ld") if raw else Fields()
    names = [name for name in map(_word, _listed(item.get("author")) or _listed(item.get("creator"))) if name]
    language = _word(item.get("inLanguage"))
    return Fields(
        title=_word(item.get("headline")) or _word(item.get("name")),
        byline=", ".join(name for name in names if "://" not in name) or None,
        publisher=next(filter(None, map(_word, _listed(item.get("publisher")))), None),
        language=language_code(language) if language else None,
        published=date.published,
        published_raw=date.published_raw,
        published_rule=date.published_rule,
    )


def _word(value: Any) -> str | None:
    """A string, or the name of a schema.org object."""
    if isinstance(value, dict):
        value = value.get("name") or value.get("@value") or value.get("alternateName")
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _from_metas(metas: dict[str, str]) -> Fields:
    raw = next((metas[name] for name in _OPENGRAPH_DATES if name in metas), None)
    date = dated(raw, "opengraph") if raw else Fields()
    byline = next((metas[name] for name in _AUTHORS if name in metas and "://" not in metas[name]), None)
    return Fields(
        url=metas.get("og:url"),
        title=metas.get("og:title") or metas.get("twitter:title"),
        byline=_PREFIX.sub("", byline) if byline else None,
        publisher=next((metas[name] for name in _SITES if name in metas and "://" not in metas[name]), None),
        published=date.published,
        published_raw=date.published_raw,
        published_rule=date.published_rule,
    )


def _from_page(tree: lxml.html.HtmlElement, metas: dict[str, str]) -> Fields:
    title = next((words for tag in ("h1", "title") for words in map(_words, tree.iter(tag)) if words), None)
    tags = [tree.get("lang"), tree.get("{http://www.w3.org/XML/1998/namespace}lang"), *map(metas.get, _LANGUAGES)]
    canonical = [e.get("href") for e in tree.iter("link") if (e.get("rel") or "").lower() == "canonical"]
    date = next((dated(raw, "page") for raw in _page_dates(tree, metas) if read_published(raw)), Fields())
    return Fields(
        url=next((address for address in canonical if address and "://" in address), None),
        title=title,
        byline=next((_PREFIX.sub("", words) for words in _page_authors(tree)), None),
        language=next(filter(None, (language_code(tag) for tag in tags if tag)), None),
        published=date.published,
        published_raw=date.published_raw,
        published_rule=date.published_rule,
    )


def _words(element: lxml.html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _page_dates(tree: lxml.html.HtmlElement, metas: dict[str, str]) -> Iterator[str]:
    """Where pages show their date of publication, as written; the surest places first."""
    yield from (metas[name] for name in _META_DATES if name in metas)
    for element in tree.iter("time", "abbr", "span"):
        marked = element.get("itemprop") == "datePublished" or element.get("pubdate") is not None
        if marked:
            yield from filter(
                None, (element.get("datetime"), element.get("content"), element.get("title"), _words(element))
            )
    for element in tree.iter("time"):
        yield from filter(None, (element.get("datetime"), _words(element)))


def _page_authors(tree: lxml.html.HtmlElement) -> Iterator[str]:
    for element in tree.iter("a", "span", "p", "div", "address"):
        marks = (
            f"{element.get('rel') or ''} {element.get('itemprop') or ''} {element.get('class') or ''}".lower().split()
        )
        if "author" in marks or "byline" in marks:
            words = _words(element)
            if 0 < len(words) <= 120:
                yield words


def _with_guessed_date(found: Fields, page: str, url: str | None) -> Fields:
    """The fields with the date that htmldate finds in the address or body; its wider search guesses, and stays off."""
    day = htmldate.find_date(page, extensive_search=False, original_date=True, url=url)
    return dated(day, "page").or_else(found) if day else found
