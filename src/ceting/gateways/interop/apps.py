from django.apps import AppConfig


class InteropConfig(AppConfig):
    """What the imports of files share: reading, words of headers, names of posyandu, forms, styles. No models."""

    name = "ceting.gateways.interop"
    label = "interop"
