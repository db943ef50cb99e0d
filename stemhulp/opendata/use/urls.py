from django.urls import path

from stemhulp.opendata.use import views
from stemhulp.quiz import converters  # noqa: F401  # it registers them

app_name = "use"
urlpatterns = [
    path("gebruik/", views.now, name="now"),
    path("gebruik/<election:election>/", views.counts, name="counts"),
    path("gebruik/<election:election>.csv", views.counts_file, name="counts_file"),
]
