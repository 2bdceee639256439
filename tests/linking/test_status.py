"""The cases of docs/status.md: each row of its table is run."""

import datetime as dt
import re
from pathlib import Path

import pytest

from reportedly.linking import original_of, origins_of, status_of
from reportedly.records import Actor, Copy, Entry
from tests.linking.making import (
    EASTLAND_MINISTRY,
    MONDAY,
    NORTHLAND,
    NORTHLAND_ARMY,
    SOUTHLAND,
    SOUTHLAND_MINISTRY,
    days,
    entry,
    party,
)

ARMY = {"source": (NORTHLAND_ARMY.name, "organisation"), "actor": NORTHLAND_ARMY}
FOREIGN_MINISTRY = {
    "source": ("Northland's foreign ministry", "organisation"),
    "actor": Actor(name="Northland's foreign ministry", country="NOR", sectors=("GOV",), kind="organisation"),
}
HILL_GUARD = {
    "source": ("Hill Guard", "organisation"),
    "actor": Actor(name="Hill Guard", country="IMG", sectors=("UAF",), kind="group"),
}
EASTLAND = {"source": (EASTLAND_MINISTRY.name, "organisation"), "actor": EASTLAND_MINISTRY}
SOUTH = {"source": (SOUTHLAND_MINISTRY.name, "organisation"), "actor": SOUTHLAND_MINISTRY}
WATCHDOG = {"source": ("Watch on Arms", "organisation")}
OPPOSITION = {
    "source": ("Ada Berg", "person"),
    "actor": Actor(name="Ada Berg", country="NOR", sectors=("OPP",), kind="person"),
}
TALKS = {"kind": "CONSULT", "actors": (NORTHLAND,), "recipients": (SOUTHLAND,)}
NO = {"stance": "denies", "certainty": "CT-"}
MUTE = {"stance": "declines", "certainty": "UU"}
DOUBT = {"stance": "doubts", "certainty": "UU"}
YES = {"stance": "confirms"}
POST = {"publisher": "Harbour Post"}
GAZETTE = {"publisher": "Hill Gazette"}
TUESDAY = {"published": MONDAY + dt.timedelta(days=1)}
WEDNESDAY = {"published": MONDAY + dt.timedelta(days=2)}
UNNAMED = {"source": ("a source", "unnamed")}
OFFICIALS = {"source": ("officials", "official")}
OFFICER = {"source": ("a Northland officer", "unnamed"), "actor": NORTHLAND_ARMY}
PRESIDENT = {"source": ("Eastland's president", "official"), "actor": EASTLAND_MINISTRY}
AGENCY = {
    "source": ("Eastland News", "outlet"),
    "actor": Actor(name="Eastland News", country="FIN", sectors=("GOV", "JRN"), kind="outlet"),
}
HEARSAY = {"source": None}
HEDGED = {"certainty": "PS+"}
ON_SOUTHLAND = {"recipients": (SOUTHLAND,)}
UNTYPED = {"kind": None, "actors": (), "recipients": ()}
BLAMES_SOUTHLAND = {"actors": (SOUTHLAND,), "recipients": ()}
BLAMES_NORTHLAND = {"actors": (NORTHLAND,), "recipients": ()}

