"""Everything in tables, as files: per contest, per region, per election."""
