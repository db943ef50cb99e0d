"""A file as a response: streamed, with its digest as its ETag."""

import os
from typing import BinaryIO

from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from stemhulp.opendata.downloads.listing import Download
from stemhulp.quiz.kept import CACHE_CONTROL


def sent(request: HttpRequest, download: Download) -> HttpResponse:
    """The bytes of a file, or that they did not change. Raises OSError or ValueError."""
    etag = quote_etag(download.file.digest)
    response = get_conditional_response(request, etag=etag) or _whole(request, download)
    response["ETag"] = etag
    response["Cache-Control"] = CACHE_CONTROL
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _whole(request: HttpRequest, download: Download) -> HttpResponse:
    file = _opened(download)
    if request.method == "HEAD":
        file.close()
        response = HttpResponse()
    else:
        response = FileResponse(file)  # type: ignore[assignment]  # it streams
    response["Content-Type"] = download.media_type
    response["Content-Length"] = str(download.file.size)
    response["Content-Disposition"] = f'attachment; filename="{download.saved_as}"'
    return response


def _opened(download: Download) -> BinaryIO:
    """The file, of which at least the size is as it was listed."""
    file = download.file.path.open("rb")
    size = os.fstat(file.fileno()).st_size
    if size != download.file.size:
        file.close()
        raise ValueError(f"{download.file.path} has {size} bytes, not {download.file.size}")
    return file
