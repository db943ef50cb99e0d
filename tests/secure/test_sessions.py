"""How long someone stays signed in, what ends it before, and what is asked once more."""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from parties import colleagues
from parties.accounts.sessions import DAY, HOUR, MINUTE, PARTY, STAFF, Noted, has_ended
from parties.models import User
from tests.curation.addresses import addresses, answer, refuses
from tests.curation.staff import colleague, enter, member, national, prove, region, regional
from tests.curation.world import world
from tests.parties.people import Outbox, app_code, secret_of, shown, sign_in, who
from tests.publication.staging import REASON, TOWN, URK, contest, proposal, rename, seen

pytestmark = pytest.mark.django_db
LIST = "/partij/gr2022/voorbeeldstad/groen-voorbeeldstad/"
DESK = "/redactie/"
CONFIRM = reverse("mfa_reauthenticate")


def later(**delta: float) -> Any:
    return time_machine.travel(timezone.now() + timedelta(**delta), tick=False)


def staff(client: Client) -> str:
    enter(client, national())
    return DESK


def party(client: Client) -> str:
    enter(client, member(), second_factor=False)
    return LIST


@pytest.mark.parametrize(
    ("role", "pause"), [(staff, {"minutes": 31}), (party, {"days": 3, "minutes": 1})]
)
def test_session_without_use_ends(
    client: Client, role: Callable[[Client], str], pause: dict[str, float]
) -> None:
    path = role(client)
    assert client.get(path).status_code == 200
    with later(**pause):
        response = client.get(path)
        assert response["Location"] == f"{reverse('account_login')}?next={path}"
        assert who(client) is None
        assert "omdat je een tijd niets deed" in shown(client.get(response["Location"]))


@pytest.mark.parametrize(
    ("role", "step", "end"), [(staff, 20 * MINUTE, 12 * HOUR), (party, 2 * DAY, 14 * DAY)]
)
def test_session_that_is_used_ends_too(
    client: Client, role: Callable[[Client], str], step: int, end: int
) -> None:
    path = role(client)
    began = timezone.now()
    for passed in range(step, end, step):
        with time_machine.travel(began + timedelta(seconds=passed), tick=False):
            assert client.get(path).status_code == 200, passed
    with time_machine.travel(began + timedelta(seconds=end), tick=False):
        assert client.get(path).status_code == 302


def test_what_was_typed_comes_back_when_it_ended_meanwhile(client: Client) -> None:
    enter(client, national())
    with later(minutes=31):
        response = client.post(f"{DESK}stellingen/gr2022/nieuw/", {"text": "Een lange stelling."})
        assert response.status_code == 401
        assert "Een lange stelling." in shown(response)
        assert "omdat je een tijd niets deed" not in shown(response)


def test_session_of_before_these_rules_is_over(client: Client) -> None:
    enter(client, national())
    session = client.session
    del session["ends"]
    session.save()
    assert client.get(DESK).status_code == 302


def test_who_is_active_is_written_down_once_a_minute(client: Client) -> None:
    enter(client, national())
    before = client.session["ends"]["used"]
    client.get(DESK)
    assert client.session["ends"]["used"] == before
    with later(minutes=2):
        client.get(DESK)
        assert client.session["ends"]["used"] > before


@given(st.booleans(), st.floats(0, 20 * DAY), st.floats(0, 20 * DAY))
def test_no_session_outlives_its_ends(is_staff: bool, began: float, used: float) -> None:  # noqa: FBT001
    noted: Noted = {"began": began, "used": max(began, used), "staff": is_staff}
    ends, now = STAFF if is_staff else PARTY, 20.0 * DAY
    stays = not has_ended(noted, now)
    assert stays == (
        now - noted["began"] < ends.after_signing_in and now - noted["used"] < ends.without_use
    )


# What ends it


def give_the_country(user: User, by: User) -> None:
    rest: dict[str, Any] = {"by": by, "at": timezone.now(), "seen": colleagues.seal(user)}
    colleagues.change(user, user.name, national=True, regions=[], **rest)


