from django.apps import AppConfig


class RightsConfig(AppConfig):
    """What a family allowed, what it asks for, and who read its data (rules.md, section 8)."""

    name = "ceting.registry.rights"
    label = "rights"
