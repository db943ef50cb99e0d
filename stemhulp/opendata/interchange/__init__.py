"""To and from the formats of other voting aids, and of our own tables."""
