"""Addresses of the whole product."""

from django.urls import include, path

urlpatterns = [path("", include("stemhulp.quiz.urls"))]

handler400 = "stemhulp.quiz.problems.bad_request"
handler403 = "stemhulp.quiz.problems.forbidden"
handler404 = "stemhulp.quiz.problems.not_found"
