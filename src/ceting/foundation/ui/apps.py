from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "ceting.foundation.ui"
    label = "ui"
