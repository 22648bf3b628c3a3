from django.urls import path

from ceting.registry.office import places_views, roles_views, roster_views, settings_views

app_name = "office"
urlpatterns = [
    path("pengaturan/", settings_views.chosen, name="settings-choice"),
    path("tempat/", places_views.chosen, name="places-choice"),
    path("jaga/", roster_views.roster, name="roster"),
    path("siapa-boleh-apa/", roles_views.roles, name="roles"),
    path("posyandu/<uuid:posyandu_id>/", places_views.posyandu, name="posyandu"),
    path("posyandu/<uuid:posyandu_id>/tutup/", places_views.posyandu_close, name="posyandu-close"),
    path("pustu/<uuid:pustu_id>/", places_views.pustu, name="pustu"),
    path("layanan/<uuid:service_id>/akhiri/", places_views.service_end, name="service-end"),
    path("jaga/<uuid:shift_id>/akhiri/", roster_views.duty_end, name="duty-end"),
    path("jaga/<uuid:deviation_id>/batal/", roster_views.deviation_withdraw, name="deviation-withdraw"),
    path("<uuid:puskesmas_id>/", places_views.places, name="places"),
    path("<uuid:puskesmas_id>/data/", places_views.describe, name="describe"),
    path("<uuid:puskesmas_id>/wilayah/", places_views.areas, name="areas"),
    path("<uuid:puskesmas_id>/riwayat/", places_views.history, name="place-history"),
    path("<uuid:puskesmas_id>/posyandu/baru/", places_views.posyandu_new, name="posyandu-new"),
    path("<uuid:puskesmas_id>/pustu/baru/", places_views.pustu_new, name="pustu-new"),
    path("<uuid:puskesmas_id>/layanan/baru/", places_views.service_new, name="service-new"),
    path("<uuid:puskesmas_id>/jaga/baru/", roster_views.duty_new, name="duty-new"),
    path("<uuid:puskesmas_id>/jaga/libur/", roster_views.holiday_new, name="holiday-new"),
    path("<uuid:puskesmas_id>/jaga/tukar/", roster_views.swap_new, name="swap-new"),
    path("<uuid:puskesmas_id>/jaga/tambahan/", roster_views.extra_new, name="extra-new"),
    path("<uuid:puskesmas_id>/pengaturan/", settings_views.settings, name="settings"),
    path("<uuid:puskesmas_id>/pengaturan/<str:setting_code>/", settings_views.setting, name="setting"),
]
