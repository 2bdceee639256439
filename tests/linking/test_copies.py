import datetime as dt
import itertools

from reportedly.linking import find_copies, original_of
from reportedly.linking.text import outlet_key, sentence_spans
from reportedly.records import Article, Copy, Dateline, Skipped

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


def test_a_long_article_that_holds_an_earlier_short_one_is_no_copy() -> None:
    longer = OTHER + " " + WIRE + " " + OTHER.replace("forty", "two").replace("fuel", "dinner").replace("fog", "rain")
    short = ". ".join(WIRE.split(". ")[:3]) + "."
    early, late = dt.date(2031, 3, 3), dt.date(2031, 3, 4)
    assert not find_copies([article("a", short, published=early), article("b", longer, published=late)])
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
