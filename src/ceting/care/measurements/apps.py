from django.apps import AppConfig


class MeasurementsConfig(AppConfig):
    name = "ceting.care.measurements"
    label = "measurements"
