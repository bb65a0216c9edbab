from django.urls import path

from obeya.plant.log.access import pages

app_name = "access"
urlpatterns = [
    path("login/", pages.log_in, name="log-in"),
    path("logout/", pages.log_out, name="log-out"),
    path("account/password/", pages.change_password, name="change-password"),
    path("healthz", pages.healthz, name="healthz"),
]
