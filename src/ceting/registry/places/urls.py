from django.urls import path

from ceting.registry.places import views

app_name = "places"
urlpatterns = [
    path("", views.welcome, name="welcome"),
    path("sehat/", views.health, name="health"),
]
