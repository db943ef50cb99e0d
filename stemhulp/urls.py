"""Addresses of the whole product."""

from django.urls import include, path

from stemhulp.editions.views import health, metrics

urlpatterns = [
    path("health/editions", health, name="health_editions"),
    path("health/metrics", metrics, name="health_metrics"),
    path("", include("stemhulp.quiz.urls")),
]

handler400 = "stemhulp.quiz.problems.bad_request"
handler403 = "stemhulp.quiz.problems.forbidden"
handler404 = "stemhulp.quiz.problems.not_found"
