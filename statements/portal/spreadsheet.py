"""The spreadsheet with which a party can prepare its positions together with its board.

`write` makes it, `read` takes it back. What is read is not saved here: the person sees it first.
"""

from statements.portal.spreadsheet_in import Row, read
from statements.portal.spreadsheet_out import attachment_name, write
from statements.portal.spreadsheet_package import MAX_UPLOAD, UnreadableError, refuse_size

__all__ = [
    "MAX_UPLOAD",
    "Row",
    "UnreadableError",
    "attachment_name",
    "read",
    "refuse_size",
    "write",
]
