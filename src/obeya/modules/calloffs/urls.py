from django.urls import path

from obeya.modules.calloffs import pages

app_name = "calloffs"
AT = "s/<str:site>/call-offs/"
urlpatterns = [
    path(AT, pages.agreements, name="agreements"),
    path(f"{AT}partners/", pages.save_partner, name="save_partner"),
    path(f"{AT}<int:release_id>/", pages.release, name="release"),
    path(f"{AT}<int:release_id>/accept/", pages.accept, name="accept"),
    path(f"{AT}<int:release_id>/leave/", pages.leave, name="leave"),
    path(f"{AT}<int:release_id>/message/", pages.message, name="message"),
    path(f"{AT}notices/<path:document>/", pages.notice, name="notice"),
    path(f"{AT}agreements/<path:code>/", pages.agreement, name="agreement"),
]
