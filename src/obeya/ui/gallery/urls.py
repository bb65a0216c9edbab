from django.urls import path

from obeya.ui.gallery import pages

app_name = "gallery"
urlpatterns = [
    path("ui/gallery/", pages.parts, name="parts"),
    path("ui/gallery/list/", pages.rows, name="list"),
    path("ui/gallery/board/", pages.board, name="board"),
    path("ui/gallery/forms/", pages.forms, name="forms"),
    path("ui/gallery/terminal/", pages.terminal, name="terminal"),
    path("ui/gallery/empty/", pages.empty, name="empty"),
    path("ui/gallery/palette.json", pages.palette, name="palette"),
    path("ui/gallery/toast/", pages.toast, name="toast"),
    path("ui/gallery/toast/undo/", pages.undo, name="undo"),
    path("ui/gallery/refused/", pages.refused, name="refused"),
]
