from django.urls import path

from obeya.modules.scheduling import pages, promise_pages

app_name = "scheduling"
urlpatterns = [
    path("s/<str:site>/plan/", pages.plan, name="plan"),
    path("s/<str:site>/plan/make/", pages.make, name="make"),
    path("s/<str:site>/plan/stop/", pages.stop, name="stop"),
    path("s/<str:site>/plan/board.json", pages.board_json, name="board"),
    path("s/<str:site>/plan/commands/", pages.command, name="commands"),
    path("s/<str:site>/plan/why/", pages.why, name="why"),
    path("s/<str:site>/plan/promise/", promise_pages.promise, name="promise"),
    path("s/<str:site>/plan/bottlenecks/", promise_pages.bottlenecks, name="bottlenecks"),
    path("s/<str:site>/plan/publish/", pages.publish, name="publish"),
]
