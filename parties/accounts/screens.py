"""allauth's screens, as we show them: never kept, with the right status, in our own words."""

import time
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import ConfirmLoginCodeView, RequestLoginCodeView
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView
from allauth.usersessions.views import ListUserSessionsView
from django.forms import Form
from django.http import HttpRequest, HttpResponse

from parties.accounts.access import person
from parties.accounts.devices import describe
from parties.accounts.forms import SignInForm
from parties.accounts.sessions import end_others
from parties.problems import MINUTES_TO_WAIT

TOO_OFTEN = {"too_many_login_attempts", "rate_limited"}  # codes of allauth's errors


def screen(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A form that is shown again after it was sent was refused: 422, or 429. No screen is kept."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if request.method == "POST" and response.status_code == HTTPStatus.OK:
            response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
            if _was_too_often(response):
                response.status_code = HTTPStatus.TOO_MANY_REQUESTS
                response["Retry-After"] = str(MINUTES_TO_WAIT * 60)
        response["Cache-Control"] = "no-store"
        return response

    return shown


def leaving(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Who signs out leaves no page behind that the browser could go back to.

    Nothing else is kept: pages are `no-store`, and scripts keep nothing. A voter's cookie stays.
    """

    @wraps(view)
    def left(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if request.method == "POST":
            response["Clear-Site-Data"] = '"cache"'
        return response

    return left


def _was_too_often(response: HttpResponse) -> bool:
    """Whether allauth refused the form for that reason, which it says beside a field."""
    form = (getattr(response, "context_data", None) or {}).get("form")
    errors = form.errors.as_data().values() if form is not None else ()
    return any(each.code in TOO_OFTEN for field in errors for each in field)


class SignInView(RequestLoginCodeView):  # type: ignore[misc]  # allauth has no types
    """An address that nobody has gets a mail too, and the same answer: nobody learns whose it is.

    allauth's own mail for it would invite to sign up, which has no address here.
    """

    def form_valid(self, form: SignInForm) -> HttpResponse:
        if form.person is None:
            prefix = "account/email/unknown_account"
            get_adapter().send_mail(prefix, form.cleaned_data["email"], {})
        response: HttpResponse = super().form_valid(form)
        return response


class CodeView(ConfirmLoginCodeView):  # type: ignore[misc]
    def _resend_form_valid(self, form: Form) -> HttpResponse:
        """A new code is good for as long as its mail says; wrong guesses stay counted."""
        self._process.state["at"] = self.stage.login.initiated_at = time.time()
        response: HttpResponse = super()._resend_form_valid(form)
        return response


class SessionsView(ListUserSessionsView):  # type: ignore[misc]
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        for session in context["sessions"]:
            session.device = describe(session.user_agent)
        return context


class FreshProof:
    """Who has just shown a new app or key is not asked for it again to see the spare codes.

    Whoever is signed in elsewhere as the same person is: that session never showed it.
    """

    request: HttpRequest

    def form_valid(self, form: Form) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)  # type: ignore[misc]  # of the view
        user = person(self.request)
        if user is not None and response.status_code == HTTPStatus.FOUND:
            end_others(self.request, user)
            record_authentication(self.request, user, "mfa", reauthenticated=True)
        return response


class AppView(FreshProof, ActivateTOTPView):  # type: ignore[misc]
    pass


class NewKeyView(FreshProof, AddWebAuthnView):  # type: ignore[misc]
    pass


new_app = screen(AppView.as_view())
new_key = screen(NewKeyView.as_view())
sign_in = screen(SignInView.as_view())
code = screen(CodeView.as_view())
sessions = screen(SessionsView.as_view())
