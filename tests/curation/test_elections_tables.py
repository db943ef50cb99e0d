"""Councils, lists and absences of an election, read from tables."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from parties.models import Absence, Event, Party
from statements.curation.elections import table_files, tables
from tests.curation.elections import FRONT, codes, election
from tests.curation.staff import enter, national
from tests.quiz.browser import text

pytestmark = pytest.mark.django_db


def files(**written: str) -> dict[str, Any]:
    return {
        name: SimpleUploadedFile(f"{name}.csv", content.encode())
        for name, content in written.items()
    }


CONTESTS = "# bron\nmunicipality,seats\nGM0344,45\nGM0014,\n"
PARTIES = "municipality;slug;name;seats\nGM0344;plein;Partij van het Plein;3\nGM0344;blanco;;\n"
ABSENCES = 'municipality,votes_in,next_election,reason\nGM0034,GM0344,2026-03-18,"Nu niet, later"\n'


def test_councils_lists_and_absences_are_read_from_tables(client: Client) -> None:
    enter(client, national())
    made = election()
    page = f"{FRONT}hi2022/gemeenten/tabellen/"
    for _ in range(2):  # what is there is updated by its key
        written = files(contests=CONTESTS, parties=f"\ufeff{PARTIES}", absences=ABSENCES)
        assert client.post(page, written).status_code == 302
    assert made.contests.get(municipality="GM0344").seats == 45
    parties = Party.objects.filter(contest__election=made)
    assert {each.name for each in parties} == {"Partij van het Plein", ""}
    absence = Absence.objects.get(election=made)
    assert (absence.votes_in_id, absence.reason) == ("GM0344", "Nu niet, later")
    assert Event.objects.filter(act="ballots-read").count() == 2


def test_the_facts_of_2022_can_be_read_as_they_are(client: Client, data: Any) -> None:
    enter(client, national())
    made = election()
    folder = data / "elections" / "gr2022"
    written = {name: (folder / f"{name}.csv").read_text() for name in ("contests", "parties")}
    written["absences"] = (folder / "absences.csv").read_text()
    assert client.post(f"{FRONT}hi2022/gemeenten/tabellen/", files(**written)).status_code == 302
    earlier = Party.objects.filter(contest__election__slug="gr2022")
    expected = earlier.filter(contest__municipality__is_example=False).count()
    assert Party.objects.filter(contest__election=made).count() == expected


def test_invented_municipality_can_be_ticked_and_read(client: Client) -> None:
    enter(client, national())
    made = election()
    page = f"{FRONT}hi2022/gemeenten/"
    assert "Verzonnen gemeenten" in text(client.get(page))
    assert client.post(page, {"municipalities": ["VB0001"]}).status_code == 302
    table = "municipality,seats\nVB0001,21\n"
    assert client.post(f"{page}tabellen/", files(contests=table)).status_code == 302
    assert made.contests.get().seats == 21


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ({}, "Kies ten minste één bestand."),
        ({"contests": ""}, "contests.csv, de tabel is leeg."),
        ({"contests": "# niets\n"}, "de tabel is leeg."),
        ({"contests": "gemeente,zetels\nGM0344,1\n"}, "regel 1: de eerste rij moet zijn"),
        ({"contests": f"{CONTESTS}GM0034\n"}, "regel 5: 1 kolommen in plaats van 2."),
        ({"contests": f"{CONTESTS}GM9999,1\n"}, "regel 5: “GM9999” is geen gemeente"),
        ({"contests": f"{CONTESTS}GM0014,1\n"}, "regel 5: dit staat ook al op regel 4."),
        ({"contests": f"{CONTESTS}GM0034,0\n"}, "regel 5: seats “0” is geen getal van 1"),
        ({"contests": 'municipality,seats\n"GM0344,1\n'}, "de aanhalingstekens kloppen niet."),
        ({"contests": "PK\x03\x00\x00"}, "dit is geen tekstbestand."),
        ({"parties": PARTIES}, "regel 2: GM0344 kiest geen gemeenteraad."),
        (
            {"contests": CONTESTS, "parties": f"{PARTIES}GM0344;Plein!;x;\n"},
            "regel 4: slug “Plein!”",
        ),
        (
            {"contests": CONTESTS, "parties": f"{PARTIES}GM0344;x;{'x' * 121};\n"},
            "name is te lang: 121 van de 120 tekens.",
        ),
        ({"contests": f"{CONTESTS}GM0034,1\n", "absences": ABSENCES}, "GM0034 kiest wel"),
        ({"absences": ABSENCES}, "regel 2: GM0344 kiest geen gemeenteraad."),
        (
            {"contests": CONTESTS, "absences": ABSENCES.replace("2026-03-18", "ooit")},
            "next_election “ooit” is geen dag",
        ),
        (
            {"contests": CONTESTS, "absences": ABSENCES.replace('"Nu niet, later"', "")},
            "reason is leeg",
        ),
    ],
)
def test_table_that_is_wrong_says_where_and_nothing_is_read(
    client: Client, written: dict[str, str], said: str
) -> None:
    enter(client, national())
    made = election()
    response = client.post(f"{FRONT}hi2022/gemeenten/tabellen/", files(**written))
    assert response.status_code == 422
    assert said in text(response)
    assert not codes(made)
    assert not made.absences.exists()


def test_problem_of_a_table_names_the_file_as_the_person_has_it(client: Client) -> None:
    enter(client, national())
    election()
    file = SimpleUploadedFile("mijn gemeenten.csv", b"municipality,seats\nGM9999,1\n")
    response = client.post(f"{FRONT}hi2022/gemeenten/tabellen/", {"contests": file})
    page = text(response)
    assert "mijn gemeenten.csv, regel 2" in page
    assert "contests.csv" not in page


def test_only_the_first_problems_of_many_are_shown() -> None:
    table = table_files.read("municipality,seats\n" + "x,1\n" * 30, table_files.COUNCILS)
    tables.councils(table, {"GM0344"})
    shown = list(tables.first_problems([("contests.csv", table)]))
    assert len(shown) == tables.MOST_PROBLEMS + 1
    assert shown[-1] == "En nog 10 andere."
