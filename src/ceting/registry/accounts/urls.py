from django.urls import path

from ceting.registry.accounts import (
    device_views,
    factor_views,
    key_views,
    lock_views,
    passkey_views,
    staff_views,
    views,
)

app_name = "accounts"
urlpatterns = [
    path("masuk/", views.sign_in, name="sign-in"),
    path("keluar/", views.sign_out, name="sign-out"),
    path("kunci/", key_views.key, name="key"),
    path("staf/akun/sandi/", key_views.own_password, name="own-password"),
    path("masuk/kode/", passkey_views.sign_in_code, name="sign-in-code"),
    path("masuk/kunci-sandi/", passkey_views.sign_in_passkey, name="sign-in-passkey"),
    path("staf/akun/kunci-kedua/", factor_views.overview, name="factors"),
    path("staf/akun/kunci-kedua/aplikasi/", factor_views.app, name="factor-app"),
    path("staf/akun/kunci-kedua/kode/", factor_views.renew_codes, name="factor-codes"),
    path("staf/akun/kunci-kedua/sandi/", factor_views.add_passkey, name="passkey-add"),
    path("staf/akun/kunci-kedua/sandi/baru/", factor_views.passkey_options, name="passkey-options"),
    path("staf/akun/kunci-kedua/<int:factor_id>/hapus/", factor_views.remove, name="factor-remove"),
    path("staf/akun/perangkat/", device_views.devices, name="devices"),
    path("staf/akun/perangkat/lainnya/keluar/", device_views.end_other_devices, name="devices-end"),
    path("staf/akun/perangkat/<slug:device>/keluar/", device_views.end_device, name="device-end"),
    path("staf/akun/buka/", lock_views.unlock, name="unlock"),
    path("staf/akun/kunci/", lock_views.lock, name="lock"),
    path("staf/akun/hadir/", lock_views.here, name="here"),
    path("staf/petugas/", staff_views.staff, name="staff"),
    path("staf/petugas/undang/", staff_views.invite, name="staff-invite"),
    path("staf/petugas/peran/<uuid:assignment_id>/akhiri/", staff_views.end_role, name="staff-role-end"),
    path("staf/petugas/<uuid:user_id>/", staff_views.member, name="staff-member"),
    path("staf/petugas/<uuid:user_id>/peran/", staff_views.give_role, name="staff-role-give"),
    path("staf/petugas/<uuid:user_id>/tautan/", staff_views.make_link, name="staff-link"),
    path("staf/petugas/<uuid:user_id>/tautan/tarik/", staff_views.withdraw_link, name="staff-link-withdraw"),
    path("staf/petugas/<uuid:user_id>/tutup/", staff_views.close, name="staff-close"),
    path("staf/petugas/<uuid:user_id>/buka/", staff_views.reopen, name="staff-reopen"),
    path("staf/petugas/<uuid:user_id>/keluarkan/", staff_views.end_sessions, name="staff-sessions-end"),
    path(
        "staf/petugas/<uuid:user_id>/kunci-kedua/hapus/",
        staff_views.reset_factors,
        name="staff-factors-reset",
    ),
]
