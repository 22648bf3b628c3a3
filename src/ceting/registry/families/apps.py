from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class FamiliesConfig(AppConfig):
    name = "ceting.registry.families"
    label = "families"

    def ready(self) -> None:
        # All models are loaded by now: each care app says what it puts on a child's pages and into the due lists.
        autodiscover_modules("child_sections", "due_sources")
