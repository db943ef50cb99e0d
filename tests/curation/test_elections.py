"""A new election: made, filled with councils, lists and statements, in the browser only."""

from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from parties.elections import free_slug, seal
from parties.models import Absence, Contest, Election, Event, Municipality, Party
from statements.curation.elections import table_files, tables
from statements.models import Statement, Translation
from statements.translations import digest, statement_texts
from tests.curation.staff import KEY, colleague, enter, national, regional
from tests.quiz.browser import text

pytestmark = pytest.mark.django_db

FRONT = "/redactie/verkiezingen/"
NEW = f"{FRONT}nieuw/"
MADE = {"kind": "gr", "name": "Gemeenteraadsverkiezingen 2030", "date": "2030-03-20"}


def of(slug: str) -> Election:
    return Election.objects.get(slug=slug)


def election(slug: str = "hi2022", **fields: Any) -> Election:
    """One without anything."""
    day = datetime(2022, 11, 23).date()  # noqa: DTZ001
    return Election.objects.create(
        **({"slug": slug, "name": "Herindeling", "date": day, "municipality_year": 2022} | fields)
    )


def codes(which: Election) -> set[str]:
    return set(which.contests.values_list("municipality", flat=True))


def test_election_is_made_for_any_day(client: Client) -> None:
    nina = enter(client, national())
    fields = {"deadline_day": "2030-03-01", "deadline_time": "12:30"}
    response = client.post(NEW, MADE | fields)
    assert response.status_code == 302
    assert response["Location"] == f"{FRONT}gr2030/"
    made = of("gr2030")
    assert made.deadline == timezone.make_aware(datetime(2030, 3, 1, 12, 30))  # noqa: DTZ001
    assert made.municipality_year == max(
        year for each in Municipality.objects.all() for year in each.years
    )
    event = Event.objects.get(act="election-made")
    assert (event.by, event.election) == (nina, made)
    assert "Gemeenteraadsverkiezingen 2030" in text(client.get(FRONT))


def test_address_follows_from_kind_and_year(client: Client) -> None:
    enter(client, national())
    merger = MADE | {"kind": "hi", "date": "2030-11-20"}
    for slug in ("hi2030", "hi2030b", "hi2030c"):
        response = client.post(NEW, merger | {"name": f"Herindeling {slug}"})
        assert response["Location"] == f"{FRONT}{slug}/"
    page = text(client.get(response["Location"]))
    assert "Het adres is hi2030c, want hi2030 is al van een andere verkiezing." in page
    assert free_slug("gr", of("gr2022").date) == "gr2022b"
    assert client.post(NEW, merger | {"slug": "Proef2026"})["Location"] == f"{FRONT}proef2026/"


def test_election_without_councils_is_shown_to_voters_as_one(client: Client) -> None:
    enter(client, national())
    client.post(NEW, MADE)
    assert client.get("/").status_code == 200
    assert client.get("/gr2022/").status_code == 200


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": " "}, "Geef de verkiezing een naam."),
        ({"name": "x" * 81}, "hoogstens 80 tekens"),
        ({"date": ""}, "Kies de dag van de verkiezing."),
        ({"date": "2030-02-30"}, "Dit is geen dag."),
        ({"date": "1917-07-03"}, "Kies een dag in deze eeuw."),
        ({"kind": "xx"}, "xx"),
        ({"slug": "gemeenteraad"}, "zoals gr2030 of hi2026b"),
        ({"name": "gemeenteraadsverkiezingen  2022"}, "Er is al een verkiezing met deze naam."),
        ({"date": "2022-11-23"}, "Deze dag is al geweest."),
        ({"deadline_day": "2022-11-01"}, "Dit tijdstip is al voorbij."),
        ({"slug": "gr2022"}, "Er is al een verkiezing met dit adres."),
        ({"municipality_year": "1850"}, "1850"),
        ({"deadline_day": "2030-03-20"}, "voor de dag van de verkiezing begint"),
        ({"deadline_day": "straks"}, "Dit is geen dag."),
        ({"deadline_day": "2030-03-01", "deadline_time": "25:00"}, "Dit is geen tijd."),
        ({"deadline_time": "17:00"}, "Kies ook een dag"),
        (
            {"date": "2030-05-01", "deadline_day": "2030-03-31", "deadline_time": "02:30"},
            "Dit tijdstip bestaat niet",
        ),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_made(
    client: Client, fields: dict[str, str], said: str
) -> None:
    enter(client, national())
    count = Election.objects.count()
    response = client.post(NEW, MADE | fields)
    assert response.status_code == 422
    page = text(response)
    assert said in page
    assert 'class="error"' in page
    assert "Gemeenteraadsverkiezingen 2030" in page or "name" in fields
    assert Election.objects.count() == count


