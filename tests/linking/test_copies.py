import dataclasses
import datetime as dt
import itertools
import random
from collections import Counter

import numpy as np
import pytest
from datasketch import MinHash
from hypothesis import given
from hypothesis import strategies as st

from reportedly.linking import find_copies, judged_copies, load_rules, original_of, original_of_report
from reportedly.linking.candidates import candidates
from reportedly.linking.proofs import pile, prove
from reportedly.linking.rules import Rules
from reportedly.linking.sketches import Body, Hashes, sketch
from reportedly.linking.text import outlet_key, sentence_spans
from reportedly.records import Article, Copy, Dateline, Judgement, Skipped, Span
from tests.linking.making import entry

WIRE = (
    "Two ferries collided in thick fog outside the harbour of Sandvik on Monday morning, the coast guard said. "
    "Forty passengers were brought ashore by fishing boats before noon. "
    "The harbour master said that both captains had been warned of the fog an hour earlier. "
    "One crew member was taken to hospital with a broken arm. "
    "An inquiry will begin on Wednesday under a judge from the capital. "
    "The ferry company declined to comment on the state of its radar."
)
EDITED = (
    WIRE.replace("thick fog", "dense fog")
    .replace("brought ashore", "taken ashore")
    .replace("An inquiry will begin on Wednesday under a judge from the capital. ", "")
)
OTHER = (
    "Fishermen in Sandvik told this paper that they pulled forty people out of the water. "
    "None of them had seen fog so dense in twenty years. "
    "The mayor asked the ferry company for an explanation. "
    "She said that the town would pay for the rescuers' fuel."
)


def article(name: str, text: str, **fields: object) -> Article:
    return Article(id=name, sha256=name, text=text, **fields)  # type: ignore[arg-type]


def test_an_edited_copy_is_found_and_points_to_the_earlier_text() -> None:
    found = find_copies(
        [
            article("local", EDITED, publisher="Sandvik Post", published=dt.date(2031, 3, 4)),
            article("wire", WIRE, publisher="Coast Wire", published=dt.date(2031, 3, 3)),
            article("own", OTHER, publisher="The Harbour", published=dt.date(2031, 3, 4)),
        ]
    )
    assert [(copy.article, copy.copy_of) for copy in found] == [("local", "wire")]
    assert found[0].share == 1.0
    assert found[0].evidence == "5 of 5 sentences; published later (2031-03-04 after 2031-03-03)"


def test_a_credit_outweighs_the_clock() -> None:
    line = Dateline(place="SANDVIK", outlet="Coast Wire", date=None, start=0, end=23)
    found = find_copies(
        [
            article("wire", WIRE, publisher="Coast Wire", published=dt.datetime(2031, 3, 3, 12, 0, tzinfo=dt.UTC)),
            article(
                "local",
                "SANDVIK (Coast Wire) - " + EDITED,
                publisher="Sandvik Post",
                published=dt.datetime(2031, 3, 3, 9, 0, tzinfo=dt.UTC),
                dateline=line,
            ),
        ]
    )
    assert [(copy.article, copy.copy_of) for copy in found] == [("local", "wire")]
    assert found[0].evidence.endswith("it credits Coast Wire")


def test_a_long_article_that_holds_an_earlier_short_one_is_a_copy_in_part() -> None:
    longer = OTHER + " " + WIRE + " " + OTHER.replace("forty", "two").replace("fuel", "dinner").replace("fog", "rain")
    short = ". ".join(WIRE.split(". ")[:3]) + "."
    early, late = dt.date(2031, 3, 3), dt.date(2031, 3, 4)
    (part,) = find_copies([article("a", short, published=early), article("b", longer, published=late)])
    assert (part.article, part.copy_of, part.kind, part.share) == ("b", "a", "part", 0.214)
    assert " ".join(span.text for span in part.sentences) == short
    assert all(longer[span.start : span.end] == span.text for span in part.sentences)
    cut = find_copies([article("a", short, published=late), article("b", longer, published=early)])
    assert [(copy.article, copy.copy_of) for copy in cut] == [("a", "b")]
    undated = find_copies([article("a", short), article("b", longer)])
    assert [(copy.article, copy.copy_of) for copy in undated] == [("a", "b")]
    update = find_copies(
        [
            article("a", short, published=early, publisher="Coast Wire"),
            article("b", longer, published=late, publisher="Coast Wire"),
        ]
    )
    assert [(copy.article, copy.copy_of) for copy in update] == [("a", "b")]


