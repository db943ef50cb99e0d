"""What staff fill in about a ballot."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, URLValidator
from django.forms.utils import from_current_timezone
from django.utils import timezone

from parties.ballots import LONGEST_REASON, WRITTEN, Change, Details
from parties.importers.ballot_matching import Kind, Match, Proposal
from parties.importers.list_names import tidy
from parties.models import Contest, Party

NEW = "nieuw"
ADDRESSES = (
    URLValidator(["http", "https"], message="Een adres begint met https:// of http://."),
    MaxLengthValidator(200, "Dit adres is te lang: hoogstens 200 tekens."),
)
NO_MOMENT = "In die nacht wordt de klok verzet: dit uur bestaat niet, of komt twee keer."


class SearchForm(forms.Form):
    """Which councils to show."""

    gemeente = forms.CharField(max_length=80, required=False)


class WebAddress(forms.URLField):
    """Where to read more of a list; may stay empty."""

    def __init__(self, example: str) -> None:
        said = {"invalid": f"Schrijf een adres zoals {example}."}
        super().__init__(required=False, assume_scheme="https", error_messages=said)

    def clean(self, value: Any) -> str:
        written = str(super().clean(value))
        if written:
            for check in ADDRESSES:
                check(written)
        return written


class ListForm(forms.Form):
    """What stands on the ballot about a list."""

    name = forms.CharField(
        max_length=120,
        required=False,
        error_messages={"max_length": "Deze naam is te lang: hoogstens 120 tekens."},
    )
    is_blank = forms.BooleanField(required=False)
    number = forms.IntegerField(
        min_value=1,
        max_value=99,
        required=False,
        error_messages={
            "invalid": "Schrijf een getal van 1 tot en met 99, of laat het leeg.",
            "min_value": "Een lijstnummer is 1 tot en met 99.",
            "max_value": "Een lijstnummer is 1 tot en met 99.",
        },
    )
    description = forms.CharField(
        max_length=140,
        required=False,
        error_messages={"max_length": "De omschrijving is te lang: hoogstens 140 tekens."},
    )
    website = WebAddress("https://www.partij.example")
    programme = WebAddress("https://www.partij.example/programma")

    @classmethod
    def of(cls, party: Party) -> "ListForm":
        """Filled in with what is known."""
        known = {field: getattr(party, field) for field in WRITTEN}
        return cls(initial={**known, "is_blank": not party.name})

    def clean_name(self) -> str:
        return tidy(self.cleaned_data["name"])

    def clean_description(self) -> str:
        return tidy(self.cleaned_data["description"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if "name" in cleaned and bool(cleaned["name"]) == cleaned["is_blank"]:
            said = "Een blanco lijst heeft geen naam. Haal de naam of het kruisje weg."
            missing = "Vul de naam in, of kruis aan dat het een blanco lijst is."
            self.add_error("name", said if cleaned["is_blank"] else missing)
        return cleaned

    @property
    def details(self) -> Details:
        return Details(**self.cleaned_data)


class WithdrawForm(forms.Form):
    """Why a list is not on the ballot after all."""

    reason = forms.CharField(
        max_length=LONGEST_REASON,
        error_messages={
            "required": "Schrijf op waarom je de lijst intrekt.",
            "max_length": f"De reden is te lang: hoogstens {LONGEST_REASON} tekens.",
        },
    )

    def clean_reason(self) -> str:
        reason = tidy(self.cleaned_data["reason"])
        if not reason:
            raise ValidationError("Schrijf op waarom je de lijst intrekt.")
        return reason


class MergeForm(forms.Form):
    """Which list a list goes up in."""

    into = forms.ChoiceField(
        error_messages={
            "required": "Kies de lijst waarmee je samenvoegt.",
            "invalid_choice": "Deze lijst staat niet (meer) op dit stembiljet. Kies een andere.",
        }
    )

    def __init__(self, others: Iterable[Party], data: Any = None) -> None:
        super().__init__(data)
        self.by_slug = {each.slug: each for each in others}
        into = self.fields["into"]
        assert isinstance(into, forms.ChoiceField)  # noqa: S101  # for the type only
        into.choices = [(slug, str(each)) for slug, each in self.by_slug.items()]

    @property
    def target(self) -> Party:
        return self.by_slug[self.cleaned_data["into"]]


class DeadlineForm(forms.Form):
    """When a council closes, on Dutch clocks; with nothing in it, when the country does."""

    day = forms.DateField(
        required=False, error_messages={"invalid": "Dit is geen dag. Schrijf hem als 2022-03-04."}
    )
    time = forms.TimeField(
        required=False, error_messages={"invalid": "Dit is geen tijd. Schrijf hem als 17:00."}
    )
    closes_now = forms.BooleanField(required=False)

    @classmethod
    def of(cls, contest: Contest) -> "DeadlineForm":
        if contest.own_deadline is None:
            return cls()
        local = timezone.localtime(contest.own_deadline)
        return cls(initial={"day": local.date().isoformat(), "time": f"{local:%H:%M}"})

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.errors:
            return cleaned
        day, time = cleaned["day"], cleaned["time"]
        if (day is None) != (time is None):
            empty = "day" if day is None else "time"
            self.add_error(empty, "Vul de dag en de tijd allebei in, of geen van beide.")
        elif day is not None:
            self._combine(datetime.combine(day, time))
        return cleaned

    def _combine(self, local: datetime) -> None:
        try:
            self.cleaned_data["deadline"] = from_current_timezone(local)
        except (ValidationError, OverflowError):
            self.add_error("time", NO_MOMENT)

    @property
    def deadline(self) -> datetime | None:
        found: datetime | None = self.cleaned_data.get("deadline")
        return found


class FileForm(forms.Form):
    """The Kiesraad's file."""

    bestand = forms.FileField(
        allow_empty_file=True, error_messages={"required": "Kies een bestand."}
    )


