"""How close two sets of stances are: exact, explainable, and independent of any framework.

>>> from statements.matching import match
>>> [best] = match([2, -1, None], {"a": [2, 1, 0]})
>>> best.score
Fraction(3, 4)
"""

from statements.matching.arguments import NO_ANSWER
from statements.matching.comparison import Agreement, Match, Score, friendliness, match
from statements.matching.matrix import score_matrix
from statements.matching.methods import Method, Missing
from statements.matching.panel import Comparison, Panel, Row
from statements.matching.pulls import closer, further, pulls
from statements.matching.robustness import Robustness, Standing, Verdict, robustness
from statements.matching.set_audit import (
    ENOUGH,
    Drawing,
    Pair,
    Simulation,
    Spread,
    pairs_alike,
    simulate,
    spreads,
)

__all__ = [
    "ENOUGH",
    "NO_ANSWER",
    "Agreement",
    "Comparison",
    "Drawing",
    "Match",
    "Method",
    "Missing",
    "Pair",
    "Panel",
    "Robustness",
    "Row",
    "Score",
    "Simulation",
    "Spread",
    "Standing",
    "Verdict",
    "closer",
    "friendliness",
    "further",
    "match",
    "pairs_alike",
    "pulls",
    "robustness",
    "score_matrix",
    "simulate",
    "spreads",
]