CASES: dict[str, list[dict[str, object]]] = {
    "boast": [ARMY | POST],
    "boast, two outlets": [ARMY | POST, ARMY | GAZETTE],
    "self-contradiction": [ARMY | POST, FOREIGN_MINISTRY | NO | POST],
    "victim disputes": [ARMY | POST, HILL_GUARD | NO | POST],
    "outsider denies": [ARMY | POST, EASTLAND | NO | POST],
    "one-sided deal": [ARMY | TALKS | POST, SOUTH | TALKS | NO | POST],
    "victim's word": [HILL_GUARD | POST],
    "victim's word, two outlets": [HILL_GUARD | POST, HILL_GUARD | GAZETTE],
    "claim and denial": [HILL_GUARD | POST, ARMY | NO | POST],
    "denial alone": [ARMY | NO | POST],
    "negated": [ARMY | POST | {"negated": True}],
    "denial and refusal": [ARMY | NO | POST, EASTLAND | MUTE | POST],
    "two outlets": [POST, GAZETTE],
    "two outlets and a doubt": [POST, GAZETTE, WATCHDOG | DOUBT | POST],
    "wire and copy": [POST | {"article": "wire"}, GAZETTE | {"article": "copy"}],
    "credited": [POST, GAZETTE | {"origins": ("Harbour Post",)}],
    "two sides": [HILL_GUARD | POST, EASTLAND | GAZETTE],
    "authority": [EASTLAND | POST | {"stance": "confirms"}],
    "unnamed confirmation": [POST | {"source": ("a source", "unnamed"), "stance": "confirms"}],
    "asked and silent": [POST, ARMY | MUTE | POST],
    "doubted": [POST, WATCHDOG | DOUBT | POST],
    "hedged": [POST | {"certainty": "PS+"}],
    "refusals alone": [ARMY | MUTE | POST],
    "judged only": [EASTLAND | POST | {"stance": "condemns"}],
    "citizens": [OPPOSITION | POST],
    "boast and witness": [ARMY | POST, GAZETTE],
    "boast doubted": [ARMY | POST, WATCHDOG | DOUBT | POST],
    "admission without a name": [OFFICER | POST],
    "attack confirmed by its doer": [POST, ARMY | YES | {"actors": ()} | POST],
    "citizens' deed": [FOREIGN_MINISTRY | POST | {"actors": (party("Northland fishing boat", "NOR"),)}],
    "accused blames another": [POST, ARMY | BLAMES_SOUTHLAND | POST],
    "each blames the other": [ARMY | BLAMES_SOUTHLAND | POST, SOUTH | BLAMES_NORTHLAND | GAZETTE],
    "no type, own deed": [ARMY | UNTYPED | {"actors": (party("Northland's army", "NOR", "MIL"),)} | POST],
    "no type, deed of its state": [ARMY | UNTYPED | {"actors": (NORTHLAND,)} | POST],
    "no type, confirmed": [UNTYPED | POST, EASTLAND | YES | UNTYPED | POST],
    "no type, denied": [ARMY | NO | UNTYPED | POST],
    "reversal of a doer": [ARMY | NO | POST, ARMY | YES | POST | TUESDAY],
    "reversal of an authority": [POST, EASTLAND | MUTE | POST, EASTLAND | YES | POST | TUESDAY],
    "reversal to denial": [EASTLAND | POST, EASTLAND | NO | POST | TUESDAY],
    "reversal in two outlets": [EASTLAND | NO | POST, EASTLAND | YES | GAZETTE | TUESDAY],
    "both on one day": [EASTLAND | NO | POST, EASTLAND | YES | GAZETTE],
    "both, one without a day": [EASTLAND | NO | POST | {"published": None}, EASTLAND | YES | GAZETTE],
    "officials without a name": [OFFICIALS | NO | POST, OFFICIALS | YES | POST | TUESDAY],
    "old beside new": [
        EASTLAND | NO | POST,
        EASTLAND | NO | POST | TUESDAY | {"article": "x"},
        EASTLAND | YES | POST | TUESDAY | {"article": "x"},
    ],
    "old words printed again": [
        EASTLAND | NO | POST | {"content": "there was nothing of the sort"},
        EASTLAND | YES | POST | TUESDAY,
        EASTLAND | NO | GAZETTE | WEDNESDAY | {"content": "There was nothing of the sort"},
    ],
    "later refusal": [EASTLAND | YES | POST, EASTLAND | MUTE | POST | TUESDAY],
    "retraction": [POST, POST | NO | TUESDAY],
    "retraction, another stands by it": [POST, POST | NO | TUESDAY, GAZETTE],
    "retraction of one of two": [POST, POST | DOUBT | TUESDAY, GAZETTE],
    "denial and its copy": [ARMY | NO | POST | {"article": "wire"}, ARMY | NO | GAZETTE | {"article": "copy"}],
    "one agency, three outlets": [
        POST | {"origins": ("Meridian Newswire",)},
        GAZETTE | {"origins": ("Meridian Newswire",)},
        {"publisher": "Lakeside Times", "origins": ("Meridian Newswire",)},
    ],
    "two officials of one state": [EASTLAND | POST, PRESIDENT | GAZETTE],
    "a state and its news agency": [EASTLAND | POST, AGENCY | GAZETTE],
    "victim's state and watchdog": [SOUTH | ON_SOUTHLAND | POST, WATCHDOG | ON_SOUTHLAND | GAZETTE],
    "two sides, one outlet": [SOUTH | ON_SOUTHLAND | POST, WATCHDOG | ON_SOUTHLAND | POST],
    "sources without a name": [UNNAMED | POST, {"source": ("a security official", "unnamed")} | GAZETTE],
    "source without a name and outlet": [UNNAMED | POST, GAZETTE],
    "outlets resting on sources": [
        UNNAMED | POST | {"article": "x"},
        POST | {"article": "x"},
        UNNAMED | GAZETTE | {"article": "y"},
        GAZETTE | {"article": "y"},
    ],
    "outlet and hearsay": [POST, HEARSAY | GAZETTE],
    "hedged twice": [POST | HEDGED, GAZETTE | HEDGED],
    "firm and hedged": [HILL_GUARD | POST, EASTLAND | POST, GAZETTE | HEDGED],
    "hedged and denied": [POST | HEDGED, ARMY | NO | POST],
    "hedged and doubted": [POST | HEDGED, WATCHDOG | DOUBT | POST],
    "claimed and condemned": [HILL_GUARD | POST, EASTLAND | POST | {"stance": "condemns"}],
    "outsider's denial alone": [EASTLAND | NO | POST],
    "denial and doubt": [ARMY | NO | POST, WATCHDOG | DOUBT | POST],
    "authority and denial": [EASTLAND | YES | POST, ARMY | NO | POST],
    "authority and doubt": [EASTLAND | YES | POST, WATCHDOG | DOUBT | POST],
    "two outlets, one asked and silent": [POST, GAZETTE, ARMY | MUTE | POST],
    "victim's state confirms alone": [SOUTH | YES | ON_SOUTHLAND | POST],
    "victim's state confirms a report": [POST | ON_SOUTHLAND, SOUTH | YES | ON_SOUTHLAND | POST],
    "rebels confirm": [HILL_GUARD | YES | ON_SOUTHLAND | POST],
    "said, and no more to say": [EASTLAND | POST, EASTLAND | MUTE | POST],
    "could not be verified": [HILL_GUARD | POST, POST | MUTE],
    "doubt alone": [WATCHDOG | DOUBT | POST],
    "may not have happened": [POST, WATCHDOG | {"negated": True, "certainty": "PS+"} | POST],
    "denial older than the deed": [
        HILL_GUARD | POST | WEDNESDAY | {"time": days(MONDAY + dt.timedelta(days=2))},
        ARMY | NO | POST,
    ],
    "plan denied before its day": [
        POST | {"modality": "planned", "time": days(MONDAY + dt.timedelta(days=9))},
        ARMY | NO | POST,
    ],
}
COPIES = [Copy(article="copy", copy_of="wire", share=1.0, evidence="")]