def test_deadline_until_the_last_minute_before_the_day(client: Client) -> None:
    enter(client, national())
    fields = {"deadline_day": "2030-03-19", "deadline_time": "23:59"}
    assert client.post(NEW, MADE | fields).status_code == 302


def test_name_and_deadline_are_changed_and_seen_by_the_second_editor(client: Client) -> None:
    enter(client, national())
    made = election()
    form = {"name": "Herindeling najaar", "seen": seal(made)}
    form |= {"deadline_day": "2022-11-01", "deadline_time": ""}
    assert "Dit tijdstip is al voorbij" in text(client.post(f"{FRONT}hi2022/", form))
    form |= {"closes_now": "ja"}
    assert client.post(f"{FRONT}hi2022/", form).status_code == 302
    made.refresh_from_db()
    assert made.deadline == timezone.make_aware(datetime(2022, 11, 1, 17))  # noqa: DTZ001
    response = client.post(f"{FRONT}hi2022/", form | {"name": "Te laat"})
    assert response.status_code == 409
    page = text(response)
    assert "De verkiezing heet nu Herindeling najaar" in page
    assert 'value="Te laat"' in page
    again = form | {"name": "Te laat", "seen": seal(made)}
    assert client.post(f"{FRONT}hi2022/", again).status_code == 302
    assert Event.objects.filter(act="election-deadline-changed").count() == 1
    assert Event.objects.filter(act="election-changed").count() == 1


def test_deadline_that_closes_at_once_says_how_many_lists_it_closes(client: Client) -> None:
    enter(client, national())
    gr2022 = of("gr2022")
    Election.objects.filter(pk=gr2022.pk).update(deadline=None)
    gr2022.refresh_from_db()
    lists = Party.objects.on_ballot().filter(contest__election=gr2022).count()
    own = Contest.objects.get(election=gr2022, municipality="VB0001")
    Contest.objects.filter(pk=own.pk).update(own_deadline=timezone.now())
    form = {"name": gr2022.name, "seen": seal(gr2022), "deadline_day": "2022-03-01"}
    assert client.post(f"{FRONT}gr2022/", form).status_code == 422
    response = client.post(f"{FRONT}gr2022/", form | {"closes_now": "ja"}, follow=True)
    closed = lists - own.parties.on_ballot().count()
    assert f"{closed} lijsten zijn nu gesloten" in text(response)


FACTS = {"date": "2031-03-19", "slug": "gr2031", "municipality_year": "2022", "is_past": ""}


