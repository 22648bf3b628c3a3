from django.apps import AppConfig


class FamiliesConfig(AppConfig):
    name = "ceting.registry.families"
    label = "families"
