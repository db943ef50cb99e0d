"""What follows when someone signs in, or takes a way to do so away."""

from allauth.mfa.signals import authenticator_removed
from django.contrib.auth.signals import user_logged_in

from parties.accounts import sessions

user_logged_in.connect(sessions.begin)
authenticator_removed.connect(sessions.on_factor_removed)
