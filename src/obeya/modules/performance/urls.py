from django.urls import path

from obeya.modules.performance import pages

app_name = "performance"
urlpatterns = [
    path("", pages.home, name="home"),
    path("s/<str:site>/today/", pages.today, name="today"),
]
