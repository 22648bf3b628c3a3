from django.urls import path

from ceting.registry.office import message_views

app_name = "messages"
urlpatterns = [
    path("", message_views.by_hand, name="by-hand"),
    path("<uuid:message_id>/buka/", message_views.message_open, name="open"),
    path("<uuid:message_id>/terkirim/", message_views.message_sent, name="sent"),
    path("<uuid:message_id>/batal/", message_views.message_drop, name="drop"),
    path("<uuid:message_id>/urungkan/", message_views.message_take_back, name="take-back"),
]
