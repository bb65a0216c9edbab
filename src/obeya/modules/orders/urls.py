from django.urls import path

from obeya.modules.orders import pages

app_name = "orders"
urlpatterns = [
    path("s/<str:site>/orders/", pages.demands, name="demands"),
    path("s/<str:site>/orders/<path:code>/", pages.demand, name="demand"),
]
