"""The cases of docs/status.md: each row of its table is run."""

import re
from pathlib import Path

import pytest

from reportedly.linking import origins_of, status_of
from reportedly.records import Actor, Copy, Entry
from tests.linking.making import EASTLAND_MINISTRY, NORTHLAND, NORTHLAND_ARMY, SOUTHLAND, SOUTHLAND_MINISTRY, entry

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
POST = {"publisher": "Harbour Post"}
GAZETTE = {"publisher": "Hill Gazette"}

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
    status, reason, grade = status_of(entries, origins_of(entries, COPIES))
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
