"""Everything that was published, for everyone: an interface, files, and the country at a glance.

Only what voters could see already is in here: all of it is made from published editions.
"""
