"""What stands on the result page for every voter alike, made once per edition."""

from collections.abc import Sequence

from django.template.loader import render_to_string

from stemhulp.editions.edition import Edition, Statement


def facts(edition: Edition) -> Sequence[str]:
    """Per statement, as HTML: the parties' positions, the recommendation and the background."""
    if "facts" not in edition.beside:
        edition.beside["facts"] = [_facts(edition, each) for each in edition.statements]
    known: Sequence[str] = edition.beside["facts"]
    return known


def _facts(edition: Edition, statement: Statement) -> str:
    positions = [
        {"party": party, "position": position}
        for party in edition.parties
        if (position := party.positions.get(statement.key))
    ]
    return render_to_string("quiz/_facts.html", {"statement": statement, "positions": positions})
