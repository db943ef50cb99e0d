"""Scores and stances in templates: see stemhulp/quiz/scores.py."""

from django import template

from stemhulp.quiz import scores

register = template.Library()

for function in (
    *(scores.percent, scores.width),
    *(scores.stance_label, scores.stance_mark, scores.opinion),
):
    register.filter(function)
