from django.urls import path

from stemhulp.publication import views

app_name = "publication"
urlpatterns = [path("", views.desk, name="desk")]
