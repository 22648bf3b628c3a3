from django.apps import AppConfig


class OfficeConfig(AppConfig):
    """The puskesmas' own desk: pages about settings, places, the roster and who may do what."""

    name = "ceting.registry.office"
    label = "office"