def test_election_made_by_mistake_is_corrected(client: Client) -> None:
    enter(client, national())
    made = election()
    assert "Verander de dag, het adres of de jaren" in text(client.get(f"{FRONT}hi2022/"))
    form = FACTS | {"seen": seal(made)}
    response = client.post(f"{FRONT}hi2022/verbeteren/", form)
    assert response["Location"] == f"{FRONT}gr2031/"
    made.refresh_from_db()
    assert (made.slug, f"{made.date}", made.postcode_year) == ("gr2031", "2031-03-19", None)
    changes = Event.objects.get(act="election-corrected").details["changes"]
    assert changes["slug"] == ["hi2022", "gr2031"]
    response = client.post(f"{FRONT}gr2031/verbeteren/", form)
    assert response.status_code == 409
    assert "iemand anders veranderde dit intussen" in text(response)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"slug": ""}, "Vul het adres in"),
        ({"slug": "gr2022"}, "Er is al een verkiezing met dit adres."),
        ({"date": "2021-03-17"}, "Deze dag is al geweest."),
        ({"date": "2022-11-01", "is_past": "ja"}, "Verander eerst de termijn."),
        ({"municipality_year": "2018"}, "Niet alle gemeenten"),
        ({"municipality_year": ""}, "Kies een jaar."),
    ],
)
def test_correction_that_cannot_be_changes_nothing(
    client: Client, fields: dict[str, str], said: str
) -> None:
    enter(client, national())
    deadline = timezone.make_aware(datetime(2022, 11, 10, 17))  # noqa: DTZ001
    made = election(deadline=deadline)
    made.refresh_from_db()
    new = Municipality.objects.in_year(2022).exclude(years__contains=[2018])[0]
    Contest.objects.create(election=made, municipality=new)
    form = FACTS | {"seen": seal(made)} | fields
    response = client.post(f"{FRONT}hi2022/verbeteren/", form)
    assert response.status_code == 422
    assert said in text(response)
    made.refresh_from_db()
    assert made.slug == "hi2022"
    assert not Event.objects.filter(act="election-corrected").exists()


def test_day_does_not_come_before_the_deadline_of_one_council(client: Client) -> None:
    enter(client, national())
    made = election()
    late = timezone.make_aware(datetime(2031, 4, 1))  # noqa: DTZ001
    Contest.objects.create(election=made, municipality_id="GM0344", own_deadline=late)
    response = client.post(f"{FRONT}hi2022/verbeteren/", FACTS | {"seen": seal(made)})
    assert response.status_code == 422
    assert "een eigen termijn die na deze dag sluit" in text(response)


def test_election_with_answers_stays_as_it_is(client: Client) -> None:
    enter(client, national())
    made = of("gr2022")
    assert "staan vast" in text(client.get(f"{FRONT}gr2022/"))
    response = client.post(f"{FRONT}gr2022/verbeteren/", FACTS | {"seen": seal(made)})
    assert response.status_code == 409
    assert "Dit kan niet meer veranderen" in text(response)
    made.refresh_from_db()
    assert made.slug == "gr2022"


MERGED = {"name": "Nieuw Proefland", "province": "Utrecht", "code": "gm9998"}


def test_newly_merged_municipality_is_made_and_found_under_the_old_names(client: Client) -> None:
    enter(client, national())
    made = election()
    page = f"{FRONT}hi2022/gemeenten/nieuw/"
    response = client.post(page, MERGED | {"merging": ["GM0344", "GM0034"]}, follow=True)
    assert "Nieuw Proefland doet mee." in text(response)
    assert codes(made) == {"GM9998"}
    new = Municipality.objects.get(code="GM9998")
    assert (new.slug, new.province, new.years, new.is_example) == (
        "nieuw-proefland",
        "Utrecht",
        [],
        False,
    )
    assert set(new.places.values_list("name", "since")) == {("Utrecht", 2022), ("Almere", 2022)}
    details = Event.objects.get(act="municipality-made").details
    assert details == {"code": "GM9998", "merging": ["GM0034", "GM0344"]}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": " "}, "Vul de naam van de gemeente in."),
        ({"name": "!!!"}, "Vul de naam van de gemeente in."),
        ({"name": "utrecht"}, "Er is al een gemeente met deze naam: Utrecht (GM0344)."),
        ({"province": ""}, "Kies de provincie."),
        ({"province": "Atlantis"}, "Kies een provincie uit de lijst."),
        ({"code": ""}, "Vul de code van het CBS in."),
        ({"code": "9998"}, "GM en dan vier cijfers"),
        ({"code": "GM0344"}, "De code GM0344 is al van Utrecht."),
        ({"merging": ["GM0000"]}, "kennen we niet"),
    ],
)
def test_municipality_that_cannot_be_made_is_refused(
    client: Client, fields: dict[str, Any], said: str
) -> None:
    enter(client, national())
    made = election()
    count = Municipality.objects.count()
    response = client.post(f"{FRONT}hi2022/gemeenten/nieuw/", MERGED | fields)
    assert response.status_code == 422
    assert said in text(response)
    assert Municipality.objects.count() == count
    assert not codes(made)


