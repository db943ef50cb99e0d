from django.urls import path

from statements.curation.access import to_first_election
from statements.curation.writing.views import overview, review, statement, write

ELECTION = "<slug:election>/"
STATEMENT = "<slug:election>/<slug:key>/"
urlpatterns = [
    path("", to_first_election("curation:statement_list"), name="statements"),
    path(ELECTION, overview.statement_list, name="statement_list"),
    path(f"{ELECTION}nieuw/", write.begin, name="statement_new"),
    path(f"{ELECTION}inleveren/", review.submit_all, name="statements_submit"),
    path(f"{ELECTION}concepten-intrekken/", overview.withdraw_all, name="statements_withdraw"),
    path(STATEMENT, statement.statement, name="statement"),
    path(f"{STATEMENT}schrijf/", write.write, name="statement_write"),
    path(f"{STATEMENT}versies/", statement.versions, name="statement_versions"),
    path(f"{STATEMENT}inleveren/", review.submit, name="statement_submit"),
    path(f"{STATEMENT}beoordeel/", review.review, name="statement_review"),
    path(f"{STATEMENT}intrekken/", review.withdraw, name="statement_withdraw"),
    path(f"{STATEMENT}opmerking/", statement.remark, name="statement_remark"),
]
