from django.urls import path

from ceting.registry.rights import consent_views

app_name = "rights"
urlpatterns = [
    path("keluarga/<uuid:household_id>/persetujuan/", consent_views.consents, name="consents"),
    path("pengasuh/<uuid:caregiver_id>/persetujuan/", consent_views.of_caregiver, name="consent-caregiver"),
    path("anak/<uuid:child_id>/persetujuan/", consent_views.of_child, name="consent-child"),
    path("persetujuan/<uuid:consent_id>/tarik/", consent_views.withdraw, name="consent-withdraw"),
]
