from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "ceting.foundation.messaging"
    label = "messaging"
