"""The voting aid: what voters meet, and the wiring of the whole product."""

VERSION = "0.1.0"  # as in pyproject.toml
