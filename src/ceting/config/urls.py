"""Every address of the house. `/staf/` is for the staff, `/` for everybody."""

from django.urls import include, path

from ceting.config import views

urlpatterns = [
    path("", include("ceting.registry.places.urls")),
    path("", include("ceting.registry.accounts.urls")),
    path("staf/lainnya/", views.more, name="more"),
    path("staf/server/", views.server, name="server"),
    path("staf/", include("ceting.care.measurements.urls")),
    path("staf/", include("ceting.care.child_health.urls")),
    path("staf/ibu-hamil/", include("ceting.care.pregnancies.urls")),
    path("staf/anak/", include("ceting.registry.families.urls")),
    path("staf/puskesmas/", include("ceting.registry.office.urls")),
    path("staf/pesan/", include("ceting.registry.office.message_urls")),
    path("staf/hak/", include("ceting.registry.rights.urls")),
    path("staf/impor/ibu-hamil/", include("ceting.gateways.interop.pregnant_women.urls")),
    path("staf/impor/", include("ceting.gateways.interop.eppgbm.urls")),
    path("staf/galeri/", include("ceting.foundation.ui.urls")),
]
