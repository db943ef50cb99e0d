from django.urls import path

from statements.curation.colleagues import views

urlpatterns = [
    path("", views.colleagues, name="colleagues"),
    path("nieuw/", views.add_colleague, name="add_colleague"),
    path("<int:pk>/", views.colleague, name="colleague"),
    path("<int:pk>/sluiten/", views.suspend, name="suspend_colleague"),
    path("<int:pk>/openen/", views.readmit, name="readmit_colleague"),
]
