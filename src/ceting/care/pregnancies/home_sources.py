"""What home says of pregnancies: nobody guesses a birth, somebody asks gently once the day has passed."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse

from ceting.care.pregnancies import lists
from ceting.registry.accounts.models import User
from ceting.registry.families.home_figures import HomeFigure, HomeSource, contribute

READ = "pregnancies.read"
ASKED = (
    ("lewat", "Ibu lewat perkiraan lahir", "Tanyakan kabarnya dengan lembut"),
    ("terlambat", "Ibu hamil terlambat periksa", "Ajak periksa, atau datangi rumahnya"),
)
"""Choice of the list, words, what is asked. Whoever is past her day is asked about first."""


def _figures(user: User, today: date) -> Sequence[HomeFigure]:
    counted = lists.counts(lists.going_on(user), today)
    page = reverse("pregnancies:list")
    return [HomeFigure(label, counted[code], f"{page}?pilih={code}", hint) for code, label, hint in ASKED]


contribute(HomeSource("pregnancies", 10, READ, _figures))
