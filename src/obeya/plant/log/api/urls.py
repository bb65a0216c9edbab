from django.urls import path

from obeya.plant.log.api import views

app_name = "api"
urlpatterns = [
    path("openapi.json", views.openapi, name="openapi"),
    path("s/<str:site>/<slug:name>/", views.collection, name="collection-at-site"),
    path("s/<str:site>/<slug:name>/<path:key>/", views.item, name="item-at-site"),
    path("<slug:name>/", views.collection, name="collection"),
    path("<slug:name>/<path:key>/", views.item, name="item"),
]
