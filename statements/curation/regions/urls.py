from django.urls import path

from statements.curation.regions import views

urlpatterns = [
    path("", views.regions, name="regions"),
    path("nieuw/", views.new_region, name="new_region"),
    path("<slug:region>/", views.region, name="region"),
    path("<slug:region>/contact/", views.region_contact, name="region_contact"),
    path("<slug:region>/verwijderen/", views.delete_region, name="delete_region"),
]
