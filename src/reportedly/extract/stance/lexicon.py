"""The words of stance and certainty, from `data/languages/<code>/{stance,certainty}.csv`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, cast, get_args

from reportedly.errors import ResourceError
from reportedly.ontology import load_ontology
from reportedly.records import STANCES, Stance
from reportedly.resources import data_path, read_csv

Scope = Literal[
    "predicate", "modifier", "above", "negated", "speech", "refusal", "inquiry", "contrary", "refused", "claim"
]
Role = Literal["modal", "mark", "adverb", "adjective", "above", "to", "of", "object", "factive", "default"]
_KINDS: Mapping[str, frozenset[str]] = {
    "noun": frozenset({"NOUN", "PROPN"}),
    "adj": frozenset({"ADJ", "VERB", "ADV"}),  # participles are verbs to the parser
    "verb": frozenset({"VERB"}),
}
_POS: Mapping[str, frozenset[str]] = {"": frozenset(), "noun": frozenset({"NOUN", "PROPN"})}


@dataclass(frozen=True, slots=True)
class StanceWord:
    """A word that judges a happening or a report of one.

    Scope `predicate`: it is said of the happening ("the report is false"); `modifier`: it stands before it ("false
    reports"); `above`: the happening is its complement ("rumours that"); `negated`: likewise, when denied ("no
    proof"); `speech` and `refusal`: a verb by which the source itself speaks, as it is or negated ("we deny", "I will
    not confirm"); `inquiry`: a verb by which it says that it is still finding out ("looking into it");
    `contrary`: a word for how somebody is that rules out what was told of them ("she is safe");
    `refused`: a verb that, when refused, denies rather than keeps silent ("refused to accept");
    `claim`: a noun for something said or shown that can be true or not.
    """

    word: str
    pos: frozenset[str]
    scope: Scope
    stance: Stance
    example: str


@dataclass(frozen=True, slots=True)
class Operator:
    """A word that changes how certain the event below it is: `value` is what an event otherwise certain gets (-3 … 3).

    Role `above`: the event is its complement; `to`: only as an infinitive; `of`: only after its preposition (or the
    preposition itself); `object`: only a noun that is its object; `factive`: a clause that it takes for granted, so
    that nothing said of the verb bears on it.
    """

    word: str
    pos: frozenset[str]
    role: Role
    value: float
    example: str


@dataclass(frozen=True, slots=True)
class StanceLexicon:
    """Stance words and operators of one language, by (word, scope) and (word, role).

    `forms` are the words that can make a position; `claims` the nouns for something said or shown ("the claim"),
    `deeds` those that stand for any happening ("the operation"): the ontology's.
    """

    words: Mapping[tuple[str, Scope], tuple[StanceWord, ...]]
    operators: Mapping[tuple[str, Role], tuple[Operator, ...]]
    forms: frozenset[str]
    claims: frozenset[str]
    deeds: frozenset[str]

    def operator(self, word: str, pos: str, role: Role) -> float | None:
        """The value of an operator, None when the word is none in that role."""
        for operator in self.operators.get((word, role), ()):
            if not operator.pos or pos in operator.pos:
                return operator.value
        return None

    def default(self, name: str) -> float:
        """The value of a construction without a word of its own: infinitive, purpose, negation."""
        return self.operators[name, "default"][0].value

    def stance(self, word: str, pos: str, scope: Scope) -> Stance | None:
        """The stance that a word gives in a scope, None when it gives none."""
        for row in self.words.get((word, scope), ()):
            if pos in row.pos:
                return row.stance
        return None


@lru_cache(maxsize=8)
def load_stances(code: str) -> StanceLexicon:
    """The lexicon of a language pack. Raises ResourceError with file and line."""
    words: dict[tuple[str, Scope], tuple[StanceWord, ...]] = {}
    path = data_path(f"languages/{code}/stance.csv")
    for line, row in read_csv(path, ("word", "pos", "scope", "stance", "example")):
        if row["scope"] not in get_args(Scope) or row["stance"] not in STANCES or row["pos"] not in _KINDS:
            raise ResourceError(f"{path}:{line}: unknown scope, stance or pos: {row}")
        scope = cast(Scope, row["scope"])
        stance = next(known for known in STANCES if known == row["stance"])
        word = StanceWord(row["word"], _KINDS[row["pos"]], scope, stance, row["example"])
        words[word.word, scope] = (*words.get((word.word, scope), ()), word)
    operators: dict[tuple[str, Role], tuple[Operator, ...]] = {}
    path = data_path(f"languages/{code}/certainty.csv")
    for line, row in read_csv(path, ("word", "pos", "role", "value", "example")):
        if row["role"] not in get_args(Role) or row["pos"] not in _POS:
            raise ResourceError(f"{path}:{line}: unknown role or pos: {row}")
        try:
            value = float(row["value"])
        except ValueError as error:
            raise ResourceError(f"{path}:{line}: value {row['value']!r} is no number") from error
        if not -3 <= value <= 3:
            raise ResourceError(f"{path}:{line}: value {value} is outside -3 … 3")
        role = cast(Role, row["role"])
        operator = Operator(row["word"], _POS[row["pos"]], role, value, row["example"])
        # A row with a part of speech is looked at before one without.
        others = operators.get((operator.word, role), ())
        operators[operator.word, role] = (operator, *others) if row["pos"] else (*others, operator)
    for name in ("infinitive", "purpose", "negation", "compound"):
        if (name, "default") not in operators:
            raise ResourceError(f"{path}: no row {name},,default")
    claims = frozenset(word for word, scope in words if scope == "claim")
    forms = frozenset(word for word, scope in words if scope != "claim")
    return StanceLexicon(words, operators, forms, claims, load_ontology().words["generic_force"])
