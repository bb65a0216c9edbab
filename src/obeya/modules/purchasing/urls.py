from django.urls import path

from obeya.modules.purchasing import pages

app_name = "purchasing"
urlpatterns = [path("s/<str:site>/purchases/", pages.purchases, name="purchases")]
