"""Addresses that only the demo has."""

from django.urls import path

from stemhulp.demo import views

app_name = "demo"
urlpatterns = [
    path("post/", views.mailbox, name="mailbox"),
    path("post/<str:name>/", views.mail, name="mail"),
]
