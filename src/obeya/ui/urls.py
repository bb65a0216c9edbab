from obeya.ui.lists.saved import urlpatterns as saved_views

app_name = "ui"
urlpatterns = [*saved_views]
