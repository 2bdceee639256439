"""Noun phrases as parties: which heads can be one, and the words that stand for it."""

from reportedly.extract.events.clauses import Clauses
from reportedly.ontology import Need, Ontology
from reportedly.parsing import Parse
from reportedly.records import Party

_NAMED = frozenset({"PERSON", "NORP", "ORG", "GPE", "LOC", "FAC", "PRODUCT"})
_NO_PARTY = frozenset(
    {"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "ORDINAL", "EVENT", "WORK_OF_ART", "LAW", "LANGUAGE"}
)
_EMPTY = frozenset({"be", "seem", "appear", "happen", "take", "remain", "become", "look"})
_MISTAKEN = frozenset({"WORK_OF_ART", "EVENT", "LAW"})  # what the parser at times takes "The Islamic State" for
_THINGS = ("weapon", "target", "arms", "place", "goods", "event")
_OPEN = frozenset({"any", "number", "person"})  # classes without a list
_CLASS_LABELS = {
    "place": frozenset({"GPE", "LOC", "FAC"}),
    "ground": frozenset({"GPE", "LOC", "FAC"}),
    "captive": frozenset({"PERSON"}),
}
_PEOPLE = ("er", "or", "ist", "ian", "eer", "man", "woman")  # of nouns that say what somebody does
_PRONOUNS = frozenset(
    {
        "he",
        "she",
        "they",
        "we",
        "us",
        "them",
        "him",
        "her",
        "i",
        "me",
        "you",
        "who",
        "it",
        "his",
        "hers",
        "their",
        "theirs",
        "its",
        "our",
        "ours",
        "my",
        "himself",
        "themselves",
        "herself",
    }
)
_PERSONAL = _PRONOUNS - {"it", "its", "you"}
_LEFT = frozenset(
    {"amod", "compound", "nummod", "nmod", "poss", "quantmod", "punct", "npadvmod", "case", "advmod", "det"}
)
_ARTICLES = frozenset({"the", "a", "an", "this", "that", "these", "those", "any", "some", "both", "all"})
_PARTITIVE = frozenset(
    {
        "dozen",
        "hundred",
        "thousand",
        "score",
        "million",
        "number",
        "group",
        "member",
        "part",
        "half",
        "majority",
        "lot",
        "couple",
        "pair",
        "team",
        "crowd",
        "some",
        "many",
        "most",
        "several",
        "three",
        "two",
        "one",
        "none",
        "handful",
        "scores",
        "tens",
        "people",
    }
)
_QUOTES = frozenset({"“", "”", '"', "``", "''", "(", ")", ",", "‘", "’"})


class Phrases:
    """The noun phrases of one article."""

    def __init__(self, clauses: Clauses, ontology: Ontology) -> None:
        self.parse: Parse = clauses.parse
        self.clauses = clauses
        self.lemma = clauses.lemma
        self.classes = ontology.classes
        self.things = ontology.words["things"]
        self._name_of = {
            token: name for name in self.parse.names if name.label in _NAMED for token in range(name.first, name.stop)
        }

    def is_party(self, token: int) -> bool:
        """Whether a head can stand for somebody: a name, a pronoun, or a noun of people or bodies."""
        parse = self.parse
        label = self.clauses.label.get(token)
        if label in _NAMED:
            return True
        if label in _NO_PARTY and not (label in _MISTAKEN and self.lemma[token] in self.classes["party"]):
            return False
        if parse.lower[token] in _PRONOUNS:
            return not self._is_pleonastic(token)
        lemma = self.lemma[token]
        if lemma in self.classes["party"] or parse.lower[token] in self.classes["party"]:
            return True
        if lemma in _PARTITIVE or parse.pos[token] == "NUM":
            inner = self._of_object(token)
            return self.is_party(inner) if inner is not None else parse.pos[token] == "NUM" or lemma in _PARTITIVE
        if parse.pos[token] == "PROPN" or self._is_doer(token):
            return True
        return parse.tag[token] in ("JJ", "NNPS") and parse.word[token][:1].isupper()

    def _is_pleonastic(self, token: int) -> bool:
        """Whether "it" stands for nobody: "it is clear that …", "it's too early to tell"."""
        parse, verb = self.parse, self.parse.head[token]
        if parse.lower[token] != "it" or parse.dep[token] not in ("nsubj", "expl") or self.lemma[verb] not in _EMPTY:
            return False
        below = [*parse.children[verb]]
        below += [c for child in below if parse.dep[child] in ("acomp", "attr", "oprd") for c in parse.children[child]]
        return any(parse.dep[c] in ("ccomp", "xcomp", "csubj", "advcl", "acl") and c > verb for c in below)

    def _is_doer(self, token: int) -> bool:
        """Whether a common noun says what somebody does by its ending: "a cashier", "the treasurers"."""
        lemma = self.lemma[token]
        doer = self.parse.pos[token] == "NOUN" and len(lemma) > 5 and lemma.endswith(_PEOPLE)
        return doer and lemma not in self.things and not any(lemma in self.classes[name] for name in _THINGS)

    def is_named(self, token: int) -> bool:
        """Whether a head is a name, a personal pronoun, or is made definite by a determiner, a number or an owner."""
        parse = self.parse
        if token in self._name_of or parse.pos[token] == "PROPN" or parse.lower[token] in _PERSONAL:
            return True
        return any(
            parse.dep[child] in ("nummod", "poss") or parse.lower[child] == "the" or child in self._name_of
            for child in parse.children[token]
        )

    def fits(self, token: int, need: Need) -> bool:
        """Whether a head is one of a need's words or classes."""
        parse = self.parse
        lemma = self.lemma[token]
        if lemma in need.words or parse.lower[token] in need.words:
            return True
        label = self.clauses.label.get(token)
        for name in need.classes:
            if name in _OPEN:
                if name == "any" or (name == "number" and parse.pos[token] == "NUM"):
                    return True
                personal = label in ("PERSON", "NORP") or parse.pos[token] != "PROPN"
                if name == "person" and personal and self.is_party(token):
                    return True
                continue
            if name == "party":
                if self.is_party(token):
                    return True
            elif (
                lemma in self.classes[name]
                or label in _CLASS_LABELS.get(name, ())
                or (name == "captive" and parse.lower[token] in _PERSONAL | {"his"})
            ):
                return True
        if lemma in _PARTITIVE or parse.pos[token] == "NUM":
            inner = self._of_object(token)
            return inner is not None and self.fits(inner, need)
        return False

    def _of_object(self, token: int) -> int | None:
        parse = self.parse
        for child in parse.children[token]:
            if parse.lower[child] == "of":
                return next((t for t in parse.children[child] if parse.dep[t] == "pobj"), None)
        return None

    def bounds(self, head: int) -> tuple[int, int]:
        """The tokens of a compact phrase: the head with its modifiers and an `of` phrase, no clauses or appositions."""
        parse = self.parse
        name = self._name_of.get(head)
        modifier = parse.dep[head] in ("amod", "compound", "nmod") and parse.pos[head] != "NOUN"
        if modifier and name is not None:
            return name.first, name.stop
        first = head
        for child in reversed(parse.children[head]):
            if child < head and parse.dep[child] in _LEFT and parse.right[child] >= first:
                if parse.word[child] in _QUOTES or any(
                    parse.dep[t] in ("relcl", "acl", "conj") for t in parse.children[child]
                ):
                    if parse.dep[child] in ("amod", "compound", "nmod", "nummod") and parse.word[child] not in _QUOTES:
                        first = parse.left[child]
                        continue
                    break
                first = parse.left[child]
        stop = head + 1
        if name is not None and name.first <= head:
            first, stop = min(first, name.first), max(stop, name.stop)
        if not modifier:
            stop = self._with_of(head, stop)
        while first < head and (
            parse.lower[first] in _ARTICLES or parse.word[first] in _QUOTES or parse.dep[first] == "punct"
        ):
            first += 1
        if stop > head + 1 and parse.lower[stop - 1] in ("'s", "’s"):
            stop -= 1
        return first, stop

    def _with_of(self, head: int, stop: int) -> int:
        parse = self.parse
        for child in parse.children[head]:
            if child == stop and parse.lower[child] == "of":
                inner = next((t for t in parse.children[child] if parse.dep[t] == "pobj"), None)
                if inner is not None and parse.tag[inner] != "VBG":  # "accused the other of lying"
                    return max(stop, inner + 1, self.bounds(inner)[1])
        return stop

    def party(self, head: int) -> Party:
        """The draft party: words and offsets only."""
        parse = self.parse
        first, stop = self.bounds(head)
        start, end = parse.start[first], parse.end[stop - 1]
        word = parse.lower[head]
        for ending in ("-led", "-backed"):  # one token in some texts: "Saudi-led"
            if stop == first + 1 and word.endswith(ending):
                end -= len(ending)
        if stop == first + 1 and word.startswith("anti-"):
            start += len("anti-")
        return Party(mention=None, text=parse.text[start:end], start=start, end=end)
