"""What is wrong with a file of boundaries."""


class BoundariesError(Exception):
    """A file that no map can be made of; the message says where, why, and what to do."""
