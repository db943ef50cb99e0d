"""What is not published yet, in the form in which a voter's pages can show it."""

from dataclasses import dataclass, fields

from parties.models import Contest
from stemhulp.editions.edition import Edition, Questionnaire
from stemhulp.editions.publishing import compiled


@dataclass(frozen=True)
class Trial(Edition):
    """An unpublished edition. Its pages, and the cookie with answers, have a path of their own.

    Nothing that is made of it is kept longer than itself, or shared with a published edition.
    """

    @property
    def path(self) -> str:
        return f"redactie/publiceren/{self.election.slug}/{self.municipality.slug}/proef"


def trial_of(contest: Contest) -> Trial:
    """The contest as its rows stand now. Raises CannotPublishError for what is no edition."""
    edition = compiled(contest).edition
    values = {each.name: getattr(edition, each.name) for each in fields(Edition)}
    # Not the one that all contests with these statements share: voters' pages are kept beside that.
    questionnaire = Questionnaire(edition.statements)
    return Trial(**values | {"questionnaire": questionnaire, "beside": {}})