def test_skipped_parts_do_not_count() -> None:
    form = " ".join(f"Line {n} of the form asks for your name and address." for n in range(30))
    left = article(
        "a", OTHER + "\n" + form, skipped=(Skipped(start=len(OTHER), end=len(OTHER) + 1 + len(form), reason="form"),)
    )
    right = article(
        "b", WIRE + "\n" + form, skipped=(Skipped(start=len(WIRE), end=len(WIRE) + 1 + len(form), reason="form"),)
    )
    assert not find_copies([left, right])
    assert find_copies([article("a", left.text), article("b", right.text)])


def test_order_does_not_matter_and_touching_limits() -> None:
    pool = [
        article("a", WIRE),
        article("b", EDITED),
        article("c", OTHER),
        article("d", WIRE + " " + "Rain came later in the day."),
    ]
    sets = {tuple(find_copies(order)) for order in itertools.permutations(pool)}
    assert len(sets) == 1
    assert {copy.article for copy in sets.pop()} == {"a", "b"}
    assert not find_copies(pool, touching={"c"})
    assert {(c.article, c.copy_of) for c in find_copies(pool, touching={"b"})} <= {("b", "a"), ("b", "d")}


def test_empty_and_strange_texts() -> None:
    assert not find_copies([])
    assert not find_copies([article("a", ""), article("b", "   \n"), article("c", "🙂\x00")])


def test_originals_follow_chains_and_break_circles() -> None:
    def copy(a: str, b: str, share: float = 1.0) -> Copy:
        return Copy(article=a, copy_of=b, share=share, evidence="")

    assert original_of([copy("c", "b"), copy("b", "a")]) == {"c": "a", "b": "a"}
    assert original_of([copy("c", "b", 0.7), copy("c", "d", 0.9)]) == {"c": "d"}
    assert original_of([copy("a", "b"), copy("b", "c"), copy("c", "a"), copy("d", "c")]) == {
        "b": "a",
        "c": "a",
        "d": "a",
    }


def test_sentences_keep_titles_together() -> None:
    text = 'Lt. Gen. Moss of the U.S. Army spoke. "We left." He sat\ndown at 9.30 a.m. on Friday.'
    assert [text[a:b] for a, b in sentence_spans(text)] == [
        "Lt. Gen. Moss of the U.S. Army spoke.",
        '"We left."',
        "He sat",
        "down at 9.30 a.m. on Friday.",
    ]


def test_outlets_by_any_of_their_names() -> None:
    assert (
        len(
            {outlet_key(name) for name in ("The Daily Sabre", "Daily Sabre", "www.dailysabre.com", "daily-sabre.co.uk")}
        )
        == 1
    )
    assert outlet_key("Time") != outlet_key("The Times")


TOOK = (
    "The quay was quiet when we came down on Tuesday. Forty passengers were brought ashore by fishing boats before noon. "
    "Children stood at the fence and counted the coats that were hung up to dry."
)


def test_one_sentence_taken_over_is_a_part() -> None:
    pool = [
        article("wire", WIRE, published=dt.date(2031, 3, 3)),
        article("took", TOOK, published=dt.date(2031, 3, 4), publisher="Fog Weekly"),
    ]
    (part,) = find_copies(pool)
    assert (part.article, part.copy_of, part.kind) == ("took", "wire", "part")
    assert [span.text for span in part.sentences] == [
        "Forty passengers were brought ashore by fishing boats before noon."
    ]
    assert part.evidence == "1 of 3 sentences; published later (2031-03-04 after 2031-03-03)"
    assert original_of([part]) == {}