def test_invented_municipality_can_be_ticked_and_read(client: Client) -> None:
    enter(client, national())
    made = election()
    page = f"{FRONT}hi2022/gemeenten/"
    assert "Verzonnen gemeenten" in text(client.get(page))
    assert client.post(page, {"municipalities": ["VB0001"]}).status_code == 302
    table = "municipality,seats\nVB0001,21\n"
    assert client.post(f"{page}tabellen/", files(contests=table)).status_code == 302
    assert made.contests.get().seats == 21


def test_buttons_say_how_many_municipalities_they_add(client: Client) -> None:
    enter(client, national())
    election()
    page = f"{FRONT}hi2022/gemeenten/"
    count = Municipality.objects.in_year(2022).count()
    shown = text(client.get(page))
    assert f"Voeg alle {count} gemeenten toe" in shown
    real = of("gr2022").contests.filter(municipality__is_example=False)
    new = real.filter(municipality__years__contains=[2022]).count()
    assert f"Neem {new} gemeenten over" in shown
    client.post(f"{page}overnemen/", {"source": "gr2022"})
    assert "hier valt niets over te nemen" in text(client.get(page))


def test_all_councils_without_lists_are_taken_away_at_once(client: Client) -> None:
    enter(client, national())
    made = election()
    for code in ("GM0344", "GM0014"):
        Contest.objects.create(election=made, municipality_id=code)
    made.contests.get(municipality="GM0014").parties.create(slug="a", name="A")
    client.post(f"{FRONT}hi2022/gemeenten/weg/", {"all": "ja"})
    assert codes(made) == {"GM0014"}


def test_problem_of_a_table_names_the_file_as_the_person_has_it(client: Client) -> None:
    enter(client, national())
    election()
    file = SimpleUploadedFile("mijn gemeenten.csv", b"municipality,seats\nGM9999,1\n")
    response = client.post(f"{FRONT}hi2022/gemeenten/tabellen/", {"contests": file})
    page = text(response)
    assert "mijn gemeenten.csv, regel 2" in page
    assert "contests.csv" not in page


def test_overview_tells_of_deadlines_of_single_councils(client: Client) -> None:
    enter(client, national())
    made = election()
    assert "nog niet bekend" in text(client.get(FRONT))
    Election.objects.exclude(pk=made.pk).update(deadline=timezone.now())
    Contest.objects.create(election=made, municipality_id="GM0344", own_deadline=timezone.now())
    page = text(client.get(FRONT))
    assert "in 1 gemeente een eigen termijn" in page
    assert "nog niet bekend" not in page


def test_a_few_municipalities_are_ticked(client: Client) -> None:
    enter(client, national())
    made = election()
    page = f"{FRONT}hi2022/gemeenten/"
    assert client.post(page, {"municipalities": ["GM0344", "GM0014"]}).status_code == 302
    assert client.post(page, {"municipalities": ["GM0344", "GM0034"]}).status_code == 302
    assert codes(made) == {"GM0344", "GM0014", "GM0034"}
    added = [each.details["added"] for each in Event.objects.filter(act="contests-added")]
    assert added == [["GM0034"], ["GM0014", "GM0344"]]


def test_all_municipalities_of_the_year_at_once(client: Client) -> None:
    enter(client, national())
    made = election()
    client.post(f"{FRONT}hi2022/gemeenten/", {"all": "ja"})
    assert codes(made) == set(Municipality.objects.in_year(2022).values_list("code", flat=True))


