from django.apps import AppConfig


class ChildHealthConfig(AppConfig):
    """What an infant or toddler is given and asked beside her weighings: immunisation first."""

    name = "ceting.care.child_health"
    label = "child_health"
