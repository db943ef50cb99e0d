from django.urls import path, register_converter

from stemhulp.opendata.downloads import views
from stemhulp.quiz import converters


class FileName(converters.ElectionSlug):
    """That of a file which may be there: no name of a folder, and no way out of one."""

    regex = r"[a-z][a-z0-9-]{0,40}\.[a-z]{2,8}"


register_converter(FileName, "file")

app_name = "downloads"
ELECTION = "open-data/<election:election>"
REGION, PROVINCE = f"{ELECTION}/regio/<slug:region>", f"{ELECTION}/provincie/<slug:province>"
CONTEST = f"{ELECTION}/<slug:municipality>"
urlpatterns = [
    path("open-data/", views.overview, name="overview"),
    path("open-data/woordenboek/", views.dictionary, name="dictionary"),
    path(f"{ELECTION}/", views.election_files, name="election"),
    path(f"{ELECTION}/<file:file>", views.election_file, name="election_file"),
    path(f"{REGION}/", views.region_files, name="region"),
    path(f"{REGION}/<file:file>", views.region_file, name="region_file"),
    path(f"{PROVINCE}/", views.province_files, name="province"),
    path(f"{PROVINCE}/<file:file>", views.province_file, name="province_file"),
    path(f"{CONTEST}/", views.contest_files, name="contest"),
    path(f"{CONTEST}/<file:file>", views.contest_file, name="contest_file"),
]
