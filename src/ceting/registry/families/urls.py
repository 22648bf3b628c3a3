from django.urls import path

from ceting.registry.families import views

app_name = "families"
urlpatterns = [
    path("", views.children, name="children"),
    path("cari/", views.search, name="search"),
    path("baru/", views.register, name="register"),
    path("<uuid:child_id>/ubah/", views.change, name="change"),
]
