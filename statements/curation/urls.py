"""Addresses for VluchtelingenWerk's own people."""

from django.urls import path

from statements.curation.views import bulk, correction, lists

app_name = "curation"
PARTY = "<slug:election>/<slug:municipality>/<slug:slug>/"
urlpatterns = [
    path("", lists.lists, name="lists"),
    path("uitnodigen/", bulk.bulk, name="bulk"),
    path("uitnodigen/versturen/", bulk.send, name="send"),
    path(PARTY, lists.party, name="party"),
    path(f"{PARTY}uitnodigen/", lists.invite, name="invite"),
    path(f"{PARTY}uitnodiging/<int:pk>/opnieuw/", lists.resend, name="resend"),
    path(f"{PARTY}uitnodiging/<int:pk>/intrekken/", lists.revoke, name="revoke"),
    path(f"{PARTY}mensen/<int:pk>/weg/", lists.remove, name="remove"),
    path(f"{PARTY}correctie/<slug:key>/", correction.correction, name="correction"),
]
