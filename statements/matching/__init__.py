"""How close two sets of stances are: exact, explainable, and independent of any framework.

>>> from statements.matching import match
>>> [best] = match([2, -1, None], {"a": [2, 1, 0]})
>>> best.score
Fraction(3, 4)
"""

from statements.matching.cityblock import Agreement, Match, agreement, friendliness, match

__all__ = ["Agreement", "Match", "agreement", "friendliness", "match"]