@pytest.mark.parametrize(
    "told",
    [
        '"{}" the mayor said.',
        "‘{}",
        "'{}' That was all that the mayor would say.",
        "“We will not rest.\nNobody sleeps.” “{}”",
    ],
)
def test_the_same_words_quoted_are_no_part(told: str) -> None:
    words = "The gates will stay shut until every boat that is out there tonight has come home to us."
    left = "Women waited at the pier with lamps. " + told.format(words)
    right = "The council met until two in the morning. " + told.format(words) + " It meets again at noon."
    assert not find_copies([article("a", left), article("b", right)])
    assert find_copies([article("a", words + "\n" + left), article("b", words + "\n" + right)])


def test_what_stands_in_many_texts_is_nobodys() -> None:
    line = (
        "Since the first gate was shut more than ninety people have lost their boats, their nets or both to the storms."
    )
    told = [
        f"{name} came ashore on day {n}. {line}"
        for n, name in enumerate(("Anna", "Bo", "Carl", "Dina", "Eva", "Finn", "Gro", "Hedda"))
    ]
    assert {copy.kind for copy in find_copies(article(str(n), text) for n, text in enumerate(told[:3]))} == {"part"}
    assert not find_copies(article(str(n), text) for n, text in enumerate(told))


def test_a_line_that_very_many_texts_have_is_nobodys_even_where_few_are_compared() -> None:
    line = "Anyone who saw a boat adrift that night is asked to call the harbour office before the end of the week."
    shared = "Nobody in the village can remember a night on which so many lamps were lit along the quay at once."
    told = [f"On page {n} there was a drawing of ship {n * n}. {line}" for n in range(60)]
    pool = [article(f"{n:02}", text, published=dt.date(2031, 3, 1 + n // 3)) for n, text in enumerate(told)]
    assert not find_copies(pool)
    late = [
        article(name, f"{text} {shared}", published=dt.date(2031, 4, day))
        for name, text, day in (
            ("x", told[3].replace("drawing", "map of the course"), 1),
            ("y", f"Eva wrote to us again. {line}", 2),
        )
    ]
    found = [copy for copy in find_copies([*pool, *late]) if copy.article == "y"]
    assert [(copy.copy_of, [span.text for span in copy.sentences]) for copy in found] == [("x", [shared])]


def test_some_sentences_of_a_text_printed_very_often_are_a_part() -> None:
    prints = [article(f"print {n:02}", WIRE, published=dt.date(2031, 3, 3)) for n in range(50)]
    some = " ".join(f"{sentence}." for sentence in WIRE.split(". ")[1:3])
    took = article("took", f"The quay was quiet on Tuesday. {some} We went home.", published=dt.date(2031, 3, 4))
    (part,) = (copy for copy in find_copies([*prints, took]) if copy.article == "took")
    assert (part.copy_of, part.kind, len(part.sentences)) == ("print 00", "part", 2)


def test_a_text_and_its_copies_are_one_of_the_many() -> None:
    prints = [article(f"print {n}", WIRE, published=dt.date(2031, 3, 3)) for n in range(9)]
    found = find_copies([*prints, article("took", TOOK, published=dt.date(2031, 3, 4))])
    assert {(copy.article, copy.copy_of, copy.kind) for copy in found} == {
        ("took", "print 0", "part"),
        *((f"print {n}", "print 0", "whole") for n in range(1, 9)),
    }


def test_each_sentence_is_taken_from_one_text() -> None:
    first, second = ". ".join(WIRE.split(". ")[:3]) + ".", OTHER
    both = (
        f"A reader asked us what happened. {first} {second} We could tell her no more than that today, and she hung up."
    )
    dates = (dt.date(2031, 3, 3), dt.date(2031, 3, 4), dt.date(2031, 3, 5), dt.date(2031, 3, 6))
    texts = (WIRE, first + " " + " ".join(f"Page {n} was about the weather." for n in range(4)), OTHER, both)
    found = find_copies(
        article(name, text, published=day) for name, text, day in zip("abcd", texts, dates, strict=True)
    )
    parts = {copy.copy_of: len(copy.sentences) for copy in found if copy.article == "d"}
    assert parts == {"a": 3, "c": 4}


def test_who_is_named_in_the_text_is_credited() -> None:
    late, early = dt.date(2031, 3, 4), dt.date(2031, 3, 3)
    weather = " ".join(f"On day {n} of the month it rained on the roofs." for n in range(6))
    told = f"{weather} The Sandvik Post told first how it went. {TOOK} {weather.replace('rained', 'snowed')}"
    found = find_copies(
        [
            article("paper", WIRE, publisher="Sandvik Post", published=late),
            article("blog", told, publisher="Fog", published=early),
        ]
    )
    assert [(copy.article, copy.copy_of) for copy in found] == [("blog", "paper")]
    assert found[0].evidence == "1 of 16 sentences; it credits Sandvik Post"
    line = Dateline(place="SANDVIK", outlet="CW", date=None, start=0, end=12)
    found = find_copies(
        [
            article("paper", "SANDVIK (CW) " + WIRE, dateline=line, published=late),
            article("blog", "The captain told CW that he saw nothing. " + TOOK, published=early),
        ]
    )
    assert found[0].evidence == "1 of 4 sentences; it credits CW"


def test_a_report_in_a_copied_sentence_is_the_originals() -> None:
    def copy(a: str, b: str, kind: str, *spans: tuple[int, int]) -> Copy:
        sentences = tuple(Span(start=s, end=e, text="") for s, e in spans)
        return Copy(
            article=a,
            copy_of=b,
            share=0.5,
            evidence="",
            kind="whole" if kind == "whole" else "part",
            sentences=sentences,
        )

    def at(name: str, where: str, start: int) -> str | None:
        told = entry(name, article=where)
        trigger = dataclasses.replace(told.report.trigger, start=start, end=start + 7)
        told = dataclasses.replace(told, report=dataclasses.replace(told.report, trigger=trigger))
        return original_of_report(told, copies)

    copies = [copy("b", "a", "whole"), copy("c", "b", "part", (100, 160)), copy("c", "d", "part", (200, 260))]
    assert at("r", "b", 5) == "a"
    assert at("r", "c", 120) == "a"
    assert at("r", "c", 200) == "d"
    assert at("r", "c", 155) is None
    assert at("r", "a", 120) is None
    assert original_of(copies) == {"b": "a"}


def test_people_decide_on_copies() -> None:
    def said(left: str, right: str, same: bool | None) -> Judgement:
        return Judgement(left=left, right=right, same=same, by="ana", at=dt.datetime(2031, 3, 5, tzinfo=dt.UTC))

    whole = Copy(article="b", copy_of="a", share=0.9, evidence="")
    part = Copy(article="b", copy_of="c", share=0.2, evidence="", kind="part")
    assert judged_copies([whole, part], []) == [whole, part]
    assert judged_copies([whole, part], [said("b", "a", False)]) == [part]
    assert judged_copies([whole, part], [said("b", "a", False), said("b", "a", None)]) == [whole, part]
    assert judged_copies([whole, part], [said("b", "a", True)]) == [whole, part]
    forced = Copy(article="b", copy_of="d", share=1.0, evidence="judged by ana on 2031-03-05")
    assert judged_copies([whole, part], [said("b", "d", True)]) == [part, forced]
    assert judged_copies([whole], [said("a", "b", True)]) == [
        Copy(article="a", copy_of="b", share=1.0, evidence="judged by ana on 2031-03-05")
    ]
    assert judged_copies([whole], [said("a", "b", False)]) == [whole]


@given(
    keys=st.lists(st.sets(st.integers(0, 12), max_size=5), max_size=12),
    whole=st.integers(1, 5),
    near=st.integers(1, 4),
)
def test_candidates_share_a_rare_key_or_several_common_ones(keys: list[set[int]], whole: int, near: int) -> None:
    rules = dataclasses.replace(load_rules(), copies={**load_rules().copies, "whole": whole, "near": near})
    wanted = set()
    common: Counter[tuple[int, int]] = Counter()
    for key in range(13):
        holders = [number for number, found in enumerate(keys) if key in found]
        if len(holders) <= whole:
            wanted |= {(a, b) for a in holders for b in holders if a < b}
        else:
            common.update((a, b) for a in holders[:near] for b in holders if a < b)
    wanted |= {pair for pair, count in common.items() if count > rules.copies["marks"]}
    arrays = [np.array(sorted(found), np.uint64) for found in keys]
    assert {tuple(pair) for pair in candidates(arrays, rules).pairs.tolist()} == wanted


@given(st.data())
def test_many_pairs_at_once_are_proved_like_each_by_itself(data: st.DataObject) -> None:
    """Against sets of three-word sequences, sentence by sentence."""
    rules, share = load_rules(), 0.6
    line = st.lists(st.sampled_from("ab"), min_size=1, max_size=14).map(lambda found: " ".join(found) + "\n")
    texts = data.draw(st.lists(st.lists(line, max_size=4).map("".join), min_size=2, max_size=5))
    bodies = [sketch(article(str(n), text), rules)[1] for n, text in enumerate(texts)]
    pairs = np.array([(a, b) for a in range(len(texts)) for b in range(a + 1, len(texts))])
    wanted = {}
    for a, b in pairs.tolist():
        halves = [_naive(bodies[x], bodies[y], share, rules) for x, y in ((a, b), (b, a))]
        if any(whole or max(proof, default=0) >= 10 for _, proof, whole in halves):
            wanted[a, b] = halves
    found = {
        (a, b): [(half.found, half.proof, half.whole) for half in halves]
        for a, b, *halves in prove(pairs, pile(bodies), share, rules)
    }
    assert found == wanted


def _naive(this: Body, other: Body, share: float, rules: Rules) -> tuple[tuple[int, ...], tuple[int, ...], bool]:
    there = set(other.threes.tolist())
    found, proof = [], []
    for number in range(len(this.spans)):
        mine = slice(this.firsts[number], this.firsts[number + 1])
        flags = [three in there for three in this.threes[mine].tolist()]
        both = sum(flag and own for flag, own in zip(flags, this.own[mine].tolist(), strict=True))
        if sum(flags) >= rules.copies["sentence_share"] * len(flags):
            found.append(number)
            proof.append(both + 2 if both and both >= rules.copies["sentence_share"] * this.own[mine].sum() else 0)
    total = len(this.spans)
    return tuple(found), tuple(proof), total > 0 and len(found) / total >= share and len(found) >= min(3, total)


def _bands(text: str) -> Hashes:
    rules = load_rules()
    plain = dataclasses.replace(rules, copies={**rules.copies, "marks": 0, "bands": 256, "rows": 1})
    return sketch(article("a", text), plain)[0]


def test_bands_are_shared_as_often_as_texts_are_alike() -> None:
    """Against datasketch: of bands of one row two texts share as many as their Jaccard similarity says."""
    rng = random.Random(7)
    for kept in (0.9, 0.6, 0.3):
        one = [rng.choice("kalmenso") * rng.randint(1, 3) + str(rng.randint(0, 999)) for _ in range(200)]
        two = one[: int(200 * kept)] + [f"new{n}" for n in range(200 - int(200 * kept))]
        sketches = []
        for text in (one, two):
            rows = {" ".join(text[n : n + 4]).encode() for n in range(197)}
            sketches.append(MinHash(256))
            sketches[-1].update_batch(list(rows))
        shared = np.intersect1d(_bands(" ".join(one)), _bands(" ".join(two))).size / 256
        assert shared == pytest.approx(sketches[0].jaccard(sketches[1]), abs=0.12)


@given(text=st.text(st.sampled_from("ab c.\n\"'‘’“”\ud800é"), max_size=60))
def test_any_text_has_a_body_and_a_sketch(text: str) -> None:
    rules = load_rules()
    keys, found = sketch(article("a", text), rules)
    assert len(found.firsts) == len(found.spans) + 1
    assert found.firsts[-1] == len(found.threes) == len(found.own)
    assert (np.diff(keys.astype(float)) > 0).all()
    assert bool(len(keys)) == bool(len(found.spans))
