from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "ceting.registry.places"
    label = "places"
