from django.apps import AppConfig


class PregnanciesConfig(AppConfig):
    name = "ceting.care.pregnancies"
    label = "pregnancies"
