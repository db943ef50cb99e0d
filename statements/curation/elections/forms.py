"""What an election is made of."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import from_current_timezone
from django.utils import timezone
from django.utils.text import slugify

from parties.elections import (
    KINDS,
    SLUG,
    Ballot,
    Council,
    NewMunicipality,
    NoCouncil,
    free_slug,
    plain_slug,
    seal,
)
from parties.models import Election
from parties.search import CONTROL
from parties.uploads.apart import Reader
from statements.curation.elections import tables
from statements.curation.elections.table_files import NoTableError, Table

CLOSING = dt.time(17)
WRONG_DAY = "Dit is geen dag. Schrijf hem zoals 20-03-2030."
EARLIEST, LATEST = dt.date(2000, 1, 1), dt.date(2100, 1, 1)


def _tidy(written: str) -> str:
    return " ".join(CONTROL.sub(" ", written).split())


class DeadlineForm(forms.Form):
    """A name, and until when parties may answer."""

    name = forms.CharField(
        max_length=80,
        error_messages={
            "required": "Geef de verkiezing een naam.",
            "max_length": "Deze naam is te lang: hoogstens 80 tekens.",
        },
    )
    deadline_day = forms.DateField(required=False, error_messages={"invalid": WRONG_DAY})
    deadline_time = forms.TimeField(
        required=False, error_messages={"invalid": "Dit is geen tijd. Schrijf hem zoals 17:00."}
    )
    closes_now = forms.BooleanField(required=False)
    seen = forms.CharField(max_length=64, required=False)

    @classmethod
    def showing(cls, election: Election) -> "DeadlineForm":
        shown: dict[str, Any] = {"name": election.name, "seen": seal(election)}
        if election.deadline:
            local = timezone.localtime(election.deadline)
            shown |= {"deadline_day": f"{local:%Y-%m-%d}", "deadline_time": f"{local:%H:%M}"}
        return cls(initial=shown)

    def clean_name(self) -> str:
        name = _tidy(self.cleaned_data["name"])
        if not name:
            raise ValidationError("Geef de verkiezing een naam.")
        return name

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        day, moment = cleaned.get("deadline_day"), cleaned.get("deadline_time")
        cleaned["deadline"] = None
        if moment and not day and "deadline_day" not in self.errors:
            self.add_error("deadline_day", "Kies ook een dag, of laat de tijd leeg.")
        elif day:
            cleaned["deadline"] = self._moment(day, moment or CLOSING)
        return cleaned

    def _moment(self, day: dt.date, moment: dt.time) -> dt.datetime | None:
        """By the Dutch clock, which skips an hour on one night in spring."""
        try:
            return from_current_timezone(dt.datetime.combine(day, moment))
        except (ValidationError, OverflowError):
            self.add_error("deadline_time", "Dit tijdstip bestaat niet: dan gaat de klok vooruit.")
            return None


class DayForm(forms.Form):
    """What an election is besides its name and its deadline: a day, an address, and years."""

    date = forms.DateField(
        error_messages={"required": "Kies de dag van de verkiezing.", "invalid": WRONG_DAY}
    )
    is_past = forms.BooleanField(required=False)
    slug = forms.CharField(max_length=20, required=False)
    municipality_year = forms.TypedChoiceField(coerce=int, required=False, empty_value=None)
    postcode_year = forms.TypedChoiceField(coerce=int, required=False, empty_value=None)

    def __init__(
        self, *arguments: Any, years: Sequence[int], postcodes: Sequence[int], **options: Any
    ) -> None:
        super().__init__(*arguments, **options)
        self.years, self.postcodes = years, postcodes
        for name, choices in (("municipality_year", years), ("postcode_year", postcodes)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  # for the type only
            field.choices = [("", "past het best bij de dag"), *((str(y), str(y)) for y in choices)]

    def clean_date(self) -> dt.date:
        day: dt.date = self.cleaned_data["date"]
        if not EARLIEST <= day < LATEST:
            raise ValidationError("Kies een dag in deze eeuw.")
        return day

    def check_past(self, cleaned: dict[str, Any]) -> None:
        """A day that was there already is often a slip of the hand; so it is asked."""
        day = cleaned.get("date")
        if day and day < timezone.localdate() and not cleaned.get("is_past"):
            self.add_error(
                "date", "Deze dag is al geweest. Klopt dat? Kruis het dan hieronder aan."
            )

    def clean_slug(self) -> str:
        slug = str(self.cleaned_data["slug"]).strip().lower()
        if slug and not SLUG.fullmatch(slug):
            raise ValidationError(
                "Schrijf hoogstens acht letters en dan een jaar, zoals gr2030 of hi2026b."
            )
        return slug


class CorrectionForm(DayForm):
    """Of an election that nobody saw the answers of yet: all but its name and its deadline."""

    seen = forms.CharField(max_length=64, required=False)

    @classmethod
    def showing(
        cls, election: Election, *, years: Sequence[int], postcodes: Sequence[int]
    ) -> "CorrectionForm":
        names = ("slug", "municipality_year", "postcode_year")
        shown: dict[str, Any] = {name: getattr(election, name) for name in names}
        shown |= {"date": f"{election.date:%Y-%m-%d}", "seen": seal(election)}
        shown["is_past"] = election.date < timezone.localdate()
        return cls(initial=shown, years=years, postcodes=postcodes)

    def clean_slug(self) -> str:
        slug = super().clean_slug()
        if not slug:
            raise ValidationError("Vul het adres in, zoals gr2030.")
        return slug

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        self.check_past(cleaned)
        if not cleaned.get("municipality_year") and "municipality_year" not in self.errors:
            self.add_error("municipality_year", "Kies een jaar.")
        return cleaned


class ElectionForm(DayForm, DeadlineForm):
    """A new one, for any day."""

    kind = forms.ChoiceField(
        choices=list(KINDS.items()), error_messages={"required": "Kies wat voor verkiezing het is."}
    )
    taken_slug = ""  # the address that it would have had, when another election has that

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        self.check_past(cleaned)
        if not self.years:
            raise ValidationError("Er zijn nog geen gemeenten ingelezen.")
        day, kind = cleaned.get("date"), cleaned.get("kind")
        if day and kind:
            if not cleaned.get("slug"):
                cleaned["slug"], plain = free_slug(kind, day), plain_slug(kind, day)
                self.taken_slug = plain if cleaned["slug"] != plain else ""
            cleaned["municipality_year"] = cleaned.get("municipality_year") or _fitting(
                self.years, day.year
            )
            cleaned["postcode_year"] = cleaned.get("postcode_year") or _fitting(
                self.postcodes, day.year
            )
        return cleaned

    @property
    def made(self) -> Election:
        names = ("slug", "name", "date", "municipality_year", "postcode_year", "deadline")
        return Election(**{name: self.cleaned_data[name] for name in names})


def _fitting(years: Iterable[int], year: int) -> int | None:
    """The last one that held on the day; with none, the first that came after."""
    ordered = sorted(years)
    before = [each for each in ordered if each <= year]
    return before[-1] if before else next(iter(ordered), None)


class SourceForm(forms.Form):
    """Another election, to take something from."""

    source = forms.ModelChoiceField(
        queryset=Election.objects.none(),
        to_field_name="slug",
        error_messages={
            "required": "Kies een verkiezing.",
            "invalid_choice": "Uit deze verkiezing valt niets over te nemen.",
        },
    )

    def __init__(self, elections: Any, data: Any = None) -> None:
        super().__init__(data)
        field = self.fields["source"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  # for the type only
        field.queryset = elections


class MunicipalityForm(forms.Form):
    """A municipality that no list of CBS has yet."""

    name = forms.CharField(
        max_length=80,
        error_messages={
            "required": "Vul de naam van de gemeente in.",
            "max_length": "Deze naam is te lang: hoogstens 80 tekens.",
        },
    )
    province = forms.ChoiceField(
        error_messages={
            "required": "Kies de provincie.",
            "invalid_choice": "Kies een provincie uit de lijst.",
        }
    )
    code = forms.CharField(
        max_length=20,
        error_messages={
            "required": "Vul de code van het CBS in.",
            "max_length": "Een code is GM en dan vier cijfers, zoals GM1234.",
        },
    )

    def __init__(self, provinces: Iterable[str], data: Any = None) -> None:
        super().__init__(data)
        field = self.fields["province"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # for the type only
        field.choices = [(each, each) for each in provinces]
        self.merging = data.getlist("merging") if data is not None else []

    def clean_name(self) -> str:
        name = _tidy(self.cleaned_data["name"])
        if not slugify(name):
            raise ValidationError("Vul de naam van de gemeente in.")
        return name

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"]).strip().upper()
        if not re.fullmatch(r"GM[0-9]{4}", code):
            raise ValidationError("Een code is GM en dan vier cijfers, zoals GM1234.")
        return code

    @property
    def made(self) -> NewMunicipality:
        return NewMunicipality(**self.cleaned_data, merging=[*self.merging])


class TablesForm(forms.Form):
    """The files with councils, lists and absences; each may be left out, not all of them."""

    contests = forms.FileField(required=False, allow_empty_file=True)
    parties = forms.FileField(required=False, allow_empty_file=True)
    absences = forms.FileField(required=False, allow_empty_file=True)

    councils: Sequence[Council] = ()
    ballots: Sequence[Ballot] = ()
    missing: Sequence[NoCouncil] = ()
    problems: Sequence[str] = ()

    def __init__(
        self, known: set[str], there: set[str], data: Any = None, files: Any = None
    ) -> None:
        super().__init__(data, files)
        self.known, self.there = known, there

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not any(cleaned.get(name) for name in ("contests", "parties", "absences")):
            raise ValidationError("Kies ten minste één bestand.")
        contests = self._table("contests", tables.read_councils)
        parties = self._table("parties", tables.read_ballots)
        absences = self._table("absences", tables.read_absences)
        self.councils = tables.councils(contests, self.known)
        voting = self.there | {each.municipality for each in self.councils}
        self.ballots = tables.ballots(parties, voting)
        self.missing = tables.absences(absences, self.known, voting)
        read = {"contests": contests, "parties": parties, "absences": absences}
        named = [(self._file_name(name), table) for name, table in read.items()]
        self.problems = list(tables.first_problems(named))
        if self.problems:
            raise ValidationError("Er is niets ingelezen. Dit klopt niet:")
        return cleaned

    def _file_name(self, name: str) -> str:
        """As the person has it."""
        file = self.cleaned_data.get(name)
        return str(file.name) if file else ""

    def _table(self, name: str, read: Reader[Table]) -> Table:
        file = self.cleaned_data.get(name)
        if not file:
            return Table()
        try:
            return read(file.read())
        except NoTableError as error:
            return Table(problems=[str(error)])
