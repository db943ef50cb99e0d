"""A voter's own result on paper: every word and number of the PDF."""

import html
from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language_bidi, ngettext
from django.utils.translation import gettext as _

from statements.matching import Score as Exact
from statements.matching import Verdict
from stemhulp.editions.edition import Edition, Feature, Party
from stemhulp.handouts import result as handout
from stemhulp.handouts.characters import isolated
from stemhulp.handouts.values import Link, Score
from stemhulp.quiz.addresses import as_shown, public_address, whole_address
from stemhulp.quiz.drawings import has_level
from stemhulp.quiz.leaflets import MAKER, day, notice, own_logo, place_name, spoken, words
from stemhulp.quiz.result import (
    Certainty,
    RankedParty,
    Result,
    StatementResult,
    participation,
)
from stemhulp.quiz.scores import names, percent, stance_label

MIDDLE_MARK = 3  # of the five, from an outline to full: neutral


def result_sheet(edition: Edition, result: Result) -> handout.ResultSheet:
    """The result on paper. Without a ranking or an opinion, what there is."""
    place = {"municipality": place_name(edition.municipality)}
    return handout.ResultSheet(
        lang=spoken(),
        is_rtl=get_language_bidi(),
        logo=own_logo(),
        brand=_("Stemhulp vluchtelingen"),
        occasion=_("Verkiezing van de gemeenteraad: %(weekday)s %(date)s") % day(edition.election),
        notice=notice(edition),
        title=_("Jouw uitslag in %(municipality)s") % place,
        description=_("Je uitslag van de stemhulp, met al je antwoorden."),
        maker=MAKER,
        lead=_lead(edition, result),
        certainty=_certainty(result.certainty) if result.certainty and not result.is_thin else "",
        ranking=_ranking(edition, result) if result.ranked else None,
        profile=_profile(edition, result) if result.answered else None,
        apart=_apart(edition, result),
        answers=_answers(edition, result),
        counting=_counting(),
        onward=_onward(edition),
        foot=_("Deze pdf is alleen voor jou gemaakt. Wij bewaren je antwoorden niet."),
        page_label=_("Pagina {page} van {pages}"),
    )


def _lead(edition: Edition, result: Result) -> list[str]:
    count = len(edition.statements)
    lead = [
        _("Je gaf je mening over %(answered)s van de %(count)s stellingen.")
        % {"answered": result.answered, "count": count}
    ]
    if result.is_thin:
        lead.append(thin(result))
    if not edition.is_answered:
        lead.append(
            _("Wij hebben geen antwoorden van de partijen in %(municipality)s.")
            % {"municipality": place_name(edition.municipality)}
        )
    return lead


def thin(result: Result) -> str:
    """That the result says little; "" where it does not."""
    return _("Dat is weinig: met meer antwoorden zegt de uitslag meer.") if result.is_thin else ""


def _certainty(found: Certainty) -> str:
    """How sure the top of the list is, and how often we counted."""
    match found.verdict:
        case Verdict.FIRM if len(found.leaders) == 1:
            said, named = _("%(named)s staat bovenaan, hoe je ook rekent."), found.leaders
        case Verdict.FIRM:
            said, named = _("%(named)s staan samen bovenaan, hoe je ook rekent."), found.leaders
        case Verdict.MOSTLY:
            said = _("%(named)s staat meestal bovenaan, maar niet bij elke manier van rekenen.")
            named = [found.leader.party]
        case Verdict.OPEN:
            said = _(
                "De partijen bovenaan liggen zo dicht bij elkaar dat de rekenmethode beslist: "
                "%(named)s."
            )
            named = [each.party for each in found.contenders]
    counted = ngettext(
        "We telden op %(count)s manier.", "We telden op %(count)s manieren.", found.variants
    )
    named_in_text = names(named, isolated)
    return f"{said % {'named': named_in_text}} {counted % {'count': found.variants}}"


