"""Showing a page with a voter's answers: it is made anew for each request and kept by nobody."""

from dataclasses import replace

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from stemhulp.editions.edition import Edition, Statement
from stemhulp.quiz import answers, refusals
from stemhulp.quiz.answers import Answers
from stemhulp.quiz.compression import compressed
from stemhulp.quiz.moulds import kept_mould
from stemhulp.quiz.pages import Page
from stemhulp.quiz.requests import VoterRequest, wants_fragment
from stemhulp.use.counting import tally


def statement_of(edition: Edition, number: int) -> Statement:
    """The statement of this number. Raises Problem."""
    if not 1 <= number <= len(edition.statements):
        raise refusals.no_statement(edition, number)
    return edition.statements[number - 1]


def answers_here(request: VoterRequest, edition: Edition) -> Answers | None:
    """The voter's answers, if any. Raises UnreadableAnswers; Problem where they must be fetched."""
    try:
        return answers.read(request, edition)
    except answers.AnsweredElsewhereError as elsewhere:
        raise refusals.answered_elsewhere(request, edition, elsewhere.language) from None


def answers_of(request: VoterRequest, edition: Edition) -> Answers:
    """The voter's answers. Raises Problem when there are none, or none that can be read."""
    try:
        given = answers_here(request, edition)
    except answers.UnreadableAnswers:
        raise refusals.unreadable_answers(edition) from None
    if given is None:
        raise refusals.not_begun(edition, is_reading=request.method in {"GET", "HEAD"})
    return given


def show(request: VoterRequest, edition: Edition, given: Answers, page: Page) -> HttpResponse:
    """The page whole, or its fragment for htmx. Who started with another edition is told, once."""
    is_new_edition = given.edition != number_of(edition)
    is_fragment = wants_fragment(request)
    title = _("%(page)s · Stemhulp vluchtelingen") % {"page": page.title}
    main = page.main(is_fragment=is_fragment)
    if is_new_edition:
        main = _notice(edition) + main
    if is_fragment:
        frame = kept_mould(edition.questionnaire.beside, "quiz/fragment.html")
    else:
        context = {"edition": edition, "has_answers": True}
        frame = kept_mould(edition.beside, "quiz/answering.html", context=lambda: context)
    response = HttpResponse(frame.fill({"title": title, "main": main}))
    if is_new_edition:
        answers.store(response, given.told_of(number_of(edition)), edition)
    return compressed(request, private(response))


def finished(edition: Edition, given: Answers) -> Answers:
    """The answers of a quiz that reached its result, which is counted once, if at all.

    That it was counted, only the voter's own cookie knows. A trial by staff is no quiz.
    """
    if given.is_counted or not settings.COUNT_USE or edition.imprint is None:
        return given
    tally.add(edition.election.slug, edition.municipality.slug, finished=1)
    return replace(given, is_counted=True)


def private(response: HttpResponse) -> HttpResponse:
    """A response that no cache may keep."""
    response["Cache-Control"] = "no-store"
    response["Vary"] = "HX-Request, Cookie"
    return response


def _notice(edition: Edition) -> SafeString:
    return render_to_string("quiz/_new_edition.html", {"edition": edition})


def number_of(edition: Edition) -> int:
    return edition.imprint.number if edition.imprint else 0
