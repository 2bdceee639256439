"""Reads a rule's pattern: a regex over word classes. Gives the regex itself and which classes it can begin with."""

import re
from collections.abc import Callable, Mapping, Sequence

from reportedly.errors import ResourceError

Piece = tuple[str, str]
Prefixes = frozenset[tuple[str, ...]]

_PIECE = re.compile(
    r"""\s+ | \{(?P<kept>\w+)(?::(?P<name>\w+))?\} | (?P<open>\(\?P<\w+>|\(\?<?[=!])
      | <(?P<free>\w+)> | (?P<operator>[()|?*]) | (?P<literal>[a-z]+(?:'[a-z]+)?|[-,.;:/'’%–—&])""",
    re.VERBOSE,
)
_GROUP = re.compile(r"\(\?P<(\w+)>")
_NOTHING: Prefixes = frozenset({()})


def read_pieces(pattern: str, macros: Mapping[str, str], where: str) -> list[Piece]:
    """The pattern as pieces, macros replaced. Raises ResourceError that begins with `where`."""
    text = pattern
    while found := re.search(r"#(\w+)", text):
        if found[1] not in macros or len(text) > 20_000:
            raise ResourceError(f"{where}: unknown or endless macro #{found[1]}")
        text = f"{text[: found.start()]}({macros[found[1]]}){text[found.end() :]}"
    pieces: list[Piece] = []
    at = 0
    while at < len(text):
        piece = _PIECE.match(text, at)
        if not piece:
            raise ResourceError(f"{where}: cannot read the pattern at {text[at : at + 20]!r}")
        at = piece.end()
        if piece["kept"]:
            pieces.append(("open", f"(?P<{piece['name'] or piece['kept']}>"))
            pieces.extend((("free", piece["kept"]), ("operator", ")")))
        else:
            pieces.extend((key, piece[key]) for key in ("open", "free", "operator", "literal") if piece[key])
    return pieces


def to_regex(pieces: Sequence[Piece], charset: Callable[[str], str]) -> str:
    """The regex over class characters; the n-th group called `x` becomes `x_n`, since Python wants names but once."""
    seen: dict[str, int] = {}
    parts: list[str] = []
    for kind, text in pieces:
        if kind == "open" and (named := _GROUP.fullmatch(text)):
            seen[named[1]] = seen.get(named[1], 0) + 1
            parts.append(f"(?P<{named[1]}_{seen[named[1]]}>")
        elif kind in ("open", "operator"):
            parts.append("(?:" if text == "(" else text)
        else:
            parts.append(charset(class_of((kind, text))))
    return "".join(parts)


def class_of(piece: Piece) -> str:
    """The class that a piece stands for: a word of a rule is a class of its own."""
    return piece[1] if piece[0] == "free" else f"={piece[1]}"


def prefixes(pieces: Sequence[Piece]) -> Prefixes:
    """The first two classes of everything that the pattern matches (one alone where it may end after one).

    Looking only at rules that can begin with the two words at hand is what makes the scan fast.
    """
    found, at = _alternatives(pieces, 0)
    assert at == len(pieces), "unbalanced parentheses"
    return found


def _alternatives(pieces: Sequence[Piece], at: int) -> tuple[Prefixes, int]:
    found: Prefixes = frozenset()
    current = _NOTHING
    while at < len(pieces) and pieces[at] != ("operator", ")"):
        if pieces[at] == ("operator", "|"):
            found, current, at = found | current, _NOTHING, at + 1
            continue
        kind, text = pieces[at]
        if kind == "open" or text == "(":
            item, at = _alternatives(pieces, at + 1)
            item = _NOTHING if text.startswith(("(?=", "(?!", "(?<")) else item
            at += 1
        else:
            item, at = frozenset({(class_of(pieces[at]),)}), at + 1
        while at < len(pieces) and pieces[at] in (("operator", "?"), ("operator", "*")):
            item |= _NOTHING if pieces[at][1] == "?" else _NOTHING | _joined(item, item)
            at += 1
        current = _joined(current, item)
    return found | current, at


def _joined(left: Prefixes, right: Prefixes) -> Prefixes:
    return frozenset((one + two)[:2] for one in left for two in (right if len(one) < 2 else ((),)))
