"""Readers of fixture files: each takes a file wholly or refuses it wholly."""
