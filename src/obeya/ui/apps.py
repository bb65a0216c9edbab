from django.apps import AppConfig


class Ui(AppConfig):
    """The design system. It knows no plant."""

    name = "obeya.ui"
    label = "ui"
