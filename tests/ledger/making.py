"""Readings made by hand and by hypothesis. All incidents are invented."""

import datetime as dt
import hashlib
from typing import Any

from hypothesis import strategies as st

from reportedly.records import (
    Actor,
    Article,
    Dateline,
    Mention,
    Note,
    Number,
    Origin,
    Party,
    Place,
    Reading,
    Report,
    Run,
    Skipped,
    Source,
    Span,
    Statement,
    TimeSpan,
    make_id,
)

RUN = Run(version="0.1", parser="hand 1", language="en", settings="abc", models=("none",))
LATER_RUN = Run(version="0.2", parser="hand 1", language="en", settings="abc")
TEXT = "SANDVIK (Coast Wire) - Northland shelled the Hill Guard at Sandvik on Monday, killing four, its army said. Share this."
DAY = dt.date(2031, 3, 3)


def span(words: str, text: str = TEXT) -> dict[str, Any]:
    start = text.index(words)
    return {"start": start, "end": start + len(words), "text": words}


def article(name: str = "a", text: str = TEXT, **fields: Any) -> Article:
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Article(id=name, sha256=digest, text=text, **fields)


def reading(name: str = "a", run: Run = RUN, stance: Any = "asserts", **fields: Any) -> Reading:
    """A reading of one statement by Northland's army, with one report."""
    head: dict[str, Any] = {"publisher": "Harbour Post", "published": DAY, "url": f"https://post.example/{name}"}
    head |= fields
    text = head.pop("text", TEXT)
    line = Dateline(place="SANDVIK", outlet="Coast Wire", date=None, start=0, end=22) if text == TEXT else None
    skipped = (Skipped(**{k: v for k, v in span("Share this.", text).items() if k != "text"}, reason="share"),)
    army = Mention(
        id=make_id("mention", name, "army"),
        kind="organisation",
        **span("its army", text),
        name="Northland's army",
        actor=Actor(name="Northland's army", country="NOR", sectors=("MIL",), kind="organisation"),
    )
    said = Statement(
        id=make_id("statement", name, text),
        source=Source(mention=army.id, **span("its army", text), name="Northland's army", kind="organisation"),
        cue=Span(**span("said", text)),
        cue_class="say",
        content=(Span(**span("Northland shelled the Hill Guard at Sandvik on Monday, killing four", text)),),
        quote="indirect",
    )
    report = Report(
        id=make_id("report", said.id, "shelled"),
        statement=said.id,
        type="ASSAULT",
        quad="material conflict",
        mode="heavy-weapons",
        trigger=Span(**span("shelled", text)),
        actors=(Party(mention=None, **span("Northland", text), name="Northland", country="NOR"),),
        recipients=(
            Party(mention=None, **span("the Hill Guard", text), name="Hill Guard", country="IMG", sectors=("UAF",)),
        ),
        place=Place(
            **span("Sandvik", text), name="Sandvik", country="NOR", lat=60.1, lon=5.2, geonameid=7, radius_km=5.0
        ),
        time=TimeSpan(**span("on Monday", text), first=DAY, last=DAY, grain="day", value=DAY.isoformat()),
        killed=4,
        numbers=(Number(kind="killed", low=4, high=4, **span("four", text)),),
        stance=stance,
    )
    return Reading(
        run=run,
        article=article(name, text, dateline=line, skipped=skipped, **head),
        mentions=(army,),
        statements=(said,),
        reports=(report,),
        origins=(Origin(name="Coast Wire", **span("Coast Wire", text)),) if text == TEXT else (),
        notes=(Note(code="no-language"),),
    )


# Any text that Python holds: NUL, half surrogate pairs, the mark that the ledger stores those by.
TEXTS = st.text(
    st.one_of(st.characters(exclude_categories=()), st.sampled_from("\x00\ue000\ud800\udfff–é🙂")), max_size=20
)
NAMES = st.none() | TEXTS
COUNTS = st.integers(0, 10**30)
DAYS = st.dates()
MOMENTS = st.datetimes(timezones=st.none() | st.just(dt.UTC) | st.just(dt.timezone(dt.timedelta(hours=5, minutes=45))))


@st.composite
def readings(draw: st.DrawFn, ids: st.SearchStrategy[str] = TEXTS) -> Reading:
    """Any reading whose ids are distinct; offsets and words need not fit the text."""

    def words() -> dict[str, Any]:
        return {"start": draw(st.integers(0, 99)), "end": draw(st.integers(0, 99)), "text": draw(TEXTS)}

    text = draw(TEXTS)
    mentions = tuple(
        Mention(
            id=f"m{n}",
            kind=draw(st.sampled_from(["person", "other"])),
            **words(),
            name=draw(NAMES),
            actor=draw(
                st.none()
                | st.builds(Actor, name=TEXTS, country=st.none() | st.just("NOR"), sectors=st.just(("MIL", "GOV")))
            ),
        )
        for n in range(draw(st.integers(0, 2)))
    )
    statements = tuple(
        Statement(
            id=f"s{n}",
            source=draw(
                st.none()
                | st.builds(Source, text=NAMES, name=NAMES, mention=st.none() | st.just("m0"), kind=st.just("person"))
            ),
            cue=Span(**words()) if draw(st.booleans()) else None,
            cue_class=draw(st.none() | st.just("deny")),
            content=tuple(Span(**words()) for _ in range(draw(st.integers(0, 2)))),
            quote="mixed",
            relayed_by=draw(NAMES),
        )
        for n in range(draw(st.integers(1, 2)))
    )
    reports = tuple(
        Report(
            id=f"r{n}",
            statement="s0",
            type=draw(st.none() | st.just("ASSAULT")),
            quad=None,
            contexts=draw(st.sampled_from([(), ("military", "legal")])),
            trigger=Span(**words()),
            actors=tuple(Party(mention=None, **words()) for _ in range(draw(st.integers(0, 2)))),
            place=Place(
                **words(),
                lat=draw(st.floats(-90, 90)),
                geometry=draw(st.none() | st.just({"type": "Polygon", "coordinates": [[[1.5, 2.0], [3.0, 4.0]]]})),
            )
            if draw(st.booleans())
            else None,
            time=TimeSpan(**words(), first=draw(st.none() | DAYS)) if draw(st.booleans()) else None,
            killed=draw(st.none() | COUNTS),
            numbers=tuple(
                Number(kind="killed", low=draw(COUNTS), high=draw(st.none() | COUNTS), **words())
                for _ in range(draw(st.integers(0, 1)))
            ),
            negated=draw(st.booleans()),
            stance=draw(st.sampled_from(["asserts", "denies", "declines"])),
            refers_to="r0" if n else None,
        )
        for n in range(draw(st.integers(0, 2)))
    )
    return Reading(
        run=draw(st.sampled_from([RUN, LATER_RUN])),
        article=article(
            draw(ids),
            text,
            url=draw(NAMES),
            title=draw(NAMES),
            publisher=draw(NAMES),
            published=draw(st.none() | DAYS | MOMENTS),
            retrieved=draw(st.none() | MOMENTS),
            skipped=tuple(Skipped(start=0, end=1, reason="form") for _ in range(draw(st.integers(0, 1)))),
            path=draw(NAMES),
        ),
        mentions=mentions,
        statements=statements,
        reports=reports,
        origins=tuple(Origin(name=draw(TEXTS), **words()) for _ in range(draw(st.integers(0, 1)))),
        notes=tuple(Note(code="no-date", detail=draw(NAMES)) for _ in range(draw(st.integers(0, 1)))),
    )
