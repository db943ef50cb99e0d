"""Backup and restore: one file with everything the database holds, and proof that it came back."""


class BackupError(Exception):
    """It was not done, and nothing was changed; the message says why and what helps."""
