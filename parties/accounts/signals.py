"""What follows when someone signs in, or takes a way to do so away."""

from allauth.account.signals import login_code_rejected
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
    authenticator_used,
)
from django.contrib.auth.signals import user_logged_in, user_logged_out

from parties.accounts import sessions, trail

user_logged_in.connect(sessions.begin)
authenticator_removed.connect(sessions.on_factor_removed)

user_logged_in.connect(trail.signed_in)
user_logged_out.connect(trail.signed_out)
login_code_rejected.connect(trail.wrong_code)
authentication_failed.connect(trail.wrong_factor)
authenticator_used.connect(trail.factor_used)
authenticator_added.connect(trail.factor_added)
authenticator_removed.connect(trail.factor_removed)
authenticator_reset.connect(trail.codes_renewed)
