"""A council with invented lists, and candidate lists as the Kiesraad writes them, for tests."""

import io
from collections.abc import Sequence
from datetime import date

from parties.importers import eml
from parties.importers.eml import CandidateLists
from parties.models import Contest, Election, Municipality, Party

CODE = "GM9990"
LISTS = ((1, "Dorpsbelang"), (2, "Groen & Sociaal"), (3, "Jong Proefdam"))
HEAD = '<?xml version="1.0" encoding="{encoding}"?>{doctype}'
EML = (
    '<EML xmlns="urn:oasis:names:tc:evs:schema:eml" '
    'xmlns:kr="http://www.kiesraad.nl/extensions" '
    'xmlns:xnl="urn:oasis:names:tc:ciq:xsdschema:xNL:2.0" Id="{kind}" SchemaVersion="5">'
    "<TransactionId>1</TransactionId><CandidateList><Election>"
    '<ElectionIdentifier Id="{identifier}"><ElectionName>Gemeenteraad</ElectionName>'
    "<ElectionCategory>{category}</ElectionCategory>"
    '<kr:ElectionDomain Id="{domain}">{place}</kr:ElectionDomain>'
    "<kr:ElectionDate>{day}</kr:ElectionDate></ElectionIdentifier>"
    '<Contest><ContestIdentifier Id="geen"/>{lists}</Contest>'
    "</Election></CandidateList></EML>"
)
LIST = (
    '<Affiliation><AffiliationIdentifier Id="{number}"><RegisteredName>{name}</RegisteredName>'
    "</AffiliationIdentifier><Type>op zichzelf staande lijst</Type>{candidates}</Affiliation>"
)
CANDIDATE = (
    '<Candidate><CandidateIdentifier Id="1"/><CandidateFullName><xnl:PersonName>'
    "<xnl:LastName>Verzonnen-Persoon</xnl:LastName></xnl:PersonName></CandidateFullName>"
    "<Affiliation><AffiliationIdentifier Id='77'><RegisteredName>Niet lezen</RegisteredName>"
    "</AffiliationIdentifier></Affiliation></Candidate>"
)


def xml(
    lists: Sequence[tuple[object, str]] = LISTS,
    *,
    kind: str = "230b",
    identifier: str = "GR2022_Proefdam",
    category: str = "GR",
    domain: str = "9990",
    place: str = "Proefdam",
    day: str = "2022-03-16",
    candidates: str = CANDIDATE,
    doctype: str = "",
    encoding: str = "UTF-8",
) -> bytes:
    """A file; each part of it may be wrong."""
    rows = "".join(
        LIST.format(number=number, name=name.replace("&", "&amp;"), candidates=candidates)
        for number, name in lists
    )
    body = EML.format(
        kind=kind,
        identifier=identifier,
        category=category,
        domain=domain,
        place=place,
        day=day,
        lists=rows,
    )
    return (HEAD.format(encoding=encoding, doctype=doctype) + body).encode(encoding)


def found(lists: Sequence[tuple[object, str]] = LISTS) -> CandidateLists:
    """What is read of such a file."""
    return eml.read(io.BytesIO(xml(lists)))


def council(*lists: tuple[int | None, str]) -> Contest:
    """Proefdam, which is nowhere, elects a council in 2022; these lists take part."""
    municipality = Municipality.objects.create(
        code=CODE, name="Proefdam", slug="proefdam", province="Nergens", years=[2022]
    )
    election = Election.objects.get(slug="gr2022")
    assert election.date == date(2022, 3, 16)
    contest = Contest.objects.create(election=election, municipality=municipality)
    for index, (number, name) in enumerate(lists, 1):
        Party.objects.create(contest=contest, slug=f"lijst-{index}", name=name, number=number)
    return contest


def numbers(contest: Contest) -> dict[str, int | None]:
    """The lists on its ballot, with their numbers."""
    return dict(Party.objects.on_ballot().filter(contest=contest).values_list("name", "number"))
