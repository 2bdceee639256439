"""HTML that cannot be written unescaped: text becomes `Html` only through `tag`, which escapes what is not."""

import html
import re
from collections.abc import Iterable

_CLOSED = {"meta": ">", **dict.fromkeys(("path", "line", "circle", "rect", "use"), "/>")}
_SAFE = re.compile(r"https?://", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


class Html(str):
    """Text that is markup already."""

    __slots__ = ()


def safe(text: object) -> Html:
    """Text as markup: escaped, without characters that HTML does not have."""
    return text if isinstance(text, Html) else Html(html.escape(_CONTROL.sub("\N{REPLACEMENT CHARACTER}", str(text))))


def join(*children: object) -> Html:
    """Children one after the other; None is nothing, a list is its items."""
    parts = []
    for child in children:
        if child is None:
            continue
        if isinstance(child, str) or not isinstance(child, Iterable):
            parts.append(safe(child))
        else:
            parts.append(join(*child))
    return Html("".join(parts))


def tag(name: str, /, *children: object, **attributes: object) -> Html:
    """An element. An attribute's `_` is written `-`, a trailing one dropped (`class_`); None and False leave it out."""
    written = []
    for key, value in attributes.items():
        if value is None or value is False:
            continue
        plain = key.rstrip("_").replace("_", "-")
        written.append(f" {plain}" if value is True else f' {plain}="{safe(value)}"')
    opened = f"<{name}{''.join(written)}"
    closed = _CLOSED.get(name) if not children else None
    return Html(opened + closed if closed else f"{opened}>{join(*children)}</{name}>")


def link(url: str | None, *children: object, **attributes: object) -> Html:
    """A link, or only what it would say where the address is no web page's."""
    if url is None or not _SAFE.match(url.strip()):
        return join(*children)
    return tag("a", *children, href=url.strip(), rel="noreferrer", **attributes)


def scroll(label: str) -> dict[str, object]:
    """The attributes of a part that may be wider than the screen: it scrolls by itself, with the keyboard too."""
    return {"class_": "scroll", "tabindex": 0, "role": "region", "aria_label": label}
