from django.urls import path

from obeya.modules.exchange import pages

app_name = "exchange"
urlpatterns = [
    path("import/", pages.import_page, name="import"),
    path("import/apply/", pages.apply, name="apply"),
    path("import/template.xlsx", pages.template, name="template"),
    path("import/<str:token>/refused.xlsx", pages.refusals, name="refusals"),
    path("s/<str:site>/import/", pages.import_page, name="import"),
    path("s/<str:site>/import/apply/", pages.apply, name="apply"),
    path("s/<str:site>/export.xlsx", pages.export, name="export"),
]
