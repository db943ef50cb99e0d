"""Signing in and out, second factors, sessions, and accepting an invitation.

The views are allauth's, as `screens` shows them; the names are the ones by which it finds them.
What it offers beyond this (signing up, passwords, changing an address) has no address here.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import path

from parties.accounts import screens, views
from parties.accounts.screens import screen

urlpatterns = [
    path("uitnodiging/<str:token>/", views.invitation, name="invitation"),
    path("", screens.sign_in, name="account_login"),
    path("inloggen/", screens.sign_in, name="account_request_login_code"),
    path("code/", screens.code, name="account_confirm_login_code"),
    path("uitloggen/", screens.leaving(screen(account.logout)), name="account_logout"),
    path("gesloten/", screen(account.account_inactive), name="account_inactive"),
    path("opnieuw/", screen(account.reauthenticate), name="account_reauthenticate"),
    path("apparaten/", screens.sessions, name="usersessions_list"),
    path("beveiliging/", screen(mfa.index), name="mfa_index"),
    path("beveiliging/inloggen/", screen(mfa.authenticate), name="mfa_authenticate"),
    path("beveiliging/opnieuw/", screen(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("beveiliging/app/", screens.new_app, name="mfa_activate_totp"),
    path("beveiliging/app/uit/", screen(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path(
        "beveiliging/reserve/",
        screen(recovery_codes.view_recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        "beveiliging/reserve/nieuw/",
        screen(recovery_codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "beveiliging/reserve/bestand/",
        screen(recovery_codes.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path("beveiliging/sleutels/", screen(webauthn.list_webauthn), name="mfa_list_webauthn"),
    path("beveiliging/sleutels/nieuw/", screens.new_key, name="mfa_add_webauthn"),
    path(
        "beveiliging/sleutels/inloggen/", screen(webauthn.login_webauthn), name="mfa_login_webauthn"
    ),
    path(
        "beveiliging/sleutels/opnieuw/",
        screen(webauthn.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path(
        "beveiliging/sleutels/<int:pk>/", screen(webauthn.edit_webauthn), name="mfa_edit_webauthn"
    ),
    path(
        "beveiliging/sleutels/<int:pk>/weg/",
        screen(webauthn.remove_webauthn),
        name="mfa_remove_webauthn",
    ),
]
