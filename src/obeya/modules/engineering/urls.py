from django.urls import path

from obeya.modules.engineering import pages

app_name = "engineering"
urlpatterns = [
    path("materials/", pages.materials, name="materials"),
    path("materials/new/", pages.edit_material, name="new-material"),
    path("materials/<path:code>/edit/", pages.edit_material, name="edit-material"),
    path(
        "materials/<path:code>/operations/<int:number>/assumed/",
        pages.say_assumed,
        name="say-assumed",
    ),
    path("materials/<path:code>/archive/", pages.archive_material, name="archive-material"),
    path("materials/<path:code>/unarchive/", pages.unarchive_material, name="unarchive-material"),
    path("materials/<path:code>/", pages.material, name="material"),
]