@pytest.mark.parametrize(
    ("chosen", "said"),
    [([], "Kies ten minste één gemeente."), (["GM9999", "GM0344"], "was er in 2022 niet")],
)
def test_municipality_that_is_not_there_adds_nothing(
    client: Client, chosen: list[str], said: str
) -> None:
    enter(client, national())
    made = election()
    response = client.post(f"{FRONT}hi2022/gemeenten/", {"municipalities": chosen})
    assert response.status_code == 422
    assert said in text(response)
    assert not codes(made)


def test_councils_of_an_earlier_election_come_along_if_they_still_exist(client: Client) -> None:
    enter(client, national())
    made = election()
    gone = Municipality.objects.exclude(years__contains=[2022]).filter(is_example=False)[0]
    earlier = of("gr2022")
    Contest.objects.create(election=earlier, municipality=gone)
    response = client.post(f"{FRONT}hi2022/gemeenten/overnemen/", {"source": "gr2022"}, follow=True)
    assert codes(made) == codes(earlier) - {gone.code, "VB0001"}
    assert "1 zijn er nu niet meer" in text(response)
    response = client.post(f"{FRONT}hi2022/gemeenten/overnemen/", {"source": "hi2022"})
    assert response.status_code == 422


def test_council_without_lists_is_taken_away_and_one_with_lists_is_not(client: Client) -> None:
    enter(client, national())
    made = election()
    Contest.objects.create(election=made, municipality_id="GM0344")
    page = f"{FRONT}hi2022/gemeenten/weg/"
    assert client.post(page, {"municipalities": ["GM0344"]}).status_code == 302
    assert not codes(made)
    assert Event.objects.get(act="contests-removed").details == {"removed": ["GM0344"]}
    response = client.post(f"{FRONT}gr2022/gemeenten/weg/", {"municipalities": ["GM0344"]})
    assert response.status_code == 409
    assert "heeft lijsten" in text(response)
    assert client.post(page).status_code == 422


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


def test_only_the_first_problems_of_many_are_shown() -> None:
    table = table_files.read("municipality,seats\n" + "x,1\n" * 30, table_files.COUNCILS)
    tables.councils(table, {"GM0344"})
    shown = list(tables.first_problems([("contests.csv", table)]))
    assert len(shown) == tables.MOST_PROBLEMS + 1
    assert shown[-1] == "En nog 10 andere."


def test_statements_are_copied_as_drafts_of_this_person(client: Client) -> None:
    nina = enter(client, national())
    made, source = election(), of("gr2022")
    page = f"{FRONT}hi2022/stellingen/"
    assert "Gemeenteraadsverkiezingen 2022 (24)" in text(client.get(page))
    response = client.post(page, {"source": "gr2022"}, follow=True)
    assert "24 stellingen overgenomen als concept, met 24 nagekeken vertalingen." in text(response)
    assert made.statements.count() == 24
    copy, old = made.statements.get(key=KEY), source.statements.get(key=KEY)
    assert (copy.state, copy.approved, copy.latest) == (Statement.State.DRAFT, None, 1)
    assert (copy.text, copy.order, copy.theme) == (old.text, old.order, old.theme)
    [version] = copy.versions.all()
    assert (version.by, version.number, version.verdict) == (nina, 1, "")
    assert version.content == old.versions.latest("number").content
    assert [each.text for each in copy.backgrounds.all()] == [
        each.text for each in old.backgrounds.all()
    ]
    assert Event.objects.get(act="statements-copied").details["source"] == "gr2022"


def test_copying_again_adds_only_what_is_missing(client: Client) -> None:
    enter(client, national())
    made = election()
    page = f"{FRONT}hi2022/stellingen/"
    client.post(page, {"source": "gr2022"})
    Statement.objects.filter(election=made, key=KEY).update(key="anders", text="Eigen tekst")
    response = client.post(page, {"source": "gr2022"}, follow=True)
    said = "1 stellingen overgenomen als concept, met 1 nagekeken vertalingen, 23 stonden er al."
    assert said in text(response)
    assert made.statements.get(key="anders").text == "Eigen tekst"


