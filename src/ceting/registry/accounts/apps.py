from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "ceting.registry.accounts"
    label = "accounts"
