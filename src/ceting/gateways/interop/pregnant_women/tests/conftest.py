"""Uploads of a test go into a folder of its own."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def own_media(tmp_path: Path, settings) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