class ChoicesForm(forms.Form):
    """Which list of ours each list of the file is, and whose spelling of its name holds."""

    def __init__(self, proposal: Proposal, data: Any = None) -> None:
        super().__init__(data)
        self.proposal = proposal
        self.parties = {str(each.pk): each for each in proposal.choices}
        others = [(pk, str(each)) for pk, each in self.parties.items()]
        for match in proposal.matches:
            number = match.listed.number
            if match.kind is not Kind.CERTAIN:
                self.fields[f"list-{number}"] = forms.ChoiceField(
                    choices=[*others, (NEW, "een nieuwe lijst")],
                    initial=str(match.party.pk) if match.party else NEW,
                    error_messages={
                        "required": "Kies welke lijst dit is.",
                        "invalid_choice": "Deze lijst is er niet (meer). Kies opnieuw.",
                    },
                )
            if match.kind is not Kind.CERTAIN or match.is_spelled_differently:
                self.fields[f"name-{number}"] = forms.BooleanField(required=False)

    @property
    def rows(self) -> Sequence[tuple[Match, Any, Any]]:
        """Each list of the file with its two fields, where it has them."""
        return [
            (match, self._field("list", match), self._field("name", match))
            for match in self.proposal.matches
        ]

    def _field(self, name: str, match: Match) -> forms.BoundField | None:
        key = f"{name}-{match.listed.number}"
        return self[key] if key in self.fields else None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first: dict[str, str] = {}
        for field, chosen in list(cleaned.items()):
            if field.startswith("list-") and chosen != NEW and chosen in first:
                number = first[chosen].removeprefix("list-")
                self.add_error(field, f"Deze lijst koos je al bij lijst {number}.")
            elif field.startswith("list-"):
                first.setdefault(chosen, field)
        return cleaned

    @property
    def changes(self) -> list[Change]:
        """What the file makes of our lists, as this person chose."""
        return [self._change(match) for match in self.proposal.matches]

    def _change(self, match: Match) -> Change:
        number, name = match.listed.number, match.listed.name
        chosen = self.cleaned_data.get(f"list-{number}")
        party = match.party if chosen is None else self.parties.get(chosen)
        if party is None:
            return Change(number, name)
        takes_name = self.cleaned_data.get(f"name-{number}", False)
        return Change(number, name if takes_name else None, party.pk)
