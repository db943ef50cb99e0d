"""What a voter can do after the result: the same for every voter, so rendered once per edition."""

from django.utils import timezone
from django.utils.safestring import SafeString

from stemhulp.editions.edition import Edition
from stemhulp.quiz.features import told_in
from stemhulp.quiz.moulds import kept_mould

TEMPLATE = "quiz/_what_now.html"


def what_now(edition: Edition) -> SafeString:
    """The parties' own words, how to vote, what happens here already, contact, the newsletter."""
    is_over = edition.election.date < timezone.localdate()

    def context() -> dict[str, object]:
        return {
            "edition": edition,
            "is_over": is_over,
            "has_links": any(party.website or party.programme for party in edition.parties),
            "voting": [each for each in edition.features if each.kind == "voting"],
            "newsletters": [each for each in edition.features if each.kind == "newsletter"],
            "examples": told_in(edition)["local_features"],
        }

    return kept_mould(edition.beside, TEMPLATE, is_over, context=context).fill({})
