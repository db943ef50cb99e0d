"""Everything that an address of the product can be about, for tests of them all: one of each."""

from dataclasses import dataclass

from django.utils import timezone

from parties.models import Contest, Invitation, Membership, Party, User
from statements.models import Feature, Research, Source, Statement, Theme, Withholding
from stemhulp.editions.models import Proposal
from tests.curation.staff import KEY, colleague, green, invited, member, national, region


@dataclass(frozen=True)
class World:
    """What there is: a list in a region, and everything that an address can be about."""

    list_: Party
    invitation: Invitation
    others: Invitation
    membership: Membership
    person: User
    token: str
    statement: Statement
    local: Statement
    local_feature: Feature
    feature: Feature
    research: Research
    withholding: Withholding
    proposal: Proposal


def world() -> World:
    party, at = green(), timezone.now()
    place, election = party.contest.municipality, party.contest.election
    region("midden", place.code)
    nina, carla = national(), colleague()
    pia = member()
    invitation = invited(party, "anna@example.nl")
    others = invited(party, "bea@example.nl")
    statement = Statement.objects.get(election=election, key=KEY)
    fields = {"statement": statement, "party": party}
    written = {"written_by": nina, "written_at": at, "source": Source.objects.all()[0]}
    return World(
        list_=party,
        invitation=invitation,
        others=others,
        membership=pia.memberships.get(),
        person=carla,
        token=others.renew_token(timezone.now()),
        statement=statement,
        local=_local_statement(party.contest),
        feature=Feature.objects.create(
            key="landelijk", kind="story", title="Een verhaal", **written
        ),
        local_feature=Feature.objects.create(
            key="plaatselijk", kind="story", title="Een verhaal", municipality=place, **written
        ),
        research=Research.objects.create(
            **fields, meaning=1, stance=1, quotation="x", source="x", entered_by=nina, entered_at=at
        ),
        withholding=Withholding.objects.create(
            **fields, motivation="x", ground="hate", explanation="x", by=nina, at=at
        ),
        proposal=Proposal.objects.create(
            contest=party.contest, digest="x", reason="x", asked_by=nina, asked_at=at
        ),
    )


def _local_statement(contest: Contest) -> Statement:
    made = Statement.objects.create(
        election=contest.election,
        municipality=contest.municipality,
        key="plaatselijk",
        theme=Theme.objects.all()[0],
        order=99,
        recommendation=1,
        latest=1,
        source=Source.objects.all()[0],
        text="Hier moet een plein komen.",
    )
    national_one = Statement.objects.get(election=contest.election, key=KEY)
    content = national_one.versions.all()[0].content | {"text": made.text}
    made.versions.create(number=1, nature="new", content=content, at=timezone.now())
    return made
