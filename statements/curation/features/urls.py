from django.urls import path

from statements.curation.features import views

urlpatterns = [
    path("", views.features, name="features"),
    path("nieuw/", views.new_feature, name="new_feature"),
    path("<slug:key>/", views.feature, name="feature"),
    path("<slug:key>/bewerken/", views.edit_feature, name="edit_feature"),
    path("<slug:key>/goedkeuren/", views.approve_feature, name="approve_feature"),
    path("<slug:key>/intrekken/", views.withdraw_feature, name="withdraw_feature"),
    path("<slug:key>/terughalen/", views.restore_feature, name="restore_feature"),
]
