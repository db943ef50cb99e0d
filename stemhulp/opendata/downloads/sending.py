"""A file as a response: streamed, whole or in part, with its digest as its ETag."""

import os
from http import HTTPStatus
from typing import BinaryIO

from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from stemhulp.opendata.downloads.listing import Download
from stemhulp.opendata.downloads.ranges import PartOfFile, UnsatisfiableError, part_of
from stemhulp.quiz.kept import CACHE_CONTROL


def sent(request: HttpRequest, download: Download) -> HttpResponse:
    """The bytes of a file, or that they did not change. Raises OSError or ValueError."""
    etag = quote_etag(download.file.digest)
    response = get_conditional_response(request, etag=etag) or _bytes(request, download, etag)
    response["ETag"] = etag
    response.setdefault("Cache-Control", CACHE_CONTROL)
    response["X-Content-Type-Options"] = "nosniff"
    response["Accept-Ranges"] = "bytes"
    return response


def _bytes(request: HttpRequest, download: Download, etag: str) -> HttpResponse:
    file = _opened(download)
    if request.method == "HEAD":
        file.close()
        return _described(HttpResponse(), download, download.file.size)
    try:
        part = part_of(request, download.file.size, etag)
    except UnsatisfiableError:
        file.close()
        return _beyond_the_end(download)
    if part is None:
        return _described(FileResponse(file), download, download.file.size)  # type: ignore[arg-type]  # it streams
    response = FileResponse(PartOfFile(file, part), status=HTTPStatus.PARTIAL_CONTENT)
    response["Content-Range"] = f"bytes {part.first}-{part.last}/{download.file.size}"
    return _described(response, download, part.size)  # type: ignore[arg-type]


def _described(response: HttpResponse, download: Download, length: int) -> HttpResponse:
    response["Content-Type"] = download.media_type
    response["Content-Length"] = str(length)
    response["Content-Disposition"] = f'attachment; filename="{download.saved_as}"'
    return response


def _beyond_the_end(download: Download) -> HttpResponse:
    response = HttpResponse(status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
    response["Content-Range"] = f"bytes */{download.file.size}"
    response["Cache-Control"] = "no-store"  # it answers this one request, not this address
    return response


def _opened(download: Download) -> BinaryIO:
    """The file, of which at least the size is as it was listed."""
    file = download.file.path.open("rb")
    size = os.fstat(file.fileno()).st_size
    if size != download.file.size:
        file.close()
        raise ValueError(f"{download.file.path} has {size} bytes, not {download.file.size}")
    return file
