"""The country at a glance: by municipality, and by the name of a party."""