def _ranking(edition: Edition, result: Result) -> handout.Ranking:
    known = participation(edition)
    notes = [_("Percentages zijn afgerond; de volgorde is precies.")]
    if has_level(result):
        notes.append(
            _("Het streepje op de lijn van vluchtelingvriendelijkheid is wat je zelf antwoordde.")
        )
    if result.has_ties:
        notes.append(_("Een = achter de plaats betekent: evenveel overeenkomst."))
    return handout.Ranking(
        heading=_("De partijen, naast jouw antwoorden"),
        columns=[
            _("Plaats"),
            _("Partij"),
            _("(Bijna) hetzelfde"),
            _("Overeenkomst met jou"),
            _("Vluchtelingvriendelijk"),
        ],
        rows=[
            handout.PartyRow(
                place=rank(row),
                party=isolated(row.party.name),
                url=row.party.website,
                remark=_programme(edition, row.party),
                alike=_("%(alike)s van %(compared)s")
                % {"alike": row.match.alike, "compared": row.match.compared},
                match=score(result.score_of(row)),
                friendliness=_score_or_none(known.friendliness[row.party.slug].score),
            )
            for row in result.ranked
        ],
        own=float(result.voter.score or 0) if has_level(result) else None,
        notes=[" ".join(notes)],
    )


def _programme(edition: Edition, party: Party) -> str:
    """How much of a party we only know from its programme."""
    if not party.from_programme:
        return ""
    if not party.answered_itself:
        return _("op basis van het verkiezingsprogramma")
    return _("%(number)s van de %(count)s antwoorden uit het verkiezingsprogramma") % {
        "number": party.from_programme,
        "count": party.answered,
    }


def _profile(edition: Edition, result: Result) -> handout.Profile:
    text = _(
        "Dit is hoe dicht jouw antwoorden bij het advies van VluchtelingenWerk liggen: %(score)s. "
        "Het is geen rapportcijfer: je mag het met ons oneens zijn."
    ) % {"score": isolated(in_text(result.voter.score))}
    if result.is_thin:
        few = _(
            "Je gaf weinig antwoorden. Daarom zetten we jouw getal niet naast dat van de partijen."
        )
        text = f"{text} {few}"
    return handout.Profile(
        heading=_("Hoe vluchtelingvriendelijk antwoordde je zelf?"),
        text=text,
        columns=[_("Onderwerp"), _("Vluchtelingvriendelijk")],
        rows=[
            handout.ProfileRow(
                theme=theme.key,
                name=words(theme.name, theme.language),
                score=_score_or_none(result.voter.themes[theme.key]),
                without=_("geen mening gegeven"),
            )
            for theme in edition.questionnaire.themes
        ],
    )


def _apart(edition: Edition, result: Result) -> handout.Apart | None:
    """The parties that have no place in the ranking, each with the reason."""
    known = participation(edition)
    reasons = [
        (
            _(
                "Van deze partijen kennen we antwoorden, maar niet op stellingen waar jij een "
                "mening over gaf:"
            )
            if result.answered
            else _("Van deze partijen kennen we antwoorden:"),
            result.unranked,
        ),
        (_("Van deze partijen weten we te weinig om eerlijk te vergelijken:"), known.few_answers),
        (_("Van deze partijen hebben wij geen antwoorden:"), known.no_answers),
    ]
    groups = [
        handout.Group(text, [isolated(party.name) for party in parties])
        for text, parties in reasons
        if parties
    ]
    if not groups:
        return None
    heading = (
        _("Deze partijen staan apart") if result.ranked else _("De partijen op het stembiljet")
    )
    return handout.Apart(heading, groups)


def _answers(edition: Edition, result: Result) -> handout.AllAnswers:
    skipped, paragraphs = len(edition.statements) - result.answered, []
    if skipped:
        said = ngettext(
            "Over %(count)s stelling gaf je geen mening. Die telt niet mee in je overeenkomst met "
            "de partijen.",
            "Over %(count)s stellingen gaf je geen mening. Die tellen niet mee in je overeenkomst "
            "met de partijen.",
            skipped,
        )
        paragraphs.append(said % {"count": skipped})
    given = {each.statement.key: each for each in result.statements}
    themes = [
        handout.AnsweredTheme(
            theme.key,
            words(theme.name, theme.language),
            [_answer(given[each.key]) for each in statements],
        )
        for theme, statements in edition.questionnaire.by_theme
    ]
    return handout.AllAnswers(_("Jouw antwoorden"), paragraphs, _two_columns(themes))


