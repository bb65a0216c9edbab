from django.urls import path

from obeya.modules.production import pages

app_name = "production"
urlpatterns = [
    path("s/<str:site>/floor/", pages.floor, name="floor"),
    path("s/<str:site>/jobs/", pages.jobs, name="jobs"),
    path("s/<str:site>/jobs/<str:code>/", pages.job, name="job"),
    path("s/<str:site>/jobs/<str:code>/start/", pages.start, name="start"),
    path("s/<str:site>/jobs/<str:code>/report/", pages.report, name="report"),
    path("s/<str:site>/jobs/<str:code>/interrupt/", pages.interrupt, name="interrupt"),
    path("s/<str:site>/jobs/<str:code>/complete/", pages.complete, name="complete"),
]
