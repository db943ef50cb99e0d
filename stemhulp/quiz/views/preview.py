"""For a party that is answering: how voters will see it, on the page that voters see."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from parties.accounts.access import PersonRequest
from parties.models import Party
from statements.models import Stance
from statements.portal.access import for_member
from stemhulp.editions.compile import compile_preview
from stemhulp.quiz.answers import Answers
from stemhulp.quiz.result_page import preview_page


@require_GET
@for_member
def party_preview(request: PersonRequest, party: Party) -> HttpResponse:
    """The result of an invented voter, who agrees with everything, beside this party."""
    edition = compile_preview(party)
    invented = {statement.key: int(Stance.AGREE) for statement in edition.statements}
    page = preview_page(edition, Answers(edition.path, invented))
    context = {"party": party, "edition": edition, "result": page.main(is_fragment=False)}
    return render(request, "quiz/preview.html", context)
