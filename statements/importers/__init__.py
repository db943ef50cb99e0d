"""Readers of the statements' texts and of the invented example municipality."""
