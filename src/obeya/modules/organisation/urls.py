from django.urls import path

from obeya.modules.organisation import pages

app_name = "organisation"
urlpatterns = [
    path("s/<str:site>/equipment/", pages.equipment, name="equipment"),
    path("s/<str:site>/equipment/new/", pages.edit_machine, name="new-machine"),
    path("s/<str:site>/equipment/<path:code>/edit/", pages.edit_machine, name="edit-machine"),
    path(
        "s/<str:site>/equipment/<path:code>/archive/", pages.archive_machine, name="archive-machine"
    ),
    path(
        "s/<str:site>/equipment/<path:code>/unarchive/",
        pages.unarchive_machine,
        name="unarchive-machine",
    ),
    path("s/<str:site>/equipment/<path:code>/", pages.machine, name="machine"),
    path("s/<str:site>/people/", pages.people, name="people"),
    path("s/<str:site>/calendars/", pages.calendars, name="calendars"),
    path("s/<str:site>/calendars/<path:code>/", pages.calendar, name="calendar"),
    path("s/<str:site>/parties/", pages.parties, name="parties"),
]
