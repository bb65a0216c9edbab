from django.urls import path

from obeya.modules.production import pages

app_name = "production"
urlpatterns = [
    path("s/<str:site>/floor/", pages.floor, name="floor"),
    path("s/<str:site>/jobs/", pages.jobs, name="jobs"),
    path("s/<str:site>/jobs/<path:code>/start/", pages.start, name="start"),
    path("s/<str:site>/jobs/<path:code>/report/", pages.report, name="report"),
    path("s/<str:site>/jobs/<path:code>/interrupt/", pages.interrupt, name="interrupt"),
    path("s/<str:site>/jobs/<path:code>/complete/", pages.complete, name="complete"),
    path("s/<str:site>/jobs/<path:code>/", pages.job, name="job"),
]
