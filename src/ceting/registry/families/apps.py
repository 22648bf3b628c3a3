from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class FamiliesConfig(AppConfig):
    name = "ceting.registry.families"
    label = "families"

    def ready(self) -> None:
        # All models are loaded by now: each app says what it puts on a child's pages, into due lists and timelines.
        autodiscover_modules("child_sections", "due_sources", "home_sources", "timeline_sources")
