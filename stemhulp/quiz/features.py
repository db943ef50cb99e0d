"""What VluchtelingenWerk tells beside the statements: on a municipality's page, and behind them."""

from collections.abc import Mapping

from django.utils.safestring import SafeString

from stemhulp.editions.edition import Edition, Feature, Statement
from stemhulp.quiz.moulds import kept_mould

# What the page of a municipality tells of the whole country, in this order. A figure says little by
# itself: it stands behind statements only.
ON_THE_PAGE = ("story", "example", "flyer")


def told_in(edition: Edition) -> Mapping[str, list[Feature]]:
    """What the page of a municipality tells: what is done there, and what is told everywhere."""
    return {
        "local_features": [
            each for each in edition.features if each.is_local and not each.is_at_the_result
        ],
        "national_features": sorted(
            (each for each in edition.features if not each.is_local and each.kind in ON_THE_PAGE),
            key=lambda each: ON_THE_PAGE.index(each.kind),
        ),
    }


def told_behind(edition: Edition, asked: Statement) -> SafeString:
    """What is told of a statement, in this contest; for after the answer.

    Kept beside the questions by what is told, so that contests share it only when it is the same.
    """
    features = tuple(
        each
        for each in edition.features
        if asked.key in each.statements and not each.is_at_the_result
    )
    if not features:
        return SafeString()
    beside = edition.questionnaire.beside
    context = {"features": features}
    return kept_mould(beside, "quiz/_features.html", features, context=lambda: context).fill({})
