from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class OfficeConfig(AppConfig):
    """The puskesmas' own desk: pages about settings, places, the roster and who may do what, and how one starts."""

    name = "ceting.registry.office"
    label = "office"

    def ready(self) -> None:
        # All models are loaded by now: each app says what it adds to the steps of a new puskesmas, and messaging
        # learns how a puskesmas sends.
        autodiscover_modules("start_steps", "message_rules")
