"""Journey: on Monday the head looks how the server is doing, and reads what has to be done."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from playwright.sync_api import expect

from ceting.config import health, marks

pytestmark = pytest.mark.browser


def test_the_head_reads_how_the_server_is_doing(
    visit: Any, settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.HOME = tmp_path
    # The picture must be the same on every machine.
    usage = (64 * health.GIGABYTE, 54 * health.GIGABYTE, 8 * health.GIGABYTE)
    monkeypatch.setattr(health.shutil, "disk_usage", lambda path: health.shutil._ntuple_diskusage(*usage))
    monkeypatch.setattr(health, "_ntp", lambda: True)
    marks.leave(tmp_path, marks.WORKER)
    marks.leave(tmp_path, marks.BACKUP, size=48_200_000)
    head = visit()
    head.sign_in("kepala")
    head.go("/staf/lainnya/")
    head.page.get_by_role("link", name="Kesehatan server").click()
    expect(head.page.get_by_role("heading", level=1)).to_have_text("Kesehatan server")
    disk = head.page.get_by_role("row").filter(has_text="Disk")
    expect(disk).to_contain_text("Perhatikan")
    expect(disk).to_contain_text("Pindahkan cadangan lama")
    head.look("server")
