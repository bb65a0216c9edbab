"""The doors that belong to no room."""

from django.urls import include, path

urlpatterns = [
    path("", include("obeya.plant.log.access.urls")),
    path("api/v1/", include("obeya.plant.log.api.urls")),
]
