from django.urls import path

from ceting.registry.rights import consent_views, reader_views, request_views

app_name = "rights"
urlpatterns = [
    path("", request_views.requests, name="requests"),
    path("<uuid:request_id>/", request_views.one, name="request"),
    path("<uuid:request_id>/salinan/", request_views.copy, name="copy"),
    path("keluarga/<uuid:household_id>/permintaan/", request_views.new, name="request-new"),
    path("anak/<uuid:child_id>/pembaca/", reader_views.of_child, name="readers-child"),
    path("pengasuh/<uuid:caregiver_id>/pembaca/", reader_views.of_caregiver, name="readers-caregiver"),
    path("keluarga/<uuid:household_id>/persetujuan/", consent_views.consents, name="consents"),
    path("pengasuh/<uuid:caregiver_id>/persetujuan/", consent_views.of_caregiver, name="consent-caregiver"),
    path("anak/<uuid:child_id>/persetujuan/", consent_views.of_child, name="consent-child"),
    path("persetujuan/<uuid:consent_id>/tarik/", consent_views.withdraw, name="consent-withdraw"),
]
