"""A part of a file, for whoever goes on with a download that broke off (RFC 9110, chapter 14)."""

import re
from dataclasses import dataclass
from typing import BinaryIO

from django.http import HttpRequest

ONE_RANGE = re.compile(r"bytes=\s*([0-9]{0,18})-([0-9]{0,18})\s*")


class UnsatisfiableError(Exception):
    """The part that was asked for lies beyond the end of the file."""


@dataclass(frozen=True)
class Part:
    """Bytes `first` to `last` of a file, both of them included."""

    first: int
    last: int

    @property
    def size(self) -> int:
        return self.last - self.first + 1


def part_of(request: HttpRequest, size: int, etag: str) -> Part | None:
    """The part that a request asks for of a file of so many bytes; None is all of it.

    Several ranges at once, other units and what cannot be read get the whole file, as the RFC
    allows. So does who has a part of another file (If-Range). Raises UnsatisfiableError.
    """
    asked = ONE_RANGE.fullmatch(request.META.get("HTTP_RANGE", ""))
    if asked is None or request.META.get("HTTP_IF_RANGE", etag) != etag:
        return None
    first, last = asked.groups()
    if first:
        return _from(int(first), int(last) if last else size - 1, size)
    return _at_the_end(int(last), size) if last else None


def _from(first: int, last: int, size: int) -> Part | None:
    if first >= size:
        raise UnsatisfiableError
    return Part(first, min(last, size - 1)) if first <= last else None


def _at_the_end(length: int, size: int) -> Part:
    if not length or not size:
        raise UnsatisfiableError
    return Part(max(0, size - length), size - 1)


class PartOfFile:
    """As much of an open file as was asked for, to be read from it like a file."""

    def __init__(self, file: BinaryIO, part: Part) -> None:
        file.seek(part.first)
        self._file, self._left = file, part.size

    def read(self, size: int = -1) -> bytes:
        wanted = self._left if size < 0 else min(size, self._left)
        content = self._file.read(wanted)
        self._left -= len(content)
        return content

    def close(self) -> None:
        self._file.close()
