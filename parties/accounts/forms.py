"""Forms of signing in. The rules are allauth's; labels, help and messages are ours."""

from typing import Any

from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from cryptography.exceptions import InvalidSignature
from django import forms
from django.core.exceptions import ValidationError

from parties.addresses import normal_address
from parties.models import User

LONGEST_NAME = 120
LONGEST_KEY_NAME = 60
WRONG_KEY = "Het lukte niet met deze sleutel. Er is niets veranderd. Probeer het nog een keer."
MALFORMED = (AttributeError, KeyError, TypeError, ValueError, InvalidSignature)


class AddressField(forms.CharField):
    """An e-mail address, normal once it is clean."""

    widget = forms.EmailInput(
        attrs={"inputmode": "email", "autocapitalize": "none", "spellcheck": "false"}
    )
    default_error_messages = {"required": "Vul een e-mailadres in."}

    def clean(self, value: Any) -> str:
        written = super().clean(value)
        return normal_address(written) if written else ""


def code_field(help_text: str, **attributes: str) -> forms.CharField:
    return forms.CharField(
        label="Code",
        help_text=help_text,
        max_length=60,
        error_messages={"required": "Vul de code in."},
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "spellcheck": "false", **attributes}
        ),
    )


def key_name_field() -> forms.CharField:
    return forms.CharField(
        label="Naam van deze sleutel",
        help_text="Zo herken je hem later. Bijvoorbeeld: mijn telefoon.",
        max_length=LONGEST_KEY_NAME,
        error_messages={
            "required": "Geef de sleutel een naam.",
            "max_length": f"Maak de naam niet langer dan {LONGEST_KEY_NAME} tekens.",
        },
    )


class SignInForm(RequestLoginCodeForm):  # type: ignore[misc]  # allauth has no types
    email = AddressField(
        label="Je e-mailadres", error_messages={"required": "Vul je e-mailadres in."}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].widget.attrs["autocomplete"] = "email"

    @property
    def person(self) -> User | None:
        """Whose address it is, if anybody's; not before the form is clean."""
        user: User | None = self._user
        return user


class LoginCodeForm(ConfirmLoginCodeForm):  # type: ignore[misc]
    code = code_field(
        "Acht letters. Hoofdletters of kleine letters, met of zonder streepje: alles mag.",
        autocapitalize="characters",
    )


class SecondFactorForm(AuthenticateForm):  # type: ignore[misc]
    code = code_field("De zes cijfers uit je app, of een van je reservecodes.", inputmode="numeric")


class ConfirmForm(ReauthenticateForm):  # type: ignore[misc]
    code = code_field("De zes cijfers uit je app, of een van je reservecodes.", inputmode="numeric")


class ActivateAppForm(ActivateTOTPForm):  # type: ignore[misc]
    code = code_field("De zes cijfers die je app nu toont.", inputmode="numeric")


class KeyAnswer:
    """What a browser says for a key. allauth expects it to be well formed; anyone can send it."""

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]  # of the form it is mixed into
        except MALFORMED as error:
            raise ValidationError(WRONG_KEY, code="credential") from error


class KeySignInForm(KeyAnswer, LoginWebAuthnForm):  # type: ignore[misc]
    pass


class KeySecondFactorForm(KeyAnswer, AuthenticateWebAuthnForm):  # type: ignore[misc]
    pass


class KeyConfirmForm(KeyAnswer, ReauthenticateWebAuthnForm):  # type: ignore[misc]
    pass


class NewKeyForm(AddWebAuthnForm):  # type: ignore[misc]
    name = key_name_field()

    def clean(self) -> dict[str, Any]:
        try:
            cleaned: dict[str, Any] = super().clean()
        except MALFORMED as error:
            raise ValidationError(WRONG_KEY, code="credential") from error
        return cleaned

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = False  # allauth makes one up: the key exists already


class KeyNameForm(EditWebAuthnForm):  # type: ignore[misc]
    name = key_name_field()


class InvitationForm(forms.Form):
    """Accepting an invitation: under which name."""

    name = forms.CharField(
        label="Je naam",
        help_text="Deze naam komt onder de standpunten die je indient. Kiezers zien hem niet.",
        max_length=LONGEST_NAME,
        error_messages={
            "required": "Vul je naam in.",
            "max_length": f"Maak je naam niet langer dan {LONGEST_NAME} tekens.",
        },
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())
