from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "ceting.foundation.audit"
    label = "audit"
