from django.apps import AppConfig


class EppgbmConfig(AppConfig):
    name = "ceting.gateways.interop.eppgbm"
    label = "eppgbm"
