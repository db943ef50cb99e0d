from django.urls import path

from stemhulp.opendata.country import views
from stemhulp.quiz import converters  # noqa: F401  # it registers them

app_name = "country"
urlpatterns = [
    path("kaart/", views.country_map, name="map_now"),
    path("kaart/<election:election>/", views.country_map, name="map"),
    path("partijen/", views.names, name="names_now"),
    path("partijen/<election:election>/", views.names, name="names"),
    path("partijen/<slug:name>/", views.name_now, name="name_now"),
    path("partijen/<election:election>/<slug:name>/", views.name, name="name"),
]
