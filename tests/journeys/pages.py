"""Every page that the journeys look at, by the name of its picture in docs/screens, and the URL that it shows."""

SIZES = {"1280x800": (1280, 800), "360x640": (360, 640)}
THEMES = ("light", "dark")

# picture -> URL name (None: an error page, which has no URL of its own)
PAGES: dict[str, str | None] = {
    "selamat-datang": "places:welcome",
    "masuk": "accounts:sign-in",
    "masuk-ditolak": "accounts:sign-in",
    "beranda": "measurements:home",
    "beranda-dinas": "measurements:home",
    "lainnya": "more",
    "hari-posyandu-baru": "measurements:session-new",
    "hari-posyandu": "measurements:session",
    "hari-posyandu-sebagian": "measurements:session",
    "hari-posyandu-ringkasan": "measurements:session-summary",
    "hari-posyandu-siapa": "measurements:session-expected",
    "hari-posyandu-vitamin-a": "measurements:session-expected",
    "anak": "families:children",
    "anak-dicari": "families:search",
    "anak-daftar": "families:register",
    "anak-daftar-ganda": "families:register",
    "anak-kms": "measurements:child",
    "anak-kms-grafik": "measurements:child",
    "anak-panjang": "measurements:child-chart",
    "anak-berat-menurut-panjang": "measurements:child-chart",
    "anak-riwayat": "measurements:child-history",
    "anak-ukur": "measurements:child-measure",
    "anak-ubah": "families:change",
    "anak-ubah-bentrok": "families:change",
    "perlu-perhatian": "measurements:attention",
    "belum-ditimbang": "measurements:attention-unseen",
    "impor": "eppgbm:imports",
    "impor-pratinjau": "eppgbm:import",
    "impor-berjalan": "eppgbm:import",
    "impor-selesai": "eppgbm:import",
    "galeri": "ui:gallery",
    "tidak-ketemu": None,
    "tidak-boleh": None,
}
