from django.urls import path

from obeya.modules.inventory import pages

app_name = "inventory"
urlpatterns = [
    path("s/<str:site>/stock/", pages.stock, name="stock"),
    path("s/<str:site>/stock/move/", pages.move, name="move"),
]
