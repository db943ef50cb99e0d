from django.urls import path

from statements.curation.lists.views import bulk, correction, overview

PARTY = "<slug:election>/<slug:municipality>/<slug:slug>/"
urlpatterns = [
    path("", overview.lists, name="lists"),
    path("uitnodigen/", bulk.bulk, name="bulk"),
    path("uitnodigen/versturen/", bulk.send, name="send"),
    path(PARTY, overview.party, name="party"),
    path(f"{PARTY}uitnodigen/", overview.invite, name="invite"),
    path(f"{PARTY}uitnodiging/<int:pk>/opnieuw/", overview.resend, name="resend"),
    path(f"{PARTY}uitnodiging/<int:pk>/intrekken/", overview.revoke, name="revoke"),
    path(f"{PARTY}mensen/<int:pk>/weg/", overview.remove, name="remove"),
    path(f"{PARTY}correctie/<slug:key>/", correction.correction, name="correction"),
]
