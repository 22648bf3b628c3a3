from django.apps import AppConfig


class PregnantWomenConfig(AppConfig):
    name = "ceting.gateways.interop.pregnant_women"
    label = "pregnant_women"
