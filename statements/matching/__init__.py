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
from statements.matching.robustness import Robustness, Standing, Verdict, robustness

__all__ = [
    "NO_ANSWER",
    "Agreement",
    "Comparison",
    "Match",
    "Method",
    "Missing",
    "Panel",
    "Robustness",
    "Row",
    "Score",
    "Standing",
    "Verdict",
    "friendliness",
    "match",
    "robustness",
    "score_matrix",
]
