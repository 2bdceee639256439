"""A language pack: the words by which a text says who said what, as data files that this module loads and checks.

`data/languages/<code>/` holds:
- `cues.csv`: reporting words with their class and the frames they occur in (see FRAMES), an example each
- `words.csv`: word lists by name (see LISTS), one word or phrase a row
- `lemmas.csv`: lemmas that the parser gets wrong
- `quotes.csv`: pairs of quotation marks
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from reportedly.errors import ResourceError
from reportedly.records import Stance
from reportedly.resources import data_path, read_csv

CUE_CLASSES = (
    "say", "report", "believe", "intend", "ask", "demand", "promise", "warn", "accuse", "agree", "learn", "confirm",
    "deny", "decline", "doubt", "endorse", "condemn",
)  # fmt: skip

# The classes whose content is told as being so.
TELLING = frozenset({"say", "report", "believe", "learn", "warn"})

# The classes by which a source takes a position on what is told, with the stance that each stands for.
POSITIONS: Mapping[str, Stance] = MappingProxyType(
    {
        "confirm": "confirms",
        "deny": "denies",
        "decline": "declines",
        "doubt": "doubts",
        "endorse": "endorses",
        "condemn": "condemns",
    }
)

FRAMES: Mapping[str, str] = MappingProxyType(
    {
        "clause": "a finite clause is the content: said that …, the claim that …, is confident that …",
        "quote": "a quotation is the content: “…,” she quipped",
        "to": "an infinitive is the content: vowed to …, the promise to …",
        "ing": "an -ing clause is the content: denied having …",
        "object": "the object is the content: denied the report",
        "exhibit": "the object is the content where a document is the source: the video shows a convoy",
        "object-to": "object and infinitive are the content: urged them to …",
        "object-as": "object and what it is called are the content: called it a lie, described it as …",
        "measure": "the object and a number after one of the named prepositions are the content: put the toll at 18",
        "prep": "the object of one of the named prepositions is the content: warned of …, a denial of …",
        "subject": "the clause's subject and predicate are the content and no source is given: is said to have …",
        "adverb": "the clause that the word stands in is the content and no source is given: reportedly",
        "bare": "nothing need follow: declined to comment, did not respond",
        "credit": "the word itself takes the source as its object: according to …, in the words of …",
    }
)
POS = ("verb", "noun", "adj", "prep", "phrase")

LISTS: Mapping[str, str] = MappingProxyType(
    {
        "negator": "words that negate",
        "unnamed": "head nouns of sources without a name: sources, witnesses, residents",
        "official": "head nouns of people who speak for a government, a force or a body: spokesman, minister",
        "organisation": "head nouns of bodies that speak: ministry, army, party",
        "document": "head nouns of documents that speak: report, memo, poll, video",
        "outlet": "nouns for outlets: newspaper, daily, broadcaster",
        "outlet-name": "last words of names of outlets that the directory has in longer forms only: Jazeera, Fox",
        "coverage": "nouns for what an outlet or its people do: report, interview, correspondent",
        "platform": "names of platforms, which carry what others say: Facebook",
        "outlet-first": "first words of the names of many outlets: Radio, Television, Voice",
        "outlet-word": "last words of the names of many outlets: News, Times, Post",
        "outlet-noun": "nouns that with a name before or after them call an outlet: website, blog, station",
        "outlet-side": "what an outlet without a name is said to stand with: jihadist, opposition",
        "outlet-loose": "nouns for outlets that are as often something else: station, network",
        "outlet-of": "first words of names of outlets that go on with of: the Times of, Voice of",
        "telling": "verbs whose object is whom something is told or from whom it is had: inform, credit",
        "written": "what is written for an outlet: article, op-ed",
        "picture": "words after an agency's name in the credit of a picture: photo, images",
        "speaking": "verbs of speaking to or on an outlet",
        "handing": "verbs by which a document is given to an outlet: send, provide",
        "not-outlet": "words after an outlet's name that make it the name of something else: Company, Square",
        "witnessing": "what reporters do where an outlet has something by its own eyes: see, count",
        "outlet-weak": "of these, those that end other names as often: Hill",
        "outlet-short": "last words by which alone many papers are called: the Times, the Post",
        "own-eyes": "people by whom an outlet has seen something itself: a Reuters witness",
        "outlet-form": "what an outlet's kind is called, which does not say whose it is: web, TV, online",
        "state-body": "words in the names of organs of a state, which are no monitoring groups: committee, court",
        "programme": "what an outlet airs of somebody, who then speaks for himself: interview, programme",
        "airing": "verbs by which an outlet lets somebody speak: air, broadcast",
        "posting": "verbs by which something gets on a platform: post, upload, appear",
        "rule": "documents that lay down what shall be, and credit nobody: bill, treaty",
        "domain": "endings of addresses that are outlets' names: com, info",
        "recording": "nouns for pictures and sound: video, footage",
        "releasing": "verbs by which a recording is made known: release, upload",
        "agency": "agencies that print no page of their own: who is told something by them credits them",
        "staff": "nouns for people of an outlet: correspondent, analyst",
        "monitor": "words in the names of groups that watch what happens, which reports credit: Observatory, Watch",
        "monitor-weak": "words in the names of such groups and of many others: Centre, Institute",
        "monitor-field": "words that tell by a name that the group watches something: Rights, Documentation",
        "monitor-noun": "what such a group is called: watchdog, monitor",
        "monitor-kind": "words before group or organisation that say so: monitoring, rights",
        "watching": "what such a group does: track, document",
        "pronoun": "pronouns that stand for a source",
        "personal": "pronouns for a person or body named before",
        "channel": "nouns for the occasion or medium of a statement: interview, news conference, tweet",
        "good": "what is approved of is called: positive, welcome",
        "bad": "what is condemned is called: unacceptable, barbaric",
        "untrue": "what is denied is called: false, baseless",
        "heading": "words before a colon that name no speaker: update, photo",
        "relaying": "verbs by which a source is said to speak to or through an outlet: tell, quote",
        "light": "verbs that with a noun of speech make one cue: issue a denial",
        "citing": "verbs by which an outlet hands on whom it has it from: citing, quoting",
    }
)


@dataclass(frozen=True, slots=True)
class Cue:
    """A reporting word or phrase of one class. `words` are lemmas; `prepositions` those that its `prep` frame takes."""

    words: tuple[str, ...]
    pos: str
    kind: str
    frames: frozenset[str]
    prepositions: frozenset[str]
    example: str
    line: int


@dataclass(frozen=True, slots=True)
class Language:
    """One language pack.

    `cues` are indexed by their first lemma, longest first; `quoting` are the verbs that can introduce a quotation;
    `lemmas` maps a lower-case word to the lemma that the cues use where the parser's differs; `words` are the LISTS.
    """

    code: str
    cues: Mapping[str, tuple[Cue, ...]]
    lemmas: Mapping[str, str]
    words: Mapping[str, frozenset[str]]
    quote_closers: Mapping[str, frozenset[str]]
    single_marks: frozenset[str]
    quote_pattern: re.Pattern[str] = field(repr=False)
    quoting: frozenset[str] = field(repr=False)

    @property
    def negators(self) -> frozenset[str]:
        """Words that negate."""
        return self.words["negator"]

    @property
    def pronouns(self) -> frozenset[str]:
        """Pronouns that stand for a source."""
        return self.words["pronoun"]

    @property
    def relaying(self) -> frozenset[str]:
        """Verbs by which a source is said to speak to or through an outlet."""
        return self.words["relaying"]

    @property
    def channels(self) -> frozenset[str]:
        """Nouns for the occasion or medium of a statement."""
        return self.words["channel"]


@lru_cache(maxsize=8)
def load_language(code: str) -> Language:
    """The language pack of an ISO 639-1 code. Raises ResourceError with file and line."""
    folder = f"languages/{code}"
    closers, singles = _read_quotes(data_path(f"{folder}/quotes.csv"))
    marks = sorted({*closers, *(mark for ends in closers.values() for mark in ends)}, key=len, reverse=True)
    cues = read_cues(data_path(f"{folder}/cues.csv"))
    return Language(
        code=code,
        cues=_index(cues),
        lemmas={row["word"]: row["lemma"] for _, row in read_csv(data_path(f"{folder}/lemmas.csv"), ("word", "lemma"))},
        words=_read_words(data_path(f"{folder}/words.csv")),
        quote_closers=closers,
        single_marks=singles,
        quote_pattern=re.compile("|".join(map(re.escape, marks))),
        quoting=_quoting(cues),
    )


def read_cues(path: Path) -> list[Cue]:
    """The rows of a file of cues. Raises ResourceError with file and line."""
    cues: list[Cue] = []
    seen: dict[tuple[str, str, str], int] = {}
    for line, row in read_csv(path, ("lemma", "pos", "class", "frame", "example")):
        where = f"{path}:{line}"
        _require(row["class"] in CUE_CLASSES, where, f"class {row['class']!r} is not one of {', '.join(CUE_CLASSES)}")
        _require(row["pos"] in POS, where, f"pos {row['pos']!r} is not one of {', '.join(POS)}")
        _require(bool(row["lemma"] and row["example"]), where, "lemma and example must not be empty")
        frames: set[str] = set()
        prepositions: set[str] = set()
        for part in row["frame"].split(";"):
            name, _, words = part.partition(":")
            _require(name in FRAMES, where, f"frame {name!r} is not one of {', '.join(FRAMES)}")
            governs = name in ("prep", "measure")
            _require(bool(words) == governs, where, f"frame {part!r}: write prep:of|on, measure:at, others bare")
            frames.add(name)
            prepositions.update(words.split("|") if words else ())
            key = (row["lemma"], row["pos"], part)
            _require(key not in seen, where, f"{row['lemma']} ({row['pos']}) has frame {part} on line {seen.get(key)}")
            seen[key] = line
        cue = Cue(
            words=tuple(row["lemma"].split()),
            pos=row["pos"],
            kind=row["class"],
            frames=frozenset(frames),
            prepositions=frozenset(prepositions),
            example=row["example"],
            line=line,
        )
        cues.append(cue)
    return cues


def _quoting(cues: list[Cue]) -> frozenset[str]:
    """First words of the verbs and phrases that can introduce a quotation."""
    verbs = {cue.words[0] for cue in cues if cue.pos == "verb" and cue.frames & {"clause", "quote"}}
    return frozenset(
        verbs
        | {
            cue.words[0]
            for cue in cues
            if cue.pos == "phrase" and "quote" in cue.frames and verbs.isdisjoint(cue.words[1:])
        }
    )


def _index(cues: list[Cue]) -> Mapping[str, tuple[Cue, ...]]:
    index: dict[str, list[Cue]] = {}
    for cue in cues:
        index.setdefault(cue.words[0], []).append(cue)
    return {word: tuple(sorted(some, key=lambda c: -len(c.words))) for word, some in index.items()}


def _read_words(path: Path) -> Mapping[str, frozenset[str]]:
    lists: dict[str, set[str]] = {name: set() for name in LISTS}
    for line, row in read_csv(path, ("list", "word")):
        _require(row["list"] in LISTS, f"{path}:{line}", f"list {row['list']!r} is not one of {', '.join(LISTS)}")
        _require(row["word"] not in lists[row["list"]], f"{path}:{line}", f"{row['word']!r} stands twice")
        lists[row["list"]].add(row["word"])
    for name, words in lists.items():
        _require(bool(words), str(path), f"list {name!r} is empty")
    return {name: frozenset(words) for name, words in lists.items()}


def _read_quotes(path: Path) -> tuple[Mapping[str, frozenset[str]], frozenset[str]]:
    closers: dict[str, set[str]] = {}
    singles: set[str] = set()
    for line, row in read_csv(path, ("open", "close", "level")):
        _require(row["level"] in ("double", "single"), f"{path}:{line}", "level must be double or single")
        closers.setdefault(row["open"], set()).add(row["close"])
        if row["level"] == "single":
            singles.add(row["open"])
    return {mark: frozenset(ends) for mark, ends in closers.items()}, frozenset(singles)


def _require(condition: bool, where: str, complaint: str) -> None:
    if not condition:
        raise ResourceError(f"{where}: {complaint}")
