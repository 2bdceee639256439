"""The rules of time expressions: one row each of times.csv, tried in order where their first two words fit."""

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reportedly.errors import ResourceError
from reportedly.extract.times.patterns import prefixes, read_pieces, to_regex
from reportedly.extract.times.words import Tokens, Words
from reportedly.resources import data_path, read_csv

COLUMNS = ("rule", "kind", "pattern", "example", "words", "value")


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of times.csv: `pattern` over word classes, what kind of meaning it has, its own example."""

    name: str
    kind: str
    pattern: str
    example: str
    words: str
    value: str
    line: int


@dataclass(frozen=True, slots=True)
class Match:
    """Tokens `first:stop` of a text that a rule matched; `groups` gives the words of each kept part."""

    rule: Rule
    first: int
    stop: int
    groups: Mapping[str, tuple[str, ...]]


class Grammar:
    """The rules and words of one language. Raises ResourceError with file and line on a bad row."""

    def __init__(self, words: Words, rules: tuple[Rule, ...], file: str) -> None:
        self.words = words
        self.rules = rules
        sources = [read_pieces(rule.pattern, words.macros, f"{file}:{rule.line}") for rule in rules]
        for source in sources:
            for piece in source:
                if piece[0] == "literal":
                    words.add_literal(piece[1])
        words.seal()
        self._sources = sources
        self._regexes: list[re.Pattern[str] | None] = [None] * len(rules)
        # Bit r of _starts[class][next class] says that rule r can begin so; "" stands for any next class.
        self._starts: dict[str, dict[str, int]] = {}
        for number, source in enumerate(sources):
            where = f"{file}:{rules[number].line}"
            for piece in source:
                if piece[0] == "free" and not words.has(piece[1]):
                    raise ResourceError(f"{where}: no word has the class {piece[1]!r}")
            for one in prefixes(source):
                if not one:
                    raise ResourceError(f"{where}: the pattern matches nothing at all")
                row = self._starts.setdefault(one[0], {})
                after = one[1] if len(one) > 1 else ""
                row[after] = row.get(after, 0) | 1 << number
        self._candidates: dict[str, tuple[int, ...]] = {}

    def _rules_for(self, pair: str) -> tuple[int, ...]:
        """The rules that can begin with the two class characters, in the order of the file."""
        mask = 0
        following = self.words.classes_of(pair[1:])
        for name in self.words.classes_of(pair[0]):
            row = self._starts.get(name, {})
            mask |= row.get("", 0)
            for after in following:
                mask |= row.get(after, 0)
        found = tuple(number for number in range(len(self.rules)) if mask >> number & 1)
        self._candidates[pair] = found
        return found

    def _regex(self, number: int) -> re.Pattern[str]:
        """A rule's regex, compiled when it is first wanted."""
        found = self._regexes[number]
        if found is None:
            found = self._regexes[number] = re.compile(to_regex(self._sources[number], self.words.charset))
        return found

    def find(self, tokens: Tokens) -> Iterator[Match]:
        """The expressions of a text, from left to right, not overlapping."""
        line, keys, candidates = tokens.line, tokens.keys, self._candidates
        at, size = 0, len(line)
        while at < size:
            if line[at] == ".":
                at += 1
                continue
            pair = line[at : at + 2]
            numbers = candidates.get(pair)
            for number in self._rules_for(pair) if numbers is None else numbers:
                found = self._regex(number).match(line, at)
                if found:
                    yield Match(self.rules[number], at, found.end(), _groups(found, keys))
                    at = found.end()
                    break
            else:
                at += 1


def _groups(found: re.Match[str], keys: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    groups: dict[str, tuple[str, ...]] = {}
    for name in found.re.groupindex:
        first, stop = found.span(name)
        if first >= 0:
            groups[name.rpartition("_")[0]] = keys[first:stop]
    return groups


@functools.lru_cache(maxsize=8)
def load_grammar(language: str) -> Grammar:
    """The time rules of a language pack (times.csv and times.toml). Raises ResourceError with file and line."""
    path = data_path(f"languages/{language}/times.csv")
    rules, names = [], set()
    for line, row in read_csv(path, COLUMNS):
        empty = [key for key in COLUMNS if not row[key] and key != "value"]
        if empty or row["rule"] in names:
            problem = f"{empty[0]} is empty" if empty else f"the rule {row['rule']!r} stands twice"
            raise ResourceError(f"{path}:{line}: {problem}")
        names.add(row["rule"])
        rules.append(Rule(row["rule"], row["kind"], row["pattern"], row["example"], row["words"], row["value"], line))
    return Grammar(Words(data_path(f"languages/{language}/times.toml")), tuple(rules), str(path))
