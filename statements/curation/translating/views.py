"""How far the translations are, and one text beside its Dutch."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from parties.accounts.access import PersonRequest
from parties.models import Election
from parties.problems import Problem, WayOn
from statements.curation.access import for_election, require
from statements.curation.permissions import TRANSLATE
from statements.curation.translating import actions, languages, queries
from statements.curation.translating.forms import FilterForm, TranslationForm
from statements.curation.translating.languages import Language
from statements.curation.translating.motivations import State
from statements.curation.translating.queries import Choice, Work
from statements.curation.translating.subjects import Subject, find
from statements.models import Translation
from statements.translations import Texts, is_complete

CHANGED = (
    "Je wijziging is bewaard als concept. Een collega leest haar na. Er is nog niets goedgekeurd."
)
REFUSED = {
    actions.NothingWrittenError: (
        409,
        "Er is nog geen vertaling",
        "Er valt nog niets na te lezen. Schrijf eerst de vertaling.",
    ),
    actions.ConflictError: (
        409,
        "De vertaling is intussen veranderd",
        "Er is niets goedgekeurd. Lees eerst wat er nu staat.",
    ),
    actions.DutchChangedError: (
        409,
        "De vertaling is verouderd",
        "Het Nederlands is veranderd nadat de vertaling werd gemaakt. Er is niets goedgekeurd. "
        "Pas eerst de vertaling aan.",
    ),
    actions.IncompleteError: (
        409,
        "De vertaling is nog niet af",
        "Er zijn nog lege velden. Er is niets goedgekeurd. Vul eerst alle velden in.",
    ),
    actions.OwnWorkError: (
        403,
        "Dit leest een collega na",
        "Jij schreef deze vertaling zelf. Vraag iemand anders om haar na te lezen. "
        "Er is niets veranderd.",
    ),
}


@require_GET
@for_election
def overview(request: PersonRequest, election: Election) -> HttpResponse:
    """How far each language is."""
    context = {
        "election": election,
        "states": State,
        "languages": [
            (language, [counter[state] for state in State], counter.total())
            for language, counter in queries.overview(request.user, election)
        ],
    }
    return render(request, "curation/translating/overview.html", context)


@require_GET
@for_election
def listing(request: PersonRequest, election: Election, language: str) -> HttpResponse:
    """All texts that this person may translate into one language, and how far each is."""
    chosen = _language(language)
    form = FilterForm(request.GET)
    status = 200 if form.is_valid() else 400
    work = Work(request.user, election, chosen.code, _choice(request, form))
    page, entries = work.page(form.cleaned_data.get("pagina", ""))
    context = {
        "election": election,
        "language": chosen,
        "form": form,
        "states": State,
        "kinds": [
            (kind, [(state, counter[state]) for state in State], counter.total())
            for kind, counter in work.counts.items()
        ],
        "page": page,
        "entries": entries,
        "waiting": work.waiting,
    }
    return render(request, "curation/translating/list.html", context, status=status)


@require_http_methods(["GET", "POST"])
@for_election
def translation(
    request: PersonRequest, election: Election, language: str, subject: str
) -> HttpResponse:
    """One text: the Dutch beside its translation."""
    chosen = _language(language)
    found = _subject(request, election, subject)
    if request.method == "POST":
        form = TranslationForm(found, request.POST)
        if not form.is_valid():
            return _page(request, election, chosen, found, form=form, status=422)
        return _save(request, election, chosen, found, form, _saved(form.texts, found))
    return _page(request, election, chosen, found)


def _save(
    request: PersonRequest,
    election: Election,
    language: Language,
    subject: Subject,
    form: TranslationForm,
    said: str,
) -> HttpResponse:
    """Keep a form that is valid, and say so."""
    seen = {"seen": form.seen, "dutch_seen": form.cleaned_data["dutch"]}
    try:
        actions.save(subject, language, form.texts, **seen, by=request.user, at=timezone.now())
    except actions.DutchChangedError:
        return _page(
            request, election, language, subject, form=form, is_other_dutch=True, status=409
        )
    except actions.ConflictError:
        return _page(request, election, language, subject, form=form, status=409)
    messages.success(request, said)
    return redirect(_way(request, election, language, subject))


def _saved(texts: Texts, subject: Subject) -> str:
    if is_complete(texts, subject.texts):
        return "Opgeslagen als concept. Een collega kan het nu nalezen."
    return "Opgeslagen als concept. Er zijn nog lege velden."


def _page(
    request: PersonRequest,
    election: Election,
    language: Language,
    subject: Subject,
    *,
    form: TranslationForm | None = None,
    is_other_dutch: bool = False,
    status: int = 200,
) -> HttpResponse:
    """With `status` 409 also what a colleague saved meanwhile, when they saved anything."""
    row = queries.translation(subject, language.code)
    work = Work(request.user, election, language.code, _choice(request))
    previous, following = work.neighbours(subject)
    context = {
        "election": election,
        "language": language,
        "subject": subject,
        "row": row,
        "state": queries.state_of(subject, row),
        "is_complete": row is not None and is_complete(row.texts, subject.texts),
        "is_other_dutch": is_other_dutch,
        "way": _way(request, election, language, subject),
        "previous": previous,
        "next": following,
        **_texts(subject, row, form, is_conflict=status == 409),
    }
    return render(request, "curation/translating/translation.html", context, status=status)


def _texts(
    subject: Subject, row: Translation | None, form: TranslationForm | None, *, is_conflict: bool
) -> dict[str, Any]:
    """The form, and which version and which Dutch this person has seen once they see it."""
    shown = form or TranslationForm(subject, row=row)
    version, dutch = row.version if row else 0, subject.digest
    theirs = row.texts if row and is_conflict and row.version != shown.seen else {}
    if form and not is_conflict:
        version, dutch = form["version"].value(), form["dutch"].value()
    was = queries.earlier(subject, row)
    lines = shown.lines(subject.texts, was, theirs)
    return {"form": shown, "lines": lines, "theirs": theirs, "version": version, "dutch": dutch}


@require_POST
@for_election
def review(request: PersonRequest, election: Election, language: str, subject: str) -> HttpResponse:
    """A second person read it: voters may see it. What they changed is kept, and not approved."""
    chosen = _language(language)
    found = _subject(request, election, subject)
    form = TranslationForm(found, request.POST)
    if form.is_sent:
        if not form.is_valid():
            return _page(request, election, chosen, found, form=form, status=422)
        if not form.says(queries.translation(found, chosen.code)):
            return _save(request, election, chosen, found, form, CHANGED)
    return _approve(request, election, chosen, found)


def _approve(
    request: PersonRequest, election: Election, language: Language, subject: Subject
) -> HttpResponse:
    way = _way(request, election, language, subject)
    seen = request.POST.get("version", "")
    number = int(seen) if seen.isdecimal() else 0
    try:
        actions.review(subject, language, seen=number, by=request.user, at=timezone.now())
    except actions.TranslationError as error:
        status, title, explanation = REFUSED[type(error)]
        raise Problem(status, title, explanation, [WayOn("Naar de vertaling", way)]) from error
    messages.success(request, "Nagelezen. Kiezers zien deze vertaling vanaf de volgende editie.")
    return redirect(way)


def _way(request: PersonRequest, election: Election, language: Language, subject: Subject) -> str:
    """The address of this text, with what was chosen in the list."""
    address = reverse("curation:translation", args=[election.slug, language.code, subject.address])
    return f"{address}?{request.GET.urlencode()}" if request.GET else address


def _language(code: str) -> Language:
    found = languages.language(code)
    if found is None:
        raise Http404
    return found


def _subject(request: PersonRequest, election: Election, address: str) -> Subject:
    """Raises a Problem (403) when it is not this person's to translate."""
    found = find(election, address)
    if found is None:
        raise Http404
    require(request, TRANSLATE, found.place)
    return found


def _choice(request: PersonRequest, form: FilterForm | None = None) -> Choice:
    """What the address chooses; what makes no sense there counts as everything."""
    form = form or FilterForm(request.GET)
    form.is_valid()
    chosen = form.cleaned_data
    places = queries.places(request.user, chosen.get("gemeente", ""))
    return Choice(chosen.get("soort", ""), chosen.get("stand", ""), places)