def give_another_region(user: User, by: User) -> None:
    rest: dict[str, Any] = {"by": by, "at": timezone.now(), "seen": colleagues.seal(user)}
    colleagues.change(user, user.name, national=False, regions=[region("elders")], **rest)


def suspend(user: User, by: User) -> None:
    colleagues.suspend(user, by=by, at=timezone.now())


@pytest.mark.parametrize("change", [give_the_country, give_another_region, suspend])
def test_change_of_role_ends_every_session(
    client: Client, change: Callable[[User, User], None]
) -> None:
    user = enter(client, regional("GM0344"))
    change(user, colleague())
    assert client.get(DESK).status_code == 302


def test_other_name_ends_nothing(client: Client) -> None:
    user = enter(client, national())
    rest: dict[str, Any] = {"by": colleague(), "at": timezone.now(), "seen": colleagues.seal(user)}
    colleagues.change(user, "Nina Nieuw", national=True, regions=[], **rest)
    assert client.get(DESK).status_code == 200


def test_becoming_a_colleague_ends_the_sessions_of_before(client: Client) -> None:
    user = User.objects.create_user("eva@example.nl", "Eva")
    enter(client, user, second_factor=False)
    rest: dict[str, Any] = {"by": colleague(), "at": timezone.now()}
    colleagues.add(user.email, "Eva", national=True, regions=[], **rest)
    assert client.get("/partij/").status_code == 302


def test_right_that_is_changed_in_djangos_admin_ends_sessions_too(client: Client) -> None:
    enter(client, User.objects.create_superuser("tess@example.nl", name="Tess"))
    user, other = national(), Client()
    enter(other, user)
    fields = {"email": user.email, "name": user.name, "is_active": "on"}
    path = reverse("admin:parties_user_change", args=[user.pk])
    assert client.post(path, {**fields, "is_national": "on"}).status_code == 302
    assert other.get(DESK).status_code == 200
    assert client.post(path, fields).status_code == 302
    assert other.get(DESK).status_code == 302


def test_factor_that_is_taken_away_ends_sessions_elsewhere(client: Client) -> None:
    user, other = enter(client, national()), Client()
    other.force_login(user)
    prove(other, user)
    assert client.post(reverse("mfa_deactivate_totp")).status_code == 302
    assert not Authenticator.objects.filter(user=user).exists()
    assert who(client)
    assert other.get(DESK).status_code == 302


def test_new_factor_ends_sessions_that_never_showed_it(client: Client, mailoutbox: Outbox) -> None:
    user, other = national(), Client()
    sign_in(client, user.email, mailoutbox)
    other.force_login(user)
    client.get(reverse("mfa_activate_totp"))
    code = app_code(client.session["mfa.totp.secret"])
    assert client.post(reverse("mfa_activate_totp"), {"code": code}).status_code == 302
    assert client.get(DESK).status_code == 200
    assert other.get(DESK).status_code == 302


# The second factor


def test_no_address_lets_staff_in_whose_session_never_showed_a_factor(client: Client) -> None:
    """The account has one by now, which is not enough: every address that wants it asks for it."""
    made = world()
    user = User.objects.create_superuser("lea@example.nl", name="Lea", is_national=True)
    TOTP.activate(user, generate_totp_secret())
    client.force_login(user)
    client.raise_request_exception = False
    let_in = []
    for each in addresses(made):
        if not each.path.startswith(("/redactie/", "/beheer/")):
            continue
        for method in ("GET", "POST"):
            response = answer(client, method, each.path)
            asked = response.get("Location", "").startswith(CONFIRM)
            is_way_out = each.name in {"admin:login", "admin:logout"}
            is_kept_out = response.status_code == 405 or refuses(response, each.path)
            if not (asked or is_way_out or is_kept_out):
                let_in.append(f"{method} {each.path}: {response.status_code}")
    assert not let_in, "\n".join(let_in)


def test_who_has_shown_the_factor_goes_on_where_they_were(client: Client) -> None:
    user = national()
    secret = secret_of(user)
    client.force_login(user)
    asked = client.get(f"{DESK}logboek/")["Location"]
    answered = client.post(asked, {"code": app_code(secret), "next": f"{DESK}logboek/"})
    assert answered["Location"] == f"{DESK}logboek/"
    assert client.get(f"{DESK}logboek/").status_code == 200


