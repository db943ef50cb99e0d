"""How often the quiz is used, counted without people: per municipality and day, nothing else.

Off, unless COUNT_USE says otherwise. No identifier, no answer, no language, no hour: what is
written down is that on a day in a municipality so many quizzes were started and finished.
"""
