"""What those who keep watch see: the log, figures, whether it lives, reports of errors.

All of it is an allow-list. What is not named here is in none of them, and nothing of a voter is
named: no address, no query, no body, no cookie, no browser, no value of a variable.
"""
