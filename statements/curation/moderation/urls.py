from django.urls import path

from statements.curation.moderation import views

STATEMENT = "<slug:election>/<slug:municipality>/<slug:slug>/<slug:key>/"
urlpatterns = [
    path("", views.front, name="moderation"),
    path("<slug:election>/", views.motivation_list, name="motivation_list"),
    path(STATEMENT, views.motivation, name="motivation"),
    path(f"{STATEMENT}<int:pk>/tonen/", views.lift, name="lift_withholding"),
]
