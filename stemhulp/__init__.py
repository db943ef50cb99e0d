"""The voting aid: what voters meet, and the wiring of the whole product."""
