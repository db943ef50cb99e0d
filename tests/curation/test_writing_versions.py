"""The next version of a statement: conflicts, advice, remarks, differences."""

import pytest
from django.test import Client
from django.utils import timezone

from statements.curation.writing import actions
from statements.curation.writing.content import Draft
from statements.models import Background, Source, Statement, Version
from tests.curation.staff import colleague, enter, national, regional
from tests.curation.writing import APPROVED, FORM, NEW, ROOM, WORDS, approved, begun, saved
from tests.quiz.browser import text

pytestmark = pytest.mark.django_db


def test_save_appends_a_version_and_the_draft_follows(client: Client) -> None:
    enter(client, national())
    made = begun(client)
    client.post(f"{ROOM}{made.key}/schrijf/", saved(made, text="Korter."), follow=True)
    made.refresh_from_db()
    assert (made.latest, made.text, made.key) == (
        2,
        "Korter.",
        "de-gemeente-moet-een-fiets-geven-aan",
    )
    assert made.versions.get(number=1).content["text"] == WORDS


def test_identical_save_makes_no_version(client: Client) -> None:
    enter(client, national())
    made = begun(client)
    response = client.post(f"{ROOM}{made.key}/schrijf/", saved(made), follow=True)
    assert "Er is geen nieuwe versie gemaakt" in text(response)
    made.refresh_from_db()
    assert made.latest == 1


def test_place_changes_at_once_without_a_version(client: Client) -> None:
    enter(client, national())
    made = begun(client)
    form = {**saved(made), "order": "7"}
    assert "op plaats 7" in text(client.post(f"{ROOM}{made.key}/schrijf/", form, follow=True))
    made.refresh_from_db()
    assert (made.order, made.latest) == (7, 1)


def test_approved_statement_stays_as_it_is_while_the_next_is_written(client: Client) -> None:
    enter(client, national())
    before = approved()
    backgrounds = list(Background.objects.filter(statement=before).values_list("pk", flat=True))
    form = saved(before, text="Nieuwe woorden.") | {"nature": "mend", "note": "Korter"}
    page = text(client.post(f"{APPROVED}schrijf/", form, follow=True))
    assert "<ins>" in page
    after = approved()
    assert (after.text, after.approved, after.latest) == (before.text, 1, 2)
    assert after.state == "draft"
    assert list(after.backgrounds.values_list("pk", flat=True)) == backgrounds
    assert Statement.objects.asked().filter(pk=after.pk).exists()


@pytest.mark.parametrize(
    ("missing", "said"),
    [("nature", "Kies wat deze nieuwe versie doet"), ("note", "Schrijf op wat je verandert")],
)
def test_next_version_says_what_it_does_and_why(client: Client, missing: str, said: str) -> None:
    enter(client, national())
    form = saved(approved(), text="Nieuwe woorden.") | {"nature": "mend", "note": "Korter"}
    response = client.post(f"{APPROVED}schrijf/", form | {missing: ""})
    assert response.status_code == 422
    assert said in text(response)
    assert "Nieuwe woorden." in text(response)
    assert approved().latest == 1


def test_second_of_two_editors_sees_the_first_s_text_and_chooses(client: Client) -> None:
    other = colleague()
    enter(client, national())
    made = begun(client)
    mine = saved(made, text="Mijn woorden.", theme="opvang")
    draft = Draft({**made.versions.get().content, "text": "Hun woorden."})
    nature = Version.Nature.NEW
    actions.save(made, draft, seen=1, nature=nature, note="", by=other, at=timezone.now())
    address = f"{ROOM}{made.key}/schrijf/"
    response = client.post(address, mine)
    assert response.status_code == 409
    page = text(response)
    assert "Carla Collega schreef intussen versie 2" in page
    assert "Hun woorden." in page
    assert "Mijn woorden." in page
    assert 'name="version" value="2"' in " ".join(page.split())
    assert f'href="{address}"' in page  # let mine go
    made.refresh_from_db()
    assert made.text == "Hun woorden."
    client.post(address, mine | {"version": "2"})  # a choice
    made.refresh_from_db()
    assert (made.latest, made.text) == (3, "Mijn woorden.")


def test_source_of_a_refused_save_is_not_kept(client: Client) -> None:
    enter(client, national())
    made = begun(client)
    new = {"source": "", "new_title": "Krant van morgen", "new_publisher": "Test"}
    form = saved(made, text="Mijn woorden.") | new | {"version": "0"}
    assert client.post(f"{ROOM}{made.key}/schrijf/", form).status_code == 409
    assert not Source.objects.filter(title="Krant van morgen").exists()


