from django.urls import path

from obeya.modules.exchange.pages import (
    arriving,
    columns,
    doctor,
    fixing,
    pasting,
    preview,
    profiles,
    shadow,
    taking_over,
    undoing,
    workbooks,
)

app_name = "exchange"
AN_IMPORT = "import/<int:import_id>/"
OF_A_FILE = [
    ("import/", arriving.import_page, "import"),
    ("import/profiles/forget/", profiles.forget, "forget_profile"),
    (AN_IMPORT, preview.preview, "preview"),
    (f"{AN_IMPORT}apply/", preview.apply, "apply"),
    (f"{AN_IMPORT}columns/", columns.columns, "columns"),
    (f"{AN_IMPORT}fix/", fixing.fix, "fix"),
    (f"{AN_IMPORT}undo/", undoing.undo, "undo"),
    (f"{AN_IMPORT}go-on/", taking_over.go_on, "go_on"),
    (f"{AN_IMPORT}stop/", taking_over.stop, "stop"),
    (f"{AN_IMPORT}again/", taking_over.again, "again"),
    (f"{AN_IMPORT}leave/", preview.leave, "leave"),
    (f"{AN_IMPORT}refused.xlsx", workbooks.refusals, "refusals"),
    (f"{AN_IMPORT}<slug:state>/", preview.preview_of, "preview_of"),
]
urlpatterns = [
    path("import/template.xlsx", workbooks.template, name="template"),
    path("s/<str:site>/data-doctor/", doctor.doctor, name="doctor"),
    path("s/<str:site>/paste/<slug:target>/", pasting.paste, name="paste"),
    path("s/<str:site>/shadow/", shadow.shadow, name="shadow"),
    path("s/<str:site>/shadow/<str:name>/", shadow.shadow_list, name="shadow_list"),
    path("s/<str:site>/shadow/<str:name>/nights/", shadow.shadow_nights, name="shadow_nights"),
    path("s/<str:site>/shadow/<str:name>/owners/", shadow.shadow_owners, name="shadow_owners"),
    path("s/<str:site>/shadow/<str:name>/take/", shadow.shadow_take, name="shadow_take"),
    path("s/<str:site>/export.xlsx", workbooks.export, name="export"),
    *(path(route, view, name=name) for route, view, name in OF_A_FILE),
    *(path(f"s/<str:site>/{route}", view, name=name) for route, view, name in OF_A_FILE),
]
