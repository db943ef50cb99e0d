"""Translating: how far each language is, one text beside its Dutch, and a second pair of eyes."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import escape
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from parties.models import Event, Municipality
from statements import versions
from statements.models import Feature, Source, Statement, Term, Theme, Translation
from tests.curation.staff import KEY, colleague, enter, green, national, region, regional
from tests.quiz.browser import text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("untranslated")]

ROOM = "/redactie/vertalingen/"
ELECTION = f"{ROOM}gr2022/"
ENGLISH = f"{ELECTION}en/"
ARABIC = f"{ELECTION}ar/"
WHOLE = {
    "text": "The municipality should open small shelters.",
    "explanation": "What it is about.",
    "argument_for": "For.",
    "argument_against": "Against.",
    "reason": "Because.",
}


def statement() -> Statement:
    return Statement.objects.get(key=KEY, election__slug="gr2022")


def address(language: str = "en") -> str:
    return f"{ELECTION}{language}/statement-{statement().pk}/"


def filled() -> dict[str, str]:
    names = [f"background-{row.order}" for row in statement().backgrounds.all()]
    return WHOLE | dict.fromkeys(names, "A figure.")


def hidden(page: str, name: str) -> str:
    [value] = re.findall(f'name="{name}" value="([^"]*)"', page)[:1]
    return str(value)


def write(client: Client, page: str, **texts: str) -> Any:
    """Open the page and send the form with what stood hidden in it."""
    shown = text(client.get(page))
    seen = {name: hidden(shown, name) for name in ("version", "dutch")}
    return client.post(page, seen | texts)


def row(subject: str = "", language: str = "en") -> Translation:
    name = subject or f"statement:{statement().pk}"
    return Translation.objects.get(subject=name, language=language)


def written(client: Client, by: Any = None) -> Translation:
    """A whole draft, by a colleague."""
    other = Client(headers={"Sec-Fetch-Site": "same-origin"})
    enter(other, by or colleague())
    assert write(other, address(), **filled()).status_code == 302
    return row()


def approve(client: Client, page: str = "", version: object = 1) -> Any:
    return client.post(f"{page or address()}nagelezen/", {"version": version})


def motivation_address(slug: str = "groen-voorbeeldstad") -> str:
    position = green().positions.exclude(motivation="").first()
    assert position is not None
    return f"{ENGLISH}motivation-{position.pk}/"


def local_statement(**values: Any) -> Statement:
    """One for Voorbeeldstad, never approved."""
    like = statement()
    return Statement.objects.create(
        election=like.election,
        municipality=Municipality.objects.get(slug="voorbeeldstad"),
        key="lokaal",
        theme=like.theme,
        order=99,
        text="De gemeente opent een taalcafé.",
        explanation="Uitleg.",
        argument_for="Voor.",
        argument_against="Tegen.",
        recommendation=1,
        reason="Daarom.",
        source=like.source,
        **values,
    )


def test_front_leads_to_the_first_election(client: Client) -> None:
    enter(client, national())
    assert client.get(ROOM)["Location"] == ELECTION


def test_languages_are_those_of_the_configuration(client: Client, settings: Settings) -> None:
    settings.TRANSLATED_INTO = ["fa", "pl"]
    enter(client, national())
    page = text(client.get(ELECTION))
    assert "Perzisch" in page
    assert 'lang="fa" dir="rtl"' in page
    assert "Pools" in page
    assert "Arabisch" not in page
    assert client.get(ARABIC).status_code == 404


def test_overview_counts_every_state(client: Client) -> None:
    written(client)
    enter(client, national())
    page = text(client.get(ELECTION))
    total = int(re.findall(r"Engels.*?<td>(\d+)</td><td>1</td><td>0</td><td>0</td>", page)[0])
    assert total > 100
    assert f"<td>{total}</td><td>1</td><td>0</td><td>0</td> <td>{total + 1}</td>" in page


def test_list_counts_by_kind_and_filters_by_kind_and_state(client: Client) -> None:
    written(client)
    enter(client, national())
    page = text(client.get(ENGLISH))
    assert "?soort=statement&amp;stand=ontbreekt" in page
    assert ">23<span" in page
    drafts = text(client.get(ENGLISH, {"soort": "statement", "stand": "concept"}))
    assert statement().text in drafts
    assert "1 tot en met 1 van 1 tekst" in drafts
    assert "Hier zijn geen teksten bij" in text(
        client.get(ENGLISH, {"soort": "theme", "stand": "verouderd"})
    )


def test_list_ends_with_the_motivations_of_a_municipality(client: Client) -> None:
    enter(client, national())
    page = text(client.get(ENGLISH, {"soort": "motivation", "gemeente": "voorbeeld"}))
    assert "Groen Voorbeeldstad, Voorbeeldstad" in page
    total = int(re.findall(r"1 tot en met 50 van (\d+) teksten", page)[0])
    last = text(client.get(ENGLISH, {"soort": "motivation", "pagina": "99"}))
    assert f"tot en met {total} van {total} teksten" in last
    assert "Hier zijn geen teksten bij" in text(client.get(ENGLISH, {"gemeente": "atlantis"}))


@pytest.mark.parametrize(
    "query", ["stand=af", "soort=roman", "gemeente=%00", f"gemeente={'x' * 81}"]
)
def test_filter_that_makes_no_sense_is_said(client: Client, query: str) -> None:
    enter(client, national())
    response = client.get(f"{ENGLISH}?{query}")
    assert response.status_code == 400
    assert 'class="error"' in text(response)
    assert client.get(f"{address()}?{query}").status_code == 200


def test_statement_in_review_is_folded_apart_and_a_draft_is_not_there(client: Client) -> None:
    enter(client, national())
    local = local_statement(state="draft")
    assert local.text not in text(client.get(ENGLISH))
    assert client.get(f"{ENGLISH}statement-{local.pk}/").status_code == 404
    Statement.objects.filter(pk=local.pk).update(state="in-review")
    page = text(client.get(ENGLISH))
    assert "Stellingen die nog worden nagelezen (1)" in page
    assert "leest het Nederlands van deze stelling nog na" in text(
        client.get(f"{ENGLISH}statement-{local.pk}/")
    )


@pytest.mark.parametrize(
    "subject",
    [
        "statement-0",
        f"statement-{'9' * 30}",
        "statement-x",
        "theme-nergens",
        "motivation-0",
        "roman-1",
    ],
)
def test_text_that_is_not_there_is_not_found(client: Client, subject: str) -> None:
    enter(client, national())
    assert client.get(f"{ENGLISH}{subject}/").status_code == 404


def test_arabic_is_written_from_right_to_left_beside_the_dutch(client: Client) -> None:
    enter(client, national())
    page = text(client.get(address("ar")))
    assert escape(statement().explanation) in page
    assert page.count('lang="ar" dir="rtl"') == len(filled())
    assert write(client, address("ar"), text="يجب").status_code == 302
    assert row(language="ar").texts["text"] == "يجب"


def test_draft_may_be_incomplete_and_says_so(client: Client) -> None:
    enter(client, national())
    response = write(client, address(), text="Only this.")
    assert "Er zijn nog lege velden" in text(client.get(response["Location"]))
    found = row()
    assert found.texts == dict.fromkeys(filled(), "") | {"text": "Only this."}
    assert (found.version, found.written_by.email) == (1, "nina@example.nl")  # type: ignore[union-attr]
    event = Event.objects.get(act="translation-saved")
    assert event.what == f"In het Engels vertaald: {statement().text}"


def test_nothing_at_all_is_refused(client: Client) -> None:
    enter(client, national())
    response = write(client, address(), text="  \u202e ")
    assert response.status_code == 422
    assert "Er is nog niets vertaald" in text(response)
    assert not Translation.objects.exists()


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("text", "a" * 201, "Dit is te lang: 201 van de 200 tekens."),
        ("text", "a" * 5000, "Dit is te lang: 5000 van de 200 tekens."),
        ("reason", "a" * 2001, "Dit is te lang: 2001 van de 2000 tekens."),
        ("reason", "a" + "\u0323" * 9, "te veel losse accenten"),
    ],
)
def test_text_that_cannot_be_kept_is_given_back(
    client: Client, name: str, value: str, says: str
) -> None:
    enter(client, national())
    response = write(client, address(), **{name: value})
    assert response.status_code == 422
    page = response.content.decode()
    assert says in page
    assert f'aria-describedby="{name}-error"' in page
    assert value in page
    assert not Translation.objects.exists()


def test_text_is_kept_clean(client: Client) -> None:
    enter(client, national())
    write(client, address(), text=" Ope\u0301n\r\n\u202esmall ", reason="a\r\nb\x00\u2066c\u200f")
    assert row().texts["text"] == "Opén small"
    assert row().texts["reason"] == "a\nbc\u200f"


def test_same_text_again_changes_nothing_and_another_is_a_draft_again(client: Client) -> None:
    written(client)
    enter(client, national())
    assert approve(client).status_code == 302
    assert write(client, address(), **filled()).status_code == 302
    assert row().reviewed_at is not None
    assert row().version == 1
    write(client, address(), **filled() | {"text": "Better."})
    assert row().reviewed_at is None
    assert row().version == 2
    assert Event.objects.filter(act="translation-saved").count() == 2


def test_second_of_two_writers_sees_both_texts_and_chooses(client: Client) -> None:
    enter(client, national())
    seen = text(client.get(address()))
    written(client)
    mine = {name: hidden(seen, name) for name in ("version", "dutch")} | {"text": "Mine."}
    response = client.post(address(), mine)
    assert response.status_code == 409
    page = text(response)
    assert "Carla Collega veranderde deze vertaling intussen" in page
    assert WHOLE["text"] in page
    assert ">Mine.</textarea>" in page
    assert row().texts["text"] == WHOLE["text"]
    again = {name: hidden(page, name) for name in ("version", "dutch")} | {"text": "Mine."}
    assert client.post(address(), again).status_code == 302
    assert row().texts["text"] == "Mine."


@pytest.mark.parametrize("version", ["", "x", "-1", "7"])
def test_version_that_was_never_there_saves_nothing(client: Client, version: str) -> None:
    written(client)
    enter(client, national())
    dutch = hidden(text(client.get(address())), "dutch")
    response = client.post(address(), {"version": version, "dutch": dutch, "text": "Mine."})
    assert response.status_code in {409, 422}
    assert row().texts["text"] == WHOLE["text"]
    assert "Mine." in text(response)


def test_dutch_that_changed_while_someone_wrote_is_shown_and_nothing_is_lost(
    client: Client,
) -> None:
    enter(client, national())
    seen = text(client.get(address()))
    Statement.objects.filter(key=KEY).update(explanation="Nieuwe uitleg.")
    mine = {name: hidden(seen, name) for name in ("version", "dutch")} | filled()
    response = client.post(address(), mine)
    assert response.status_code == 409
    page = text(response)
    assert "het Nederlands is intussen veranderd" in page
    assert "Nieuwe uitleg." in page
    assert f">{WHOLE['text']}</textarea>" in page
    assert not Translation.objects.exists()
    again = {name: hidden(page, name) for name in ("version", "dutch")} | filled()
    assert client.post(address(), again).status_code == 302


def test_stale_translation_shows_what_the_dutch_was(client: Client) -> None:
    written(client)
    was = statement().explanation
    changed = statement()
    changed.explanation = "Nieuwe uitleg."
    changed.save()
    versions.keep_loaded(changed, timezone.now())
    enter(client, national())
    page = text(client.get(address()))
    assert "Deze vertaling is verouderd" in page
    assert f"<del>{escape(was)}</del>" in page
    assert "<ins>Nieuwe uitleg.</ins>" in page
    assert ">What it is about.</textarea>" in page
    assert page.count("<del>") == 1
    assert statement().text in text(client.get(ENGLISH, {"stand": "verouderd"}))


def test_stale_translation_that_still_holds_is_saved_as_it_is(client: Client) -> None:
    written(client)
    Statement.objects.filter(key=KEY).update(explanation="Nieuwe uitleg.")
    enter(client, national())
    before = row().source_digest
    assert write(client, address(), **filled()).status_code == 302
    assert row().source_digest != before
    assert row().version == 2


def test_second_person_reviews_and_voters_may_see_it(client: Client) -> None:
    written(client)
    user = enter(client, national())
    assert "De vertaling klopt" in text(client.get(address()))
    page = text(client.get(approve(client)["Location"]))
    assert "Kiezers zien deze vertaling vanaf de volgende editie" in page
    assert "Nagelezen door Nina Landelijk" in page
    assert row().reviewed_by == user
    assert approve(client).status_code == 302  # a double click
    assert Event.objects.filter(act="translation-reviewed").count() == 1


def pressed(client: Client, **texts: str) -> Any:
    """Open the page, type this and press "De vertaling klopt", which sends the whole form."""
    shown = text(client.get(address()))
    assert f'formaction="{address()}nagelezen/"' in shown
    seen = {name: hidden(shown, name) for name in ("version", "dutch")}
    return client.post(f"{address()}nagelezen/", seen | texts, follow=True)


def test_reader_who_changed_nothing_reviews(client: Client) -> None:
    written(client)
    user = enter(client, national())
    assert "Nagelezen door" in text(pressed(client, **filled()))
    assert row().reviewed_by == user


def test_what_the_reader_changed_is_kept_as_a_draft_and_not_reviewed(client: Client) -> None:
    written(client)
    user = enter(client, national())
    page = text(pressed(client, **filled() | {"text": "Better words."}))
    assert "Je wijziging is bewaard als concept. Een collega leest haar na." in page
    saved = row()
    assert saved.texts["text"] == "Better words."
    assert (saved.version, saved.written_by, saved.reviewed_at) == (2, user, None)


def test_what_the_reader_changed_survives_a_colleague_who_saved_meanwhile(client: Client) -> None:
    written(client)
    enter(client, national())
    mine = filled() | {"text": "Better words."}
    shown = text(client.get(address()))
    seen = {name: hidden(shown, name) for name in ("version", "dutch")}
    other = Client(headers={"Sec-Fetch-Site": "same-origin"})
    enter(other, colleague("Dora Derde"))
    write(other, address(), **filled() | {"text": "Theirs."})
    response = client.post(f"{address()}nagelezen/", seen | mine)
    assert response.status_code == 409
    page = text(response)
    assert "Better words." in page
    assert "Theirs." in page
    assert f'action="{address()}"' in page
    assert row().reviewed_at is None


def test_what_the_reader_typed_wrong_is_given_back(client: Client) -> None:
    written(client)
    enter(client, national())
    response = pressed(client, **filled() | {"text": "x" * 300})
    assert response.status_code == 422
    assert "x" * 300 in text(response)
    assert (row().version, row().reviewed_at) == (1, None)


def test_writer_does_not_review_their_own_work(client: Client) -> None:
    user = enter(client, national())
    write(client, address(), **filled())
    page = text(client.get(address()))
    assert "Vraag een collega om haar na te lezen" in page
    assert "De vertaling klopt" not in page
    response = approve(client)
    assert response.status_code == 403
    assert "Dit leest een collega na" in text(response)
    assert row().reviewed_at is None
    assert row().written_by == user


@pytest.mark.parametrize("version", ["", "x", "2", "-1"])
def test_review_of_another_version_than_was_read_is_refused(client: Client, version: str) -> None:
    written(client)
    enter(client, national())
    response = approve(client, version=version)
    assert response.status_code == 409
    assert "De vertaling is intussen veranderd" in text(response)
    assert row().reviewed_at is None


def test_what_is_missing_incomplete_or_stale_is_not_reviewed(client: Client) -> None:
    enter(client, national())
    assert "Er is nog geen vertaling" in text(approve(client))
    other = Client(headers={"Sec-Fetch-Site": "same-origin"})
    enter(other, colleague())
    write(other, address(), text="Only this.")
    incomplete = approve(client)
    assert incomplete.status_code == 409
    assert "De vertaling is nog niet af" in text(incomplete)
    write(other, address(), **filled())
    Statement.objects.filter(key=KEY).update(explanation="Nieuwe uitleg.")
    stale = approve(client, version=2)
    assert stale.status_code == 409
    assert "De vertaling is verouderd" in text(stale)
    assert row().reviewed_at is None


def test_review_wants_a_post(client: Client) -> None:
    enter(client, national())
    assert client.get(f"{address()}nagelezen/").status_code == 405


def feature(**values: Any) -> Feature:
    at = timezone.now()
    return Feature.objects.create(
        key="taalcafe",
        kind="story",
        title="Het taalcafé",
        text="Elke week Nederlands oefenen.",
        source=Source.objects.all()[0],
        written_at=at,
        approved_at=at,
        **values,
    )


def test_themes_terms_features_and_motivations_are_translated_too(client: Client) -> None:
    enter(client, national())
    theme, term = Theme.objects.all()[0], Term.objects.all()[0]
    told = feature()
    cases = {
        f"{ENGLISH}theme-{theme.key}/": {"name": "N", "question": "Q", "summary": "S"},
        f"{ENGLISH}term-{term.key}/": {"term": "T", "explanation": "E"},
        f"{ENGLISH}feature-{told.pk}/": {"title": "T", "text": "a" * 1500},
        motivation_address(): {"motivation": "Because."},
    }
    for page, texts in cases.items():
        assert write(client, page, **texts).status_code == 302
        name = page.split("/")[-2].replace("-", ":", 1)
        assert row(name).texts == texts
    assert Event.objects.filter(act="translation-saved", municipality="VB0001").count() == 1


def test_feature_that_waits_for_review_is_not_translated_yet(client: Client) -> None:
    told = feature()
    Feature.objects.filter(pk=told.pk).update(approved_at=None)
    enter(client, national())
    assert client.get(f"{ENGLISH}feature-{told.pk}/").status_code == 404


def test_staff_of_a_region_translates_what_is_of_its_municipalities(client: Client) -> None:
    place = Municipality.objects.get(slug="voorbeeldstad")
    told = feature(municipality=place)
    local = local_statement(state="in-review")
    enter(client, regional("VB0001"))
    page = text(client.get(ENGLISH))
    assert "Het taalcafé" in page
    assert local.text in page
    assert "Groen Voorbeeldstad, Voorbeeldstad" in page
    assert "soort=theme" not in page.split("<form")[0]
    for subject in (f"feature-{told.pk}", f"statement-{local.pk}"):
        assert client.get(f"{ENGLISH}{subject}/").status_code == 200
    assert write(client, motivation_address(), motivation="Because.").status_code == 302


def test_staff_of_a_region_leaves_national_texts_alone(client: Client) -> None:
    written(client)
    enter(client, regional("VB0001"))
    theme = Theme.objects.all()[0]
    for page in (address(), f"{ENGLISH}theme-{theme.key}/"):
        response = client.get(page)
        assert response.status_code == 403
        assert "Dit doet het landelijk bureau" in text(response)
    sent = client.post(address(), {"version": "1", "text": "Mine."})
    assert sent.status_code == 403
    assert "Mine." in text(sent)
    assert approve(client).status_code == 403
    assert row().reviewed_at is None


def test_staff_of_another_region_may_not_touch_it(client: Client) -> None:
    region("elders", "GM0344")
    enter(client, regional("GM0363"))
    for response in (
        client.get(motivation_address()),
        client.post(motivation_address(), {"motivation": "Mine."}),
        approve(client, motivation_address()),
    ):
        assert response.status_code == 403
        assert "valt buiten jouw regio" in text(response)
    page = text(client.get(ENGLISH))
    assert "Voorbeeldstad" not in page
    assert not Translation.objects.exists()


def follow(client: Client, page: str, word: str) -> list[str]:
    """The addresses that one passes with this link, to the end."""
    passed: list[str] = []
    while len(passed) < 400:
        found = re.search(f'href="([^"]+)">{word}</a>', client.get(page).content.decode())
        if found is None:
            return passed
        page = found[1].replace("&amp;", "&")
        passed.append(page.split("?")[0].split("/")[-2])
    raise AssertionError("no end to it")


def test_previous_and_next_pass_everything_in_the_filter(client: Client) -> None:
    enter(client, national())
    themes = [f"theme-{each.key}" for each in Theme.objects.all()]
    first = f"{ENGLISH}{themes[0]}/?soort=theme"
    assert follow(client, first, "Volgende →") == themes[1:]
    last = f"{ENGLISH}{themes[-1]}/?soort=theme"
    assert follow(client, last, "← Vorige") == themes[-2::-1]


def test_next_skips_what_the_filter_leaves_out_also_after_saving(client: Client) -> None:
    enter(client, national())
    first, second = Theme.objects.all()[:2]
    query = "?soort=theme&stand=ontbreekt"
    texts = {"name": "N", "question": "Q", "summary": "S"}
    response = write(client, f"{ENGLISH}theme-{first.key}/{query}", **texts)
    assert response["Location"].endswith(query)
    page = client.get(response["Location"]).content.decode()
    assert f'{second.key}/?soort=theme&amp;stand=ontbreekt">Volgende →' in page
    page = client.get(f"{ENGLISH}theme-{second.key}/{query}").content.decode()
    assert "← Vorige" not in page


def test_motivations_follow_the_other_texts(client: Client) -> None:
    enter(client, national())
    feature()
    [after, *_] = re.findall(r"motivation-\d+", text(client.get(f"{ENGLISH}?soort=motivation")))
    page = text(client.get(f"{ENGLISH}{after}/"))
    [told] = re.findall(r'en/(feature-\d+)/">← Vorige', page)
    assert f'en/{after}/">Volgende' in text(client.get(f"{ENGLISH}{told}/"))
    assert re.search(r'en/motivation-\d+/">Volgende', page)
    only = text(client.get(f"{ENGLISH}{after}/?soort=motivation"))
    assert "← Vorige" not in only


@pytest.mark.parametrize(
    "page", [ELECTION, ENGLISH, f"{ENGLISH}?stand=ontbreekt&gemeente=voorbeeld"]
)
def test_lists_ask_the_database_a_fixed_number_of_times(
    client: Client, page: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    feature()
    enter(client, national())
    client.get(page)  # the process knows which editions there are
    with django_assert_max_num_queries(15):
        client.get(page)


def test_page_asks_the_database_a_fixed_number_of_times(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    written(client)
    Statement.objects.filter(key=KEY).update(explanation="Nieuwe uitleg.")
    enter(client, national())
    client.get(address())
    for page in (address(), motivation_address()):
        with django_assert_max_num_queries(18):
            client.get(page)
