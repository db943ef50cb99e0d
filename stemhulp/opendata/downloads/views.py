"""The pages that list the files, and the files: the same for everyone, and without a database."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from parties.search import Answer
from stemhulp.editions import store
from stemhulp.editions.edition import Municipality
from stemhulp.editions.guide import Guide
from stemhulp.opendata.built import Built, ContestFolder, built
from stemhulp.opendata.columns import TABLES
from stemhulp.opendata.contests import published
from stemhulp.opendata.downloads import problems, scopes
from stemhulp.opendata.downloads.formats import available
from stemhulp.opendata.downloads.licence import CREDIT, LICENCE, LICENCE_URL
from stemhulp.opendata.downloads.listing import EXPORTS, Download, Shelf, Told
from stemhulp.opendata.downloads.scopes import Level, Scope
from stemhulp.opendata.downloads.sending import sent
from stemhulp.quiz import refusals
from stemhulp.quiz.contests import guide_to
from stemhulp.quiz.kept import Few, for_everyone, kept
from stemhulp.quiz.requests import VoterRequest, takes, wants_fragment
from stemhulp.quiz.views.public import SEARCH_STATUS

MOST_KEPT = 64  # pages per election


@takes("GET", "HEAD")
def overview(request: VoterRequest) -> HttpResponse:
    """What there is, for whom, under which licence, and where."""
    known = store.elections(timezone.localdate())
    guide = store.guide(known[0].slug) if known else None
    if guide is None:
        raise refusals.no_election("")
    found = {each.slug: built(each.slug) for each in known}
    return kept(
        request,
        guide.beside,
        "opendata/downloads.html",
        lambda: {
            "elections": [each for each in known if found[each.slug]],
            "guide": guide,
            "tables": [(each.name, Told.of(each)) for each in TABLES],
            "formats": [each.name for each in available()],
            "exports": EXPORTS.values(),
            "here": reverse("downloads:overview"),
            **_licence(),
        },
        changes_with=(known, tuple(each.at for each in found.values() if each)),
    )


@takes("GET", "HEAD")
def dictionary(request: VoterRequest) -> HttpResponse:
    """What every column of every table holds."""
    known = store.elections(timezone.localdate())
    if not known:
        raise refusals.no_election("")
    guide = guide_to(known[0].slug)
    return kept(
        request,
        guide.beside,
        "opendata/dictionary.html",
        lambda: {"tables": _described(), "here": reverse("downloads:dictionary")},
        changes_with=None,
    )


def _described() -> list[tuple[str, Told, list[tuple[Any, Told]]]]:
    return [
        (table.name, Told.of(table), [(each, Told.of(each)) for each in table.columns])
        for table in TABLES
    ]


@takes("GET", "HEAD")
def election_files(request: VoterRequest, election: str) -> HttpResponse:
    """The files of all contests together, and finding those of a municipality."""
    guide, found = _election(election)
    question = request.GET.get("plaats", "")
    if question or wants_fragment(request):
        return _search(request, guide, found, question)
    response = _page(
        request,
        guide,
        found,
        "opendata/election_files.html",
        lambda: _election_context(guide, found, "", Answer(guide.gazetteer.find("").outcome)),
    )
    patch_vary_headers(response, ["HX-Request"])
    return response


def _search(request: VoterRequest, guide: Guide, found: Built, question: str) -> HttpResponse:
    answer = guide.gazetteer.find(question)
    if not request.htmx and answer.is_certain and len(answer.results) == 1:
        slug = answer.results[0].locality.slug
        if slug in found.contests:
            return redirect("downloads:contest", guide.election.slug, slug)
    template = "opendata/election_files.html"
    with problems.reading(guide.election.slug):
        context = _election_context(guide, found, question, answer)
    response = render(
        request,
        f"{template}#found" if wants_fragment(request) else template,
        context,
        status=200 if request.htmx else SEARCH_STATUS.get(answer.outcome, 200),
    )
    patch_vary_headers(response, ["HX-Request"])
    return for_everyone(response)


def _election_context(guide: Guide, found: Built, question: str, answer: Answer) -> dict[str, Any]:
    known = scopes.kept(found)
    [whole] = [each for each in known if each.level is Level.ELECTION]
    return {
        **_files_context(guide, found, Shelf.of_scope(found.election, whole, found.together)),
        "count": len(whole.municipalities),
        "regions": [each for each in known if each.level is Level.REGION],
        "provinces": [each for each in known if each.level is Level.PROVINCE],
        "examples": [each for each in guide.examples if each.slug in found.contests],
        "question": question[:80],
        "outcome": answer.outcome.name,
        "results": [
            (each, each.locality.slug in found.contests, each.locality.slug in guide.absences)
            for each in answer.results
        ],
        "more": answer.more,
        "here": reverse("downloads:election", args=[found.election]),
    }


@takes("GET", "HEAD")
def region_files(request: VoterRequest, election: str, region: str) -> HttpResponse:
    return _scope_files(request, election, Level.REGION, region)


@takes("GET", "HEAD")
def province_files(request: VoterRequest, election: str, province: str) -> HttpResponse:
    return _scope_files(request, election, Level.PROVINCE, province)


def _scope_files(request: VoterRequest, election: str, level: Level, slug: str) -> HttpResponse:
    guide, found = _election(election)
    scope = _scope(guide, found, level, slug)
    return _page(
        request,
        guide,
        found,
        "opendata/scope_files.html",
        lambda: {
            **_files_context(guide, found, Shelf.of_scope(election, scope, found.together)),
            "scope": scope,
            "is_region": level is Level.REGION,
            "places": [found.contests[each].municipality for each in scope.municipalities],
            "here": _address(election, scope),
        },
        which=(level, slug),
    )


@takes("GET", "HEAD")
def contest_files(request: VoterRequest, election: str, municipality: str) -> HttpResponse:
    """The files of one contest, its editions, and its formats for other voting aids."""
    guide, found = _election(election)
    if (slug := _another_name(guide, municipality)) is not None:
        return redirect("downloads:contest", election, slug)
    contest = _contest(guide, found, municipality)
    return _page(
        request,
        guide,
        found,
        "opendata/contest_files.html",
        lambda: {
            **_files_context(guide, found, Shelf.of_contest(election, contest)),
            "municipality": contest.municipality,
            "imprint": contest.imprint,
            "scopes": list(_scopes_of(found, contest.municipality)),
            "here": reverse("downloads:contest", args=[election, municipality]),
        },
        which=municipality,
    )


@takes("GET", "HEAD")
def election_file(request: VoterRequest, election: str, file: str) -> HttpResponse:
    guide, found = _election(election)
    return _scope_file(request, found, _scope(guide, found, Level.ELECTION, election), file)


@takes("GET", "HEAD")
def region_file(request: VoterRequest, election: str, region: str, file: str) -> HttpResponse:
    guide, found = _election(election)
    return _scope_file(request, found, _scope(guide, found, Level.REGION, region), file)


@takes("GET", "HEAD")
def province_file(request: VoterRequest, election: str, province: str, file: str) -> HttpResponse:
    guide, found = _election(election)
    return _scope_file(request, found, _scope(guide, found, Level.PROVINCE, province), file)


def _scope_file(request: VoterRequest, found: Built, scope: Scope, name: str) -> HttpResponse:
    with problems.reading(found.election):
        download = Shelf.of_scope(found.election, scope, found.together).find(name)
    return _file(request, download, _address(found.election, scope))


@takes("GET", "HEAD")
def contest_file(
    request: VoterRequest, election: str, municipality: str, file: str
) -> HttpResponse:
    guide, found = _election(election)
    contest = _contest(guide, found, municipality)
    with problems.reading(f"{election}/{municipality}"):
        download = Shelf.of_contest(election, contest).find(file)
    return _file(request, download, reverse("downloads:contest", args=[election, municipality]))


def _file(request: VoterRequest, download: Download | None, page: str) -> HttpResponse:
    if download is None:
        raise problems.no_file(page)
    with problems.reading(str(download.file.path)):
        return sent(request, download)


def _election(slug: str) -> tuple[Guide, Built]:
    """The guide to an election, and what was built of it. Raises Problem."""
    guide = guide_to(slug)
    found = built(slug)
    if found is None:
        is_published = next(iter(published(slug)), None) is not None
        raise problems.not_built() if is_published else problems.nothing_published(guide)
    return guide, found


def _scope(guide: Guide, found: Built, level: Level, slug: str) -> Scope:
    with problems.reading(found.election):
        known = scopes.kept(found)
    for each in known:
        if (each.level, each.slug) == (level, slug):
            return each
    raise problems.no_scope(guide)


def _contest(guide: Guide, found: Built, slug: str) -> ContestFolder:
    """What was built of a contest. Raises Problem."""
    if slug in guide.absences:
        raise problems.no_contest(guide, slug)
    if slug not in guide.municipalities:
        raise refusals.no_municipality(guide, slug)
    if slug in found.contests:
        return found.contests[slug]
    is_published = bool(store.imprints(guide.election.slug, slug))
    raise problems.not_built() if is_published else refusals.not_published(guide, slug)


def _another_name(guide: Guide, slug: str) -> str | None:
    """Under which slug a municipality stands that is asked for by another name: "den-haag"."""
    if slug in guide.municipalities:
        return None
    locality = guide.gazetteer.named(slug.replace("-", " "))
    return locality.slug if locality else None


def _scopes_of(found: Built, place: Municipality) -> Iterator[tuple[Scope, str]]:
    for each in scopes.kept(found):
        if place.slug in each.municipalities and each.level is not Level.ELECTION:
            yield each, _address(found.election, each)


def _address(election: str, scope: Scope) -> str:
    match scope.level:
        case Level.ELECTION:
            return reverse("downloads:election", args=[election])
        case Level.REGION:
            return reverse("downloads:region", args=[election, scope.slug])
        case Level.PROVINCE:
            return reverse("downloads:province", args=[election, scope.slug])


def _files_context(guide: Guide, found: Built, shelf: Shelf) -> dict[str, Any]:
    return {"election": guide.election, "at": found.at, "listing": shelf.listing(), **_licence()}


def _licence() -> dict[str, str]:
    return {"licence": LICENCE, "licence_url": LICENCE_URL, "credit": CREDIT}


def _page(
    request: VoterRequest, guide: Guide, found: Built, template: str, context: Any, **which: Any
) -> HttpResponse:
    beside = found.beside.setdefault("downloads pages", Few(MOST_KEPT))
    state = (guide.election, tuple(guide.municipalities), tuple(guide.absences))
    with problems.reading(found.election):
        return kept(request, beside, template, context, changes_with=state, **which)
