"""What `ceting demo-data` does once the settings and the database are ready."""

import time
from pathlib import Path

from django.conf import settings

from ceting.demo import generate
from ceting.demo.plan import DemoPlan


def prepare(plan: DemoPlan) -> None:
    """Make the people that aren't there yet, and write the logins beside the database. Raises NotADemoError."""
    generate.refuse_unless_demo()
    if not generate.is_ready():
        began = time.monotonic()
        print(f"Membuat data contoh: {plan.families} keluarga, {plan.months} bulan ...", flush=True)
        generate.generate(plan)
        print(f"Data contoh siap dalam {time.monotonic() - began:.0f} detik.", flush=True)
    lines = [f"  {login.username:8} {login.name} · {login.place}" for login in generate.SHOWN_LOGINS]
    text = "\n".join(["Nama masuk:", *lines, f"\nKata sandi semuanya: {generate.PASSWORD}", ""])
    (Path(settings.HOME) / "logins.txt").write_text(text, encoding="utf-8")
