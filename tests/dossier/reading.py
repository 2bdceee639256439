"""Reads a page for the tests: elements with their attributes and words, unbalanced tags are an error."""

import dataclasses
import re
from html.parser import HTMLParser

VOID = {"meta", "link", "br", "hr", "img", "input"}


@dataclasses.dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    parent: "Element | None"
    text: str = ""

    @property
    def words(self) -> str:
        return " ".join(self.text.split())


class Page(HTMLParser):
    """All elements of a page in their order."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(source)
        self.close()
        assert not self._open, f"never closed: {[e.tag for e in self._open]}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs), f"an attribute twice in <{tag}>"
        parent = self._open[-1] if self._open else None
        element = Element(tag, {name: value or "" for name, value in attrs}, parent)
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert any(e.tag == "svg" for e in self._open), f"<{tag}/> outside a drawing"
        self.handle_starttag(tag, attrs)
        self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self._open, f"</{tag}> too many"
        assert self._open[-1].tag == tag, f"</{tag}> closes <{self._open[-1].tag}>"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data

    def all(self, *tags: str) -> list[Element]:
        return [element for element in self.elements if element.tag in tags]

    def with_class(self, name: str) -> list[Element]:
        return [element for element in self.elements if name in element.attributes.get("class", "").split()]

    def by_id(self, name: str) -> Element:
        (found,) = (element for element in self.elements if element.attributes.get("id") == name)
        return found

    def inside(self, outer: Element, *tags: str) -> list[Element]:
        found = []
        for element in self.all(*tags):
            at = element.parent
            while at is not None and at is not outer:
                at = at.parent
            if at is outer:
                found.append(element)
        return found


def loads(source: str) -> list[str]:
    """What a page would fetch: all addresses but those that a reader may follow."""
    page = Page(source)
    found = [
        f"<{element.tag} {name}={value}>"
        for element in page.elements
        for name, value in element.attributes.items()
        if name in ("src", "srcset", "data", "poster", "action", "background", "xlink:href")
        or (name == "href" and element.tag != "a" and not value.startswith("#"))
    ]
    return found + re.findall(r"@import|url\([^)]*\)|image-set|@font-face", source)
