"""To and from the formats of other voting aids, and of a spreadsheet."""
