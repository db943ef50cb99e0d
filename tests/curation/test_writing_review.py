"""Reviewing, approving and withdrawing statements: four eyes, and what a change asks of parties."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from parties.models import Contest, Event, User
from statements.curation.writing import actions
from statements.curation.writing.content import Draft
from statements.models import Statement, Version
from statements.portal.actions import unlocked
from tests.curation.staff import KEY, colleague, enter, green, member, national, regional
from tests.quiz.browser import text

pytestmark = pytest.mark.django_db

ROOM = "/redactie/stellingen/gr2022/"
ADDRESS = f"{ROOM}{KEY}/"
REVIEW = f"{ADDRESS}beoordeel/"
Nature = Version.Nature


@pytest.fixture(autouse=True)
def open_term() -> None:
    """The deadline lies ahead: who answered can still confirm."""
    move_deadlines(days=10)


def move_deadlines(days: int) -> None:
    Contest.objects.filter(parties__positions__isnull=False).update(
        own_deadline=timezone.now() + timedelta(days=days)
    )


def row() -> Statement:
    return Statement.objects.select_related("election").get(key=KEY, election__slug="gr2022")


def written(
    by: User, words: str = "Nieuwe woorden.", nature: Version.Nature = Nature.MEND
) -> Statement:
    """The next version of the approved statement."""
    now = row()
    content = {**now.versions.get(number=now.latest).content, "text": words}
    draft = Draft(content)
    actions.save(now, draft, seen=now.latest, nature=nature, note="Zo.", by=by, at=timezone.now())
    return row()


def handed_in(
    by: User, words: str = "Nieuwe woorden.", nature: Version.Nature = Nature.MEND
) -> Statement:
    made = written(by, words, nature)
    actions.submit(made, seen=made.latest, by=by, at=timezone.now())
    return row()


def judge(client: Client, verdict: str = "approved", version: int = 2, remark: str = "") -> str:
    form = {"verdict": verdict, "version": version, "remark": remark}
    response = client.post(REVIEW, form, follow=True)
    return f"{response.status_code} {text(response)}"


def test_hand_in_asks_for_someone_else(client: Client) -> None:
    author = enter(client, national())
    written(author)
    page = text(client.post(f"{ADDRESS}inleveren/", {"version": "2"}, follow=True))
    assert "Een collega leest de stelling na" in page
    assert "Wordt nagelezen" in page
    assert "Lees na" not in page  # the author does not
    assert "Wacht op nalezen" in text(client.get(ROOM))
    assert row().state == "in-review"


def test_second_click_hands_in_once(client: Client) -> None:
    author = enter(client, national())
    handed_in(author)
    assert client.post(f"{ADDRESS}inleveren/", {"version": "2"}).status_code == 302
    assert Event.objects.filter(act="statement-submitted").count() == 1


@pytest.mark.parametrize("version", ["1", "7", "", "twee"])
def test_hand_in_of_another_version_than_the_latest_is_refused(
    client: Client, version: str
) -> None:
    written(enter(client, national()))
    response = client.post(f"{ADDRESS}inleveren/", {"version": version})
    assert response.status_code == 409
    assert "intussen een nieuwe versie" in text(response)
    assert row().state == "draft"


def test_nothing_new_cannot_be_handed_in(client: Client) -> None:
    enter(client, national())
    response = client.post(f"{ADDRESS}inleveren/", {"version": "1"})
    assert response.status_code == 409
    assert "al nagelezen" in text(response)
    assert row().state == "approved"


def test_unfinished_statement_cannot_be_handed_in(client: Client) -> None:
    author = enter(client, national())
    content = {**row().versions.get().content, "text": "Iets anders.", "explanation": ""}
    made = actions.start(row().election, None, Draft(content), by=author, at=timezone.now())
    response = client.post(f"{ROOM}{made.key}/inleveren/", {"version": "1"})
    assert response.status_code == 409
    assert "Schrijf eerst: Uitleg." in text(response)


def test_approved_version_is_what_is_asked(client: Client) -> None:
    handed_in(colleague())
    reviewer = enter(client, national())
    page = text(client.get(REVIEW))
    assert "nieuw: </span>Nieuwe woorden." in page
    assert "Goedgekeurd. Kiezers zien deze versie" in judge(client)
    now = row()
    assert (now.text, now.state, now.approved) == ("Nieuwe woorden.", "approved", 2)
    assert now.meaning == 1
    version = now.versions.get(number=2)
    assert (version.verdict, version.reviewed_by) == ("approved", reviewer)
    assert Event.objects.latest("pk").act == "statement-approved"


def test_remark_with_an_approval_is_kept(client: Client) -> None:
    handed_in(colleague())
    enter(client, national())
    assert "Fijn zo." in judge(client, remark="Fijn zo.")


def test_author_cannot_review(client: Client) -> None:
    handed_in(enter(client, national()))
    assert client.get(REVIEW).status_code == 409
    assert "Je schreef hier zelf aan mee" in judge(client)
    assert "409" in judge(client, "returned", remark="Nee")
    assert row().approved == 1


def test_author_of_an_earlier_unapproved_version_cannot_approve(client: Client) -> None:
    reviewer = enter(client, national())
    written(reviewer, "Eerste poging.")
    handed_in(colleague(), "Tweede poging.")
    assert "Je schreef hier zelf aan mee" in judge(client, version=3)
    assert row().approved == 1


def test_author_of_what_was_approved_before_may_review_the_next(client: Client) -> None:
    first, second = national(), colleague()
    handed_in(first)
    actions.approve(row(), seen=2, by=second, at=timezone.now())
    handed_in(second, "Nog nieuwer.")
    enter(client, first)
    assert "Goedgekeurd" in judge(client, version=3)


def test_database_refuses_an_author_who_reviews_whatever_is_checked_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    author = national()
    handed_in(author)
    monkeypatch.setattr(actions, "unapproved_versions", lambda _: Version.objects.none())
    with pytest.raises(actions.OwnWorkError), transaction.atomic():
        actions.approve(row(), seen=2, by=author, at=timezone.now())
    assert row().approved == 1


def test_other_refusals_of_the_database_are_not_taken_for_own_work() -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), actions._four_eyes_held():
        Version.objects.create(
            statement=row(), number=1, nature="new", content={}, at=timezone.now()
        )


def test_reviewer_judges_the_version_that_they_saw(client: Client) -> None:
    author = colleague()
    handed_in(author)
    handed_in(author, "Nog nieuwer.")
    enter(client, national())
    page = judge(client, version=2, remark="Prima")
    assert page.startswith("409")
    assert "intussen een nieuwe versie" in page
    assert "Prima" in page  # given back
    assert row().approved == 1


def test_save_takes_a_version_back_from_review(client: Client) -> None:
    author = colleague()
    handed_in(author)
    written(author, "Nog nieuwer.")
    enter(client, national())
    assert "wacht niet op nalezen" in judge(client, version=3)
    assert row().state == "draft"


def test_returned_version_says_why_and_wants_another(client: Client) -> None:
    author = colleague()
    handed_in(author)
    enter(client, national())
    assert "Teruggegeven" in judge(client, "returned", remark="Te lang.")
    now = row()
    assert (now.state, now.approved) == ("draft", 1)
    assert now.versions.get(number=2).verdict == "returned"
    enter(client, author)
    page = text(client.get(ADDRESS))
    assert "Te lang." in page
    assert "Lever versie" not in page
    assert "al nagelezen" in text(client.post(f"{ADDRESS}inleveren/", {"version": "2"}))
    assert handed_in(author, "Kort.").state == "in-review"


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"verdict": "returned", "remark": "  "}, "Schrijf op wat er anders moet"),
        ({"verdict": "", "remark": "Nou"}, "Kies: goedkeuren of teruggeven"),
        ({"verdict": "misschien", "remark": "Nou"}, "Kies: goedkeuren of teruggeven"),
        ({"verdict": "approved", "remark": "x" * 2001}, "2001 van de 2000"),
    ],
)
def test_judgement_that_is_not_clear_is_refused(
    client: Client, form: dict[str, str], said: str
) -> None:
    handed_in(colleague())
    enter(client, national())
    response = client.post(REVIEW, {**form, "version": "2"})
    assert response.status_code == 422
    page = text(response)
    assert said in page
    assert form["remark"].strip() in page
    assert row().state == "in-review"


def test_local_statement_is_reviewed_in_its_region(client: Client) -> None:
    content = {**row().versions.get().content, "text": "Alleen hier."}
    rik = regional("VB0001")
    place = green().contest.municipality
    made = actions.start(row().election, place, Draft(content), by=rik, at=timezone.now())
    actions.submit(made, seen=1, by=rik, at=timezone.now())
    event = Event.objects.latest("pk")
    assert event.municipality == place
    other = User.objects.create_user("ria@example.nl", "Ria Regio")
    other.regions.set(rik.regions.all())
    enter(client, other)
    form = {"verdict": "approved", "version": "1"}
    page = text(client.post(f"{ROOM}{made.key}/beoordeel/", form, follow=True))
    assert "Goedgekeurd" in page
    assert made in Statement.objects.asked_in(green().contest)


def test_change_of_meaning_asks_parties_to_confirm(client: Client) -> None:
    member()
    handed_in(colleague(), "Iets heel anders.", Nature.CHANGE)
    enter(client, national())
    assert "gaat iets anders betekenen" in text(client.get(REVIEW))
    before = DBTaskResult.objects.count()
    assert "1 mens krijgt een mail" in judge(client)
    assert DBTaskResult.objects.count() == before + 1
    now = row()
    assert (now.meaning, now.meaning_since) == (2, now.approved_at)
    assert green().positions.get(statement=now).meaning == 1  # not confirmed yet


def test_one_change_among_several_versions_counts(client: Client) -> None:
    author = colleague()
    written(author, "Iets heel anders.", Nature.CHANGE)
    handed_in(author, "Iets heel anders!", Nature.MEND)
    enter(client, national())
    judge(client, version=3)
    assert row().meaning == 2


def test_mend_asks_nobody(client: Client) -> None:
    member()
    handed_in(colleague())
    enter(client, national())
    before = DBTaskResult.objects.count()
    judge(client)
    assert (row().meaning, DBTaskResult.objects.count()) == (1, before)


def test_change_is_refused_when_nobody_can_confirm_any_more(client: Client) -> None:
    move_deadlines(days=-1)
    enter(client, national())
    content = row().versions.get().content
    form = {name: str(value) for name, value in content.items() if name != "backgrounds"}
    form |= {"text": "Heel iets anders.", "version": "1", "note": "Beter"}
    response = client.post(f"{ADDRESS}schrijf/", {**form, "nature": "change"})
    assert response.status_code == 409
    page = text(response)
    assert "Zij kunnen niet meer bevestigen" in page
    assert "Heel iets anders." in page
    assert row().latest == 1
    assert client.post(f"{ADDRESS}schrijf/", {**form, "nature": "mend"}).status_code == 302


def test_change_is_refused_when_the_term_passed_before_its_approval(client: Client) -> None:
    handed_in(colleague(), "Iets heel anders.", Nature.CHANGE)
    move_deadlines(days=-1)
    enter(client, national())
    page = judge(client)
    assert page.startswith("409")
    assert "kan niet meer iets anders betekenen" in page
    assert (row().meaning, row().state) == (1, "in-review")


def test_change_is_taken_while_nobody_answered(client: Client) -> None:
    with unlocked():
        row().positions.all().delete()
    move_deadlines(days=-1)
    handed_in(colleague(), "Iets heel anders.", Nature.CHANGE)
    enter(client, national())
    assert "Goedgekeurd" in judge(client)
    assert row().meaning == 2


def test_withdrawn_statement_is_asked_no_longer_and_answers_are_kept(client: Client) -> None:
    enter(client, national())
    answers = row().positions.count()
    page = text(client.get(f"{ADDRESS}intrekken/"))
    assert f"{answers} lijsten blijven bewaard" in page
    assert "vanaf de volgende publicatie" in page
    page = text(client.post(f"{ADDRESS}intrekken/", {"reason": "Wet gewijzigd."}, follow=True))
    assert "Wet gewijzigd." in page
    assert row().state == "withdrawn"
    assert row().positions.count() == answers
    assert row() not in Statement.objects.asked_in(green().contest)
    assert Event.objects.latest("pk").act == "statement-withdrawn"


@pytest.mark.parametrize(
    ("reason", "said"), [("", "Schrijf op waarom"), ("x" * 301, "301 van de 300")]
)
def test_withdrawal_wants_a_reason(client: Client, reason: str, said: str) -> None:
    enter(client, national())
    response = client.post(f"{ADDRESS}intrekken/", {"reason": reason})
    assert response.status_code == 422
    assert said in text(response)
    assert row().state == "approved"


@pytest.mark.parametrize("page", ["schrijf", "inleveren", "beoordeel", "intrekken"])
def test_nothing_happens_to_a_withdrawn_statement(client: Client, page: str) -> None:
    handed_in(colleague())
    reviewer = enter(client, national())
    actions.withdraw(row(), "Klaar.", by=reviewer, at=timezone.now())
    form = {"verdict": "approved", "version": "2", "reason": "Nog eens", "remark": "Toch"}
    response = client.post(f"{ADDRESS}{page}/", form)
    assert response.status_code == 409
    assert "Deze stelling is ingetrokken" in text(response)
    assert (row().approved, row().withdrawal) == (1, "Klaar.")


def test_withdrawal_between_looking_and_approving_is_told() -> None:
    author, reviewer = colleague(), national()
    seen = handed_in(author)
    actions.withdraw(seen, "Klaar.", by=author, at=timezone.now())
    with pytest.raises(actions.WithdrawnError):
        actions.approve(seen, seen=2, by=reviewer, at=timezone.now())


def test_every_action_leaves_the_database_s_own_checks_satisfied(client: Client) -> None:
    handed_in(colleague())
    enter(client, national())
    judge(client)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # statement_asked_is_approved
