"""Addresses of the portal, in which local party staff enter positions."""

from django.urls import path

from statements.portal.views import answering, people, spreadsheets, submitting

app_name = "portal"
PARTY = "<slug:election>/<slug:municipality>/<slug:slug>/"
urlpatterns = [
    path("", answering.lists, name="lists"),
    path(PARTY, answering.party, name="party"),
    path(f"{PARTY}stelling/<slug:key>/", answering.statement, name="statement"),
    path(f"{PARTY}stelling/<slug:key>/bevestigen/", answering.confirm, name="confirm"),
    path(f"{PARTY}geschiedenis/", answering.history, name="history"),
    path(f"{PARTY}indienen/", submitting.submit, name="submit"),
    path(f"{PARTY}heropenen/", submitting.reopen, name="reopen"),
    path(f"{PARTY}mensen/", people.people, name="people"),
    path(f"{PARTY}spreadsheet/", spreadsheets.upload, name="spreadsheet"),
    path(f"{PARTY}spreadsheet/bestand/", spreadsheets.download, name="spreadsheet_file"),
    path(f"{PARTY}spreadsheet/toepassen/", spreadsheets.apply, name="apply_spreadsheet"),
]
