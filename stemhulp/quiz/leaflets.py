"""What is shared of the quiz in a municipality, the same for everyone: a flyer, a preview."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import get_language, get_language_bidi, get_language_info, ngettext
from django.utils.translation import gettext as _

from stemhulp.editions.edition import DUTCH, Edition, Election, Municipality, Theme
from stemhulp.editions.guide import Guide
from stemhulp.handouts.characters import isolated, plain
from stemhulp.handouts.flyer import Flyer
from stemhulp.handouts.images import PreviewCard
from stemhulp.handouts.values import Link, Logo, Topic, Words
from stemhulp.quiz.addresses import as_shown, public_address, short_address, whole_address
from stemhulp.quiz.scores import minutes_for

MAKER = "VluchtelingenWerk Nederland"


@dataclass(frozen=True)
class Shared:
    """What a link says about itself where it is shared (the Open Graph protocol)."""

    url: str
    title: str
    image: str


def shared_contest(edition: Edition) -> Shared:
    url, image = (public_address(page, edition) for page in ("introduction", "preview"))
    return Shared(url, plain(_title(edition)), image + logo_version())


def shared_election(guide: Guide) -> Shared:
    url, image = (
        whole_address(page, guide.election.slug) for page in ("election", "election_preview")
    )
    return Shared(url, _title_of_all(), image + logo_version())


def preview_of(edition: Edition) -> PreviewCard:
    return _preview(_title(edition), edition.election, edition.questionnaire.themes)


def preview_of_all(guide: Guide, themes: Sequence[Theme]) -> PreviewCard:
    return _preview(_title_of_all(), guide.election, themes)


def flyer_of(edition: Edition, *, is_current: bool) -> Flyer:
    """`is_current`: whether the short address leads here, which is the one to read aloud."""
    url = public_address("introduction", edition)
    shown = short_address(edition) if is_current else url
    return Flyer(
        lang=spoken(),
        is_rtl=get_language_bidi(),
        logo=own_logo(),
        brand=_("Stemhulp vluchtelingen"),
        title=_("Stem met je hart"),
        place=place_name(edition.municipality),
        occasion=_("Verkiezing van de gemeenteraad: %(weekday)s %(date)s") % day(edition.election),
        lead=_(
            "De gemeenteraad beslist veel over het leven van vluchtelingen: waar zij wonen, hoe "
            "zij de taal leren en hoe zij werk vinden. Met je stem beslis jij mee."
        ),
        topics_heading=_("Speerpunten voor vluchtelingen"),
        topics=[_asked(each) for each in edition.questionnaire.themes],
        steps=_steps(edition),
        invitation=_("Scan de code en begin"),
        link=Link("", url, as_shown(shown)),
        code_alternative=_("QR-code met het adres %(address)s") % {"address": url},
        maker=MAKER,
        about=_(
            "Deze stemhulp is van VluchtelingenWerk Nederland. Wij komen op voor vluchtelingen, en "
            "hebben dus zelf ook een mening. Die telt niet mee in jouw overeenkomst met een "
            "partij. Wat je antwoordt, blijft in je eigen browser."
        ),
        notice=notice(edition),
    )


def own_logo() -> Logo | None:
    """The logo that the configuration names; none where our own mark stands."""
    if settings.LOGO is None:
        return None
    alternative = _("Logo van VluchtelingenWerk Nederland")
    return Logo(settings.LOGO.drawing, settings.LOGO.width, alternative)


def logo_version() -> str:
    """What is added to an address where a logo is shown: with another logo it is another address,
    so that no cache shows the one of before. "" without a logo.
    """
    return f"?logo={settings.LOGO.version}" if settings.LOGO else ""


def notice(edition: Edition) -> str:
    """That the municipality is invented; "" for a real one."""
    if not edition.municipality.is_example:
        return ""
    return _("Voorbeeld: %(municipality)s en deze partijen zijn verzonnen.") % {
        "municipality": place_name(edition.municipality)
    }


def place_name(municipality: Municipality) -> str:
    """Its name as a sentence holds it, with the apostrophe of print: ’s-Hertogenbosch."""
    return isolated(municipality.name.replace("'", "’"))


def day(election: Election) -> dict[str, str]:
    """The day of an election in the language of the page, to fill in a sentence."""
    return {
        "weekday": date_format(election.date, "l"),
        "date": date_format(election.date, "DATE_FORMAT"),
    }


def spoken() -> str:
    """The language of the page."""
    return get_language() or DUTCH


def words(text: str, language: str) -> Words:
    return Words(text, language, is_rtl=get_language_info(language)["bidi"])


def _steps(edition: Edition) -> list[str]:
    count, place = len(edition.statements), {"municipality": place_name(edition.municipality)}
    minutes = minutes_for(count)
    first = ngettext(
        "Geef je mening over %(statements)s stelling.",
        "Geef je mening over %(statements)s stellingen.",
        count,
    ) % {"statements": count}
    lasts = ngettext(
        "Dat duurt ongeveer %(minutes)s minuut.", "Dat duurt ongeveer %(minutes)s minuten.", minutes
    ) % {"minutes": minutes}
    steps = [f"{first} {lasts}"]
    if not edition.is_answered:
        return [*steps, _("Zie hoe vluchtelingvriendelijk je zelf antwoordt.")]
    return [
        *steps,
        _("Zie welke partijen in %(municipality)s net zo denken als jij.") % place,
        _("Zie ook hoe vluchtelingvriendelijk elke partij is."),
    ]


def _preview(title: str, election: Election, themes: Sequence[Theme]) -> PreviewCard:
    return PreviewCard(
        lang=spoken(),
        is_rtl=get_language_bidi(),
        logo=own_logo(),
        brand=_("Stemhulp vluchtelingen"),
        title=title,
        occasion=_("Gemeenteraad, %(date)s") % day(election),
        topics=[Topic(each.key, words(each.name, each.language)) for each in themes],
        maker=_("Een stemhulp van VluchtelingenWerk Nederland."),
    )


def _asked(theme: Theme) -> Topic:
    """A theme and its question; the name alone where the question is not in the page's language."""
    question = theme.question if theme.language == spoken() else ""
    return Topic(theme.key, words(theme.name, theme.language), question)


def _title(edition: Edition) -> str:
    return _("Hoe denken de partijen in %(municipality)s over vluchtelingen?") % {
        "municipality": place_name(edition.municipality)
    }


def _title_of_all() -> str:
    return _("Hoe denken de partijen in jouw gemeente over vluchtelingen?")
