"""Why data was read, in the words of whoever asks "who read mine?". A test finds a purpose without words."""

from collections.abc import Mapping

PURPOSES: Mapping[str, str] = {
    # The register
    "list": "Melihat daftar anak",
    "search": "Mencari anak",
    "same news": "Memeriksa apakah laporan sudah tercatat",
    "change": "Memperbaiki data anak",
    "lives": "Melihat atau mencatat riwayat tinggal",
    "moves": "Melihat daftar anak pindah",
    "accept": "Menerima anak pindahan",
    "family": "Melihat atau memperbaiki data keluarga",
    "report": "Menindaklanjuti laporan ibu hamil dan bayi baru",
    "reports": "Melihat daftar laporan ibu hamil dan bayi baru",
    # Messages
    "messages": "Melihat pesan yang akan dikirim",
    "message": "Membuka nomor HP untuk mengirim pesan",
    # Pregnancy
    "women": "Melihat daftar ibu hamil dan nifas",
    "register": "Mencatat kehamilan",
    "pregnancy": "Melihat atau memperbaiki data kehamilan",
    # The same words as any look at her pregnancy: a reader of this list isn't told that there are such notes.
    "named notes": "Melihat atau memperbaiki data kehamilan",
    "support": "Melihat atau mencatat risiko, rencana bersalin, kelas dan makanan tambahan",
    "contact": "Mencatat pemeriksaan kehamilan",
    "end": "Mencatat persalinan, akhir kehamilan atau kunjungan nifas",
    "print referral": "Mencetak ringkasan kehamilan untuk tenaga kesehatan yang menerima rujukan",
    "print pregnancy": "Mencetak lembar ibu hamil untuk dibawa pulang",
    # Rights
    "consents": "Mencatat atau melihat persetujuan",
    "readers": "Memeriksa siapa yang membaca data",
    "rights": "Menangani permintaan keluarga",
    "copy": "Membuat salinan data untuk keluarga",
    # Weighing
    "session": "Mencatat penimbangan di hari posyandu",
    "session summary": "Melihat ringkasan hari posyandu",
    "expected": "Melihat siapa yang ditunggu di hari posyandu",
    "print sheet": "Mencetak lembar hari posyandu",
    "growth": "Melihat pertumbuhan anak",
    "measure": "Mencatat pengukuran",
    "correct": "Memperbaiki hasil ukur",
    "print": "Mencetak lembar KMS untuk keluarga",
    "child health": "Melihat atau mencatat imunisasi dan pelayanan anak",
    "due list": "Melihat siapa yang perlu dilayani bulan ini",
    "print health": "Mencetak lembar kesehatan anak untuk keluarga",
    "houses": "Menyusun kunjungan rumah",
    "attention": "Melihat daftar perlu perhatian",
    "count changes": "Memeriksa perubahan angka bulanan",
    "compare": "Membandingkan dua data anak",
    "doubles": "Memeriksa data yang mungkin ganda",
    "merge": "Menggabungkan data ganda",
    "same as": "Memeriksa data yang mungkin ganda",
    "import undone": "Memeriksa data dari berkas puskesmas yang ditarik kembali",
    # Files and staff
    "import problems": "Memeriksa data dari berkas puskesmas",
    "import download": "Memeriksa data dari berkas puskesmas",
    "staff": "Melihat data petugas",
}
