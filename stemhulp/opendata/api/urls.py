from django.urls import path

from stemhulp.opendata.api import documentation
from stemhulp.opendata.api.service import api

urlpatterns = [
    path("", documentation.page, name="api_documentation"),
    path("openapi.json", documentation.openapi_file, name="api_schema"),
    path("", api.urls),
]
