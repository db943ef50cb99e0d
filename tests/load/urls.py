"""The product's addresses, and a page that does nothing: what Django and the server cost."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from stemhulp import urls


def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


urlpatterns = [path("bare/", bare), *urls.urlpatterns]

handler400 = urls.handler400
handler403 = urls.handler403
handler404 = urls.handler404
