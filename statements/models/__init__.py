"""What is asked and what was answered."""

from statements.models.content import Feature
from statements.models.positions import (
    Notice,
    Position,
    Research,
    Revision,
    Submission,
    Way,
    Withholding,
)
from statements.models.statements import Background, Comment, Stance, Statement, Version
from statements.models.texts import Source, Term, Theme
from statements.models.translations import Translation

__all__ = [
    "Background",
    "Comment",
    "Feature",
    "Notice",
    "Position",
    "Research",
    "Revision",
    "Source",
    "Stance",
    "Statement",
    "Submission",
    "Term",
    "Theme",
    "Translation",
    "Version",
    "Way",
    "Withholding",
]
