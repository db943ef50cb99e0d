"""Elections, their municipalities, and the contests that were published."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query

from stemhulp.editions import store
from stemhulp.editions.guide import Guide
from stemhulp.opendata.api import content, shapes
from stemhulp.opendata.api.answers import Source, answer, part_of
from stemhulp.opendata.api.finding import guide_to, place_in
from stemhulp.opendata.api.municipalities import by_name, municipality_of, search
from stemhulp.opendata.api.service import ELECTION, MUNICIPALITY, guide_source, links_of, reads


@reads("/elections", shapes.Elections, "Elections", "All elections, the one of now first")
def elections(request: HttpRequest) -> HttpResponse:
    """The next election to come stands first, or else the latest that was."""
    known = store.elections(timezone.localdate())
    found = [guide for each in known if (guide := store.guide(each.slug))]
    states = [guide_source(guide).state for guide in found]
    source = Source(" ".join(states), found[0].beside if found else {})
    return answer(
        request,
        source,
        "elections",
        lambda: shapes.Elections(count=len(found), items=[_election(each) for each in found]),
    )


@reads("/elections/{election}", shapes.Election, "Elections", "One election")
def election(request: HttpRequest, election: str = ELECTION) -> HttpResponse:
    """The day, and how much of it was published."""
    guide = guide_to(election)
    return answer(request, guide_source(guide), "election", lambda: _election(guide))


@reads(
    "/elections/{election}/municipalities",
    shapes.Municipalities,
    "Municipalities",
    "All municipalities of an election, or a search",
)
def municipalities(
    request: HttpRequest, asked: Query[shapes.Searched], election: str = ELECTION
) -> HttpResponse:
    """Those that elect no council that day are among them, with the reason and where they vote.

    `q` looks for a name as a voter would type it, without accents or capitals if need be: the
    whole name, else its beginning, else a part of it, else something like it. Places in a
    municipality and former names are found too. With `q` and `postcode`, what fits both.
    """
    guide = guide_to(election)
    found = search(guide, asked.q, asked.postcode)
    published = store.contests(election)
    return answer(
        request,
        guide_source(guide),
        ("municipalities", *asked.model_dump().items()),
        lambda: shapes.Municipalities(
            count=len(found.found),
            outcome=found.outcome,
            items=[
                municipality_of(guide, place, via, published)
                for place, via in part_of(found.found, asked.limit, asked.offset)
            ],
        ),
        link=links_of(request, asked, len(found.found)),
    )


@reads(
    "/elections/{election}/municipalities/{municipality}",
    shapes.Municipality,
    "Municipalities",
    "One municipality",
)
def municipality(
    request: HttpRequest, election: str = ELECTION, municipality: str = MUNICIPALITY
) -> HttpResponse:
    """Whether it votes on this day, and where or when else."""
    guide = guide_to(election)
    place = place_in(guide, municipality)
    published = store.contests(election)
    return answer(
        request,
        guide_source(guide),
        ("municipality", municipality),
        lambda: municipality_of(guide, place, "", published),
    )


@reads("/elections/{election}/contests", shapes.Contests, "Contests", "All published contests")
def contests(
    request: HttpRequest, asked: Query[shapes.Paged], election: str = ELECTION
) -> HttpResponse:
    """By the name of the municipality. Invented ones are among them, and marked."""
    guide = guide_to(election)
    published = store.contests(election)
    places = [
        place
        for place in by_name(guide)
        if place.slug in published and place.slug not in guide.absences
    ]
    return answer(
        request,
        guide_source(guide),
        ("contests", asked.limit, asked.offset),
        lambda: shapes.Contests(
            count=len(places),
            items=[
                content.contest(election, place, published[place.slug][-1])
                for place in part_of(places, asked.limit, asked.offset)
            ],
        ),
        link=links_of(request, asked, len(places)),
    )


def _election(guide: Guide) -> shapes.Election:
    known = guide.election
    return shapes.Election(
        slug=known.slug,
        name=known.name,
        date=known.date,
        contests=guide.contests,
        published=len(store.contests(known.slug)),
    )