def test_what_no_eye_sees_is_left_out_and_html_stays_text(client: Client) -> None:
    enter(client, national())
    made = begun(client, text="De\0 gemeente\r\n <b>moet</b>.")
    assert made.text == "De gemeente <b>moet</b>."
    page = text(client.get(f"{ROOM}{made.key}/"))
    assert "&lt;b&gt;moet&lt;/b&gt;" in page
    assert "<b>moet" not in page


def test_advice_is_shown_and_saves_nothing(client: Client) -> None:
    enter(client, national())
    form = {**FORM, "text": "De gemeente moet voldoende doen en/of niet weigeren.", "doe": "advies"}
    page = text(client.post(NEW, form))
    assert "voldoende" in page
    assert "Staan hier twee dingen in?" in page
    assert "twee ontkenningen" in page
    assert "Flesch-Douma" in page
    assert Statement.objects.count() == 24


def test_advice_follows_the_typing_of_one_part(client: Client) -> None:
    enter(client, national())
    headers = {"HX-Request": "true", "HX-Trigger-Name": "reason", "HX-Target": "advice-reason"}
    form = {**FORM, "reason": "In principe is dit passend.", "doe": "advies"}
    page = text(client.post(NEW, form, headers=headers))
    assert "<html" not in page
    assert "in principe" in page
    assert 'id="overall"' in page
    assert 'hx-swap-oob="true"' in page


def test_advice_never_blocks(client: Client) -> None:
    enter(client, national())
    made = begun(client, text="De gemeente moet in principe niet zonder en/of geen beleidskader.")
    assert "Wat betekent dit precies?" in text(client.get(f"{ROOM}{made.key}/"))


def test_remark_is_listed_with_who_and_which_version(client: Client) -> None:
    enter(client, regional("VB0001"))
    page = text(client.post(f"{APPROVED}opmerking/", {"remark": "Mooi\nzo."}, follow=True))
    assert approved().comments.get().text == "Mooi\nzo."
    assert "Mooi zo." in page
    assert "Rik van de Regio" in page
    assert "bij versie 1" in page


@pytest.mark.parametrize(
    ("written", "said"), [(" \n ", "Schrijf eerst"), ("x" * 2001, "2001 van de 2000")]
)
def test_remark_that_says_nothing_or_too_much_is_refused(
    client: Client, written: str, said: str
) -> None:
    enter(client, national())
    response = client.post(f"{APPROVED}opmerking/", {"remark": written})
    assert response.status_code == 422
    assert said in text(response)
    assert not approved().comments.exists()


def test_difference_of_any_two_versions_is_marked_by_word(client: Client) -> None:
    enter(client, national())
    made = begun(client)
    address = f"{ROOM}{made.key}/"
    for words in ("De gemeente moet een step geven.", "De gemeente moet een auto geven."):
        client.post(f"{address}schrijf/", saved(made, text=words, recommendation=-1))
        made.refresh_from_db()
    page = text(client.get(f"{address}versies/", {"van": "2", "tot": "3"}))
    assert '<del><span class="visually-hidden">weg: </span>step</del>' in page
    assert '<ins><span class="visually-hidden">nieuw: </span>auto</ins>' in page
    page = text(client.get(f"{address}versies/", {"van": "1", "tot": "2"}))
    assert "nieuw: </span>Mee oneens</ins>" in page
    assert "Van versie 2 naar versie 3" in text(client.get(f"{address}versies/"))


def test_parts_that_stayed_the_same_are_folded(client: Client) -> None:
    enter(client, national())
    made = begun(client)
    client.post(f"{ROOM}{made.key}/schrijf/", saved(made, text="Korter."))
    changed, _, same = text(client.get(f"{ROOM}{made.key}/versies/")).partition("<details")
    assert "Korter." in changed
    assert FORM["argument_for"] in same
    assert FORM["argument_for"] not in changed


@pytest.mark.parametrize("query", ["van=9", "tot=een", "van=-1&tot=0"])
def test_version_that_is_not_there_is_said(client: Client, query: str) -> None:
    enter(client, national())
    response = client.get(f"{APPROVED}versies/?{query}")
    assert response.status_code == 400
    assert "Deze versie is er niet" in text(response)
