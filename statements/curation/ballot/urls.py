from django.urls import path

from statements.curation.access import to_first_election
from statements.curation.ballot.views import contests, lists, reading

CONTEST = "<slug:election>/<slug:municipality>/"
LIST = f"{CONTEST}<slug:slug>/"
urlpatterns = [
    path("", to_first_election("curation:contest_list"), name="contests"),
    path("<slug:election>/", contests.contest_list, name="contest_list"),
    path("<slug:election>/kandidatenlijst/", reading.read_file, name="read_file"),
    path(CONTEST, contests.contest, name="contest"),
    path(f"{CONTEST}termijn/zetten/", contests.deadline, name="contest_deadline"),
    path(f"{CONTEST}lijsten/nieuw/", lists.add, name="add_list"),
    path(f"{CONTEST}kandidatenlijst/lezen/", reading.read_contest_file, name="read_contest_file"),
    path(f"{CONTEST}kandidatenlijst/toepassen/", reading.apply_file, name="apply_file"),
    path(LIST, lists.edit, name="edit_list"),
    path(f"{LIST}intrekken/", lists.withdraw, name="withdraw_list"),
    path(f"{LIST}terugzetten/", lists.restore, name="restore_list"),
    path(f"{LIST}samenvoegen/", lists.merge, name="merge_list"),
]