def _answer(given: StatementResult) -> handout.Answer:
    statement, stance = given.statement, given.stance
    return handout.Answer(
        number=str(statement.number),
        text=words(statement.text, statement.language),
        mark=None if stance is None else MIDDLE_MARK + stance,
        opinion=stance_label(stance) if given.is_answered else _("Niet beantwoord"),
        remark=_("telt dubbel") if given.counts_double and stance is not None else "",
    )


def _two_columns(themes: Sequence[handout.AnsweredTheme]) -> list[Sequence[handout.AnsweredTheme]]:
    """The themes in two columns, as equal in length as their order allows."""

    def difference(cut: int) -> int:
        left, right = (
            sum(len(each.answers) for each in part) for part in (themes[:cut], themes[cut:])
        )
        return abs(left - right)

    cut = min(range(len(themes) + 1), key=difference)
    return [themes[:cut], themes[cut:]]


def _counting() -> handout.Section:
    """How it was counted, in short."""
    return handout.Section(
        _("Zo is er gerekend"),
        [
            _(
                "Bij elke stelling kijken we hoeveel stappen jouw antwoord van dat van een partij "
                "af ligt. Van ‘helemaal mee eens’ tot ‘helemaal mee oneens’ zijn het vier stappen. "
                "Hoe minder stappen, hoe meer overeenkomst. Wat je extra belangrijk vindt, telt "
                "dubbel. ‘Bijna hetzelfde’ is hoogstens één stap verschil."
            ),
            _(
                "De vluchtelingvriendelijkheid is hoe dicht iemand bij het advies van "
                "VluchtelingenWerk zit. Daarbij telt niets dubbel. Die twee getallen tellen we "
                "nooit bij elkaar op."
            ),
        ],
    )


def _onward(edition: Edition) -> handout.Section:
    """Which edition this is, and where to go on."""
    contest = (edition.election.slug, edition.municipality.slug)
    links = [
        (_("De stemhulp"), public_address("introduction", edition)),
        (_("Hoe we rekenen"), whole_address("method")),
        (_("Alle edities"), whole_address("editions", *contest)),
    ]
    paragraphs = []
    if edition.imprint:
        edition_is = _("Dit is editie %(number)s van %(date)s, controlegetal %(digest)s.")
        paragraphs.append(
            edition_is
            % {
                "number": edition.imprint.number,
                "date": date_format(localtime(edition.imprint.published_at), "DATE_FORMAT"),
                "digest": isolated(edition.imprint.digest[:12]),
            }
        )
    links += [(each.title, each.link) for each in edition.features if _is_on_voting(each)]
    shown = [Link(text, url, as_shown(url)) for text, url in links]
    if edition.contact and edition.contact.email:
        region = {"region": isolated(edition.contact.region)}
        team = _("VluchtelingenWerk in de regio %(region)s") % region
        shown.append(Link(team, f"mailto:{edition.contact.email}", edition.contact.email))
    return handout.Section(_("Verder"), paragraphs, shown)


def _is_on_voting(feature: Feature) -> bool:
    return feature.kind == "voting" and bool(feature.link)


def rank(row: RankedParty) -> str:
    """The place of a party: "2=" where it is shared."""
    return f"{row.rank}=" if row.is_shared else f"{row.rank}"


def score(exact: Exact) -> Score:
    """A score as it is drawn and as it is written."""
    return Score(float(exact or 0), in_text(exact))


def in_text(exact: Exact) -> str:
    """A score as a percentage, rounded as on a page."""
    return html.unescape(percent(exact))


def _score_or_none(exact: Exact) -> Score | None:
    return None if exact is None else score(exact)
