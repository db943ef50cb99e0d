"""The voter's way: municipality, statements, weights, result."""
