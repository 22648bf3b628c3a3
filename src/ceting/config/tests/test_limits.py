"""Announced lengths that are no lengths."""

import pytest
from django.test import Client


@pytest.mark.parametrize("announced", ["²", "9" * 5000, "-1", "abc"])
def test_a_length_that_is_none_is_refused(client: Client, announced: str) -> None:
    answer = client.post("/masuk/", b"", content_type="text/plain", CONTENT_LENGTH=announced)
    assert answer.status_code == 413