def documented() -> dict[str, tuple[str, int]]:
    text = (Path(__file__).parents[2] / "docs" / "status.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([^|]+) \| [^|]+ \| `(\w+)` \| (\d) \|$", text.split("## Cases")[1], re.MULTILINE)
    return {name.strip(): (status, int(grade)) for name, status, grade in rows}


def entries_of(case: str) -> list[Entry]:
    return [entry(f"r{n}", **fields) for n, fields in enumerate(CASES[case])]  # type: ignore[arg-type]


def test_the_table_and_the_cases_are_the_same() -> None:
    assert set(documented()) == set(CASES)


@pytest.mark.parametrize("case", CASES)
def test_case(case: str) -> None:
    entries = entries_of(case)
    status, reason, grade = status_of(entries, origins_of(entries, COPIES), originals=original_of(COPIES))
    assert (status, grade) == documented()[case], reason
    assert reason


def test_a_states_officials_are_one_voice() -> None:
    two = [EASTLAND | POST, EASTLAND | GAZETTE | {"source": ("Eastland's president", "official")}]
    entries = [entry(f"r{n}", **fields) for n, fields in enumerate(two)]  # type: ignore[arg-type]
    assert status_of(entries, origins_of(entries))[:2] == (
        "claimed",
        "2 origins, but one side only: Eastland's defence ministry and Eastland's president",
    )


def test_an_outlet_that_gives_its_source_rests_on_it() -> None:
    said = [
        HILL_GUARD | POST | {"article": "x"},
        POST | {"article": "x"},
        HILL_GUARD | GAZETTE | {"article": "y"},
        GAZETTE | {"article": "y"},
    ]
    entries = [entry(f"r{n}", **fields) for n, fields in enumerate(said)]  # type: ignore[arg-type]
    assert status_of(entries, origins_of(entries))[0] == "claimed"
