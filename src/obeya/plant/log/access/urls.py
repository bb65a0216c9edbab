from django.urls import path
from django.views.i18n import set_language

from obeya.plant.log import notes, stream
from obeya.plant.log.access import pages, palette

app_name = "access"
urlpatterns = [
    path("login/", pages.log_in, name="log-in"),
    path("logout/", pages.log_out, name="log-out"),
    path("account/password/", pages.change_password, name="change-password"),
    path("account/language/", set_language, name="set-language"),
    path("healthz", pages.healthz, name="healthz"),
    path("search/", palette.search, name="search"),
    path("events/", stream.stream, name="events"),
    path("notes/<str:model>/<int:row_id>/", notes.notes, name="notes"),
    path("files/<int:attachment_id>/<str:name>", notes.file, name="file"),
]
