from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CoreConfig(AppConfig):
    name = "ceting.foundation.core"
    label = "core"

    def ready(self) -> None:
        # All models are loaded by now, so every app's receivers can listen, and nobody imports inside a function.
        autodiscover_modules("checks", "receivers", "copies")