# What is asked once more


def publish(client: Client) -> tuple[str, dict[str, str]]:
    rename()
    return f"{TOWN}publiceer/", {"seen": seen(client, TOWN), "reason": REASON}


def propose(client: Client) -> tuple[str, dict[str, str]]:
    return f"{URK}publiceer/", {"seen": seen(client, URK), "reason": REASON}


def approve(client: Client) -> tuple[str, dict[str, str]]:
    other = Client()
    enter(other, colleague())
    path, given = propose(other)
    other.post(path, given)
    return f"{URK}voorstel/{proposal().pk}/goedkeuren/", {"seen": proposal().digest}


def roll_back(client: Client) -> tuple[str, dict[str, str]]:
    path, given = publish(client)
    client.post(path, given)
    return f"{TOWN}terug/1/", {"reason": REASON}


def together(client: Client) -> tuple[str, dict[str, str]]:
    region("midden", contest().municipality.code)
    return "/redactie/publiceren/gr2022/samen/", {"part": "midden", "reason": REASON}


def approve_together(client: Client) -> tuple[str, dict[str, str]]:
    approve(client)
    return "/redactie/publiceren/gr2022/samen/goedkeuren/", {}


@pytest.mark.parametrize("act", [publish, propose, approve, roll_back, together, approve_together])
def test_publishing_asks_for_the_factor_again_and_keeps_what_was_typed(
    client: Client, act: Callable[[Client], tuple[str, dict[str, str]]]
) -> None:
    user = national()
    secret = secret_of(user)
    client.force_login(user)
    prove(client, user)
    path, given = act(client)
    prove(client, user, minutes_ago=11)
    before = contest().editions.count(), contest("urk").editions.count()
    asked = client.post(path, given)
    assert asked["Location"].startswith(CONFIRM), asked.content
    assert (contest().editions.count(), contest("urk").editions.count()) == before
    assert "Ben jij het?" in shown(client.get(asked["Location"]))
    wrong = client.post(asked["Location"], {"code": "000000", "next": path})
    assert wrong.status_code == 422
    done = client.post(asked["Location"], {"code": app_code(secret), "next": path})
    assert done.status_code == 302, shown(done)
    assert done["Location"].startswith("/redactie/publiceren/gr2022/")
    assert client.get(done["Location"]).status_code == 200


def test_published_after_the_proof_with_the_reason_that_was_typed(client: Client) -> None:
    user = national()
    secret = secret_of(user)
    client.force_login(user)
    prove(client, user, minutes_ago=11)
    path, given = publish(client)
    asked = client.post(path, given)["Location"]
    client.post(asked, {"code": app_code(secret), "next": path})
    assert contest().editions.order_by("-number")[0].reason == REASON


def test_who_has_just_signed_in_publishes_at_once(client: Client) -> None:
    enter(client, national())
    path, given = publish(client)
    assert client.post(path, given)["Location"] == TOWN


def test_changing_a_factor_asks_for_it_when_it_was_shown_long_ago(client: Client) -> None:
    user = national()
    secret_of(user)
    client.force_login(user)
    prove(client, user, minutes_ago=11)
    for name in (
        *("mfa_activate_totp", "mfa_deactivate_totp", "mfa_add_webauthn"),
        *("mfa_generate_recovery_codes", "mfa_view_recovery_codes", "mfa_download_recovery_codes"),
    ):
        for method in (client.get, client.post):
            response = method(reverse(name))
            location = response.get("Location", "")
            is_asked = location.startswith((CONFIRM, reverse("mfa_deactivate_totp")))
            assert is_asked or response.status_code == 405, name


def test_clock_of_the_proof_is_that_of_the_server(client: Client) -> None:
    """What a session says of the future counts as now, and no longer than that."""
    user = national()
    secret_of(user)
    client.force_login(user)
    prove(client, user, minutes_ago=9)
    path, given = publish(client)
    with time_machine.travel(time.time() + 2 * MINUTE, tick=False):
        assert client.post(path, given)["Location"].startswith(CONFIRM)
