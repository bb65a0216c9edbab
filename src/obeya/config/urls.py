"""Doors of the house: each room brings its own urls.py, mounted as it declares."""

from importlib import import_module
from importlib.util import find_spec

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from obeya.config import rooms

urlpatterns: list[URLPattern | URLResolver] = [path("", include("obeya.plant.log.urls"))]
urlpatterns += [
    path("", include(import_module(f"{package}.urls")))
    for package in rooms.present()
    if find_spec(f"{package}.urls")
]
urlpatterns.append(path("", include("obeya.ui.urls")))

if settings.DEBUG or settings.DEMO:
    urlpatterns.append(path("", include("obeya.ui.gallery.urls")))
