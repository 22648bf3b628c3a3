"""Invented people with the names that one hears in Padang: Minang mostly, some Javanese. No real person is meant."""

import random
from datetime import date

BOYS = (
    "Rahmat Hidayat", "Fadhil Ramadhan", "Afdhal Zikri", "Ilham Syahputra", "Rafif Alfarizi", "Hafiz Maulana",
    "Zaki Mubarak", "Yusuf Pratama", "Dzaky Alfarisi", "Arkan Habibi", "Bima Saputra", "Damar Wicaksono",
    "Bagas Prasetyo", "Satria Nugroho", "Gilang Permadi", "Adzka Fauzan", "Rizky Ananda", "Farhan Syafiq",
    "Naufal Rizqi", "Muhammad Alif", "Muhammad Fatih", "Khairul Azzam", "Raihan Mahendra", "Teguh Setiawan",
    "Reyhan Putra", "Azka Fadillah", "Daffa Arrasyid", "Sulthan Malik",
)  # fmt: skip
GIRLS = (
    "Aisyah Zahra", "Annisa Putri", "Fathia Rahmi", "Syifa Aulia", "Nabila Husna", "Khanza Aqila", "Rania Safira",
    "Siti Khadijah", "Zahira Ufaira", "Puti Reno Intan", "Rahmi Fadilah", "Dian Puspita", "Wulan Kinanti",
    "Sekar Ayu Lestari", "Ratih Kumala", "Intan Nuraini", "Alya Salsabila", "Hafizah Yumna", "Latifa Humaira",
    "Mutia Azzahra", "Naura Syakila", "Shafira Balqis", "Qonita Raudhah", "Maryam Salwa", "Humaira Asyifa",
    "Yasmin Adeeva", "Keisha Ramadhani", "Tiara Maharani",
)  # fmt: skip
MOTHERS = (
    "Sari Wulandari", "Yulia Fitri", "Rina Marlina", "Desi Ratnasari", "Elvi Sukaesih", "Nurhayati", "Rahmawati",
    "Murniati", "Yusnimar", "Fitri Yani", "Silvia Rahmadani", "Leni Marlina", "Welmi Susanti", "Gusnawati",
    "Novi Yulianti", "Eka Putri Ramayani", "Rosmaniar", "Upik Suryani", "Mega Silfia", "Dewi Sartika",
    "Wahyuningsih", "Sri Lestari", "Endang Sulastri", "Suparmi", "Tri Handayani", "Siti Aminah", "Nelmawati",
    "Zulbaidah", "Ermawati", "Hasnah", "Misrawati", "Afrida Yanti", "Lusi Anggraini", "Vivi Oktavia", "Roza Linda",
    "Febrina Sari", "Wirda Ningsih", "Mardiana", "Refni Juita", "Oktaviani",
)  # fmt: skip
STREETS = (
    "Jl. Andalas",
    "Jl. Parak Karakah",
    "Jl. Jati",
    "Jl. Simpang Haru",
    "Jl. Sawahan",
    "Jl. Kubu Marapalam",
)
POSTS = (
    "Melati", "Kenanga", "Mawar", "Anggrek", "Cempaka", "Dahlia", "Flamboyan", "Bougenville", "Teratai", "Seroja",
    "Tulip", "Matahari", "Kamboja", "Aster", "Kaca Piring", "Soka", "Sedap Malam", "Lavender", "Alamanda", "Asoka",
)  # fmt: skip
VOLUNTEERS = (
    "Wati", "Tuti", "Yeni", "Nur", "Asni", "Erna", "Mimi", "Lis", "Upik", "Jus", "Ita", "Neti", "Era", "Mis", "Yur",
    "Des", "Ros", "Af", "Eli", "Mar",
)  # fmt: skip
# Padang Timur, where most families' papers were issued; some come from Pariaman, Solok, or Java.
ISSUED = ("137102",) * 8 + ("130501", "130201", "330204", "137103")


def nik(source: random.Random, *, birth_date: date, woman: bool) -> str:
    """A NIK of the right form: PPKKCC DDMMYY NNNN, a woman's day + 40."""
    day = birth_date.day + (40 if woman else 0)
    return f"{source.choice(ISSUED)}{day:02d}{birth_date:%m%y}{source.randint(1, 9999):04d}"


def family_card(source: random.Random, issued: date) -> str:
    return f"137102{issued:%d%m%y}{source.randint(1, 9999):04d}"


def phone(source: random.Random) -> str:
    """A mobile number in E.164 with a prefix that is used in West Sumatra."""
    return f"+62{source.choice(('812', '813', '852', '853', '822'))}{source.randint(1000000, 99999999)}"
