"""An installation that has just been made: one command, one link, and the door is open."""

import re
from pathlib import Path

import pytest

from tests.houses import House

pytestmark = pytest.mark.django_db
WORDS = ("first-account", "--nama", "Dinas Kesehatan", "--akun", "Dinas", "--alamat", "https://ceting.test")
COMES_IN = """
import django; django.setup()
from django.conf import settings
settings.ALLOWED_HOSTS = ["*"]
from django.test import Client
from ceting.registry.places.models import Area
client = Client()
client.get("/kunci/?k={token}")
done = client.post("/kunci/", {{"password": "{secret}", "again": "{secret}"}})
print(done.status_code, client.login(username="dinas", password="{secret}"), Area.objects.count() > 100)
"""


def test_the_first_account_is_made_once_and_its_link_opens_the_door(house: House, tmp_path: Path) -> None:
    new = house.empty(tmp_path / "new")
    if not new.is_sqlite:
        connection = house.connect()
        connection.execute(f'CREATE DATABASE "{new.url.rpartition("/")[2].partition("?")[0]}"')
        connection.close()
    try:
        assert new.ceting("migrate", "--quiet").returncode == 0
        done = new.ceting(*WORDS)
        assert done.returncode == 0, done.stderr
        found = re.search(r"https://ceting\.test/kunci/\?k=(\S+)", done.stdout)
        assert found, done.stdout
        told = new.python("-c", COMES_IN.format(token=found[1], secret="sambal-lado-mudo"))
        assert told.stdout.split()[-2:] == ["True", "True"], told.stdout + told.stderr
        again = new.ceting(*WORDS)
        assert again.returncode == 1
        assert "Sudah ada akun" in again.stderr
    finally:
        if not new.is_sqlite:
            new.demolish()


def test_where_somebody_has_an_account_nobody_gets_one_by_this_door(house: House) -> None:
    done = house.ceting(*WORDS)
    assert done.returncode == 1
    assert "Undang petugas" in done.stderr


@pytest.mark.parametrize("login", ["", "dinas kota"])
def test_a_login_with_a_space_or_none_is_refused(house: House, login: str) -> None:
    done = house.ceting("first-account", "--nama", "X", "--akun", login, "--alamat", "https://ceting.test")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
