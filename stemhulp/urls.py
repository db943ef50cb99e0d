"""Addresses of the whole product."""

from django.urls import include, path

from stemhulp.editions.views import health

urlpatterns = [
    path("health/editions", health, name="health_editions"),
    path("", include("stemhulp.quiz.urls")),
]

handler400 = "stemhulp.quiz.problems.bad_request"
handler403 = "stemhulp.quiz.problems.forbidden"
handler404 = "stemhulp.quiz.problems.not_found"