def test_local_statement_comes_along_where_a_council_is_elected(client: Client) -> None:
    enter(client, national())
    made, source = election(), of("gr2022")
    source.statements.filter(key=KEY).update(municipality="GM0344")
    page = f"{FRONT}hi2022/stellingen/"
    client.post(page, {"source": "gr2022"})
    assert not made.statements.filter(key=KEY).exists()
    Contest.objects.create(election=made, municipality_id="GM0344")
    client.post(page, {"source": "gr2022"})
    assert made.statements.get(key=KEY).municipality_id == "GM0344"


def test_withdrawn_statement_does_not_come_along(client: Client) -> None:
    nina = enter(client, national())
    made = election()
    of("gr2022").statements.filter(key=KEY).update(
        state="withdrawn", withdrawn_at=timezone.now(), withdrawn_by=nina, withdrawal="Te oud"
    )
    client.post(f"{FRONT}hi2022/stellingen/", {"source": "gr2022"})
    assert not made.statements.filter(key=KEY).exists()


def translation(statement: Statement, language: str, **fields: Any) -> None:
    dutch = statement_texts(statement, list(statement.backgrounds.all()))
    now = timezone.now()
    Translation.objects.create(
        **{"subject": f"statement:{statement.pk}", "language": language, "written_at": now}
        | {"texts": {"text": "x"}, "source_digest": digest(dutch), "version": 3}
        | fields
    )


@pytest.mark.usefixtures("untranslated")
def test_translations_come_along_when_reviewed_and_not_stale(client: Client) -> None:
    nina = enter(client, national())
    made, old = election(), of("gr2022").statements.get(key=KEY)
    reviewed = {"reviewed_by": colleague(), "reviewed_at": timezone.now(), "written_by": nina}
    translation(old, "en", **reviewed)
    translation(old, "uk", **reviewed | {"source_digest": "0" * 64})
    translation(old, "tr", written_by=nina)
    response = client.post(f"{FRONT}hi2022/stellingen/", {"source": "gr2022"}, follow=True)
    assert "met 1 nagekeken vertalingen" in text(response)
    copy = made.statements.get(key=KEY)
    [row] = Translation.objects.filter(subject=f"statement:{copy.pk}")
    assert (row.language, row.version, row.reviewed_by) == ("en", 1, reviewed["reviewed_by"])
    assert Translation.objects.filter(subject=f"statement:{old.pk}").count() == 3


@pytest.mark.parametrize("source", ["", "hi2022", "gr1850"])
def test_nothing_is_copied_from_what_has_no_statements(client: Client, source: str) -> None:
    enter(client, national())
    made = election()
    response = client.post(f"{FRONT}hi2022/stellingen/", {"source": source})
    assert response.status_code == 422
    assert 'class="error"' in text(response)
    assert not made.statements.exists()


PAGES = ["", "nieuw/", "gr2022/", "gr2022/gemeenten/", "gr2022/stellingen/"]


@pytest.mark.parametrize("page", PAGES)
def test_elections_are_kept_by_the_national_office(client: Client, page: str) -> None:
    enter(client, regional("GM0344"))
    response = client.get(f"{FRONT}{page}")
    assert response.status_code == 403
    assert "Dit doet het landelijk bureau" in text(response)


@pytest.mark.parametrize("page", PAGES)
def test_pages_ask_the_database_a_fixed_number_of_times(
    client: Client, page: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    enter(client, national())
    client.get(FRONT)
    with django_assert_max_num_queries(10):
        assert client.get(f"{FRONT}{page}").status_code == 200


def test_copying_asks_a_fixed_number_of_times(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    enter(client, national())
    election()
    client.get(FRONT)
    with django_assert_max_num_queries(25):
        client.post(f"{FRONT}hi2022/stellingen/", {"source": "gr2022"})
