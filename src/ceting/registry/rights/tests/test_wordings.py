"""A text that people agreed to is never touched again."""

import hashlib

import pytest

from ceting.registry.rights.wordings import LABELS, OF_A_CHILD, WORDINGS, Scope, current, wording

PUBLISHED: dict[tuple[Scope, str], str] = {
    (Scope.MESSAGES, "2026-11"): "d52142722f2089a1",
    (Scope.PHOTOS, "2026-11"): "e87741c76acb757a",
    (Scope.GROUP, "2026-11"): "94970e16a55d1eff",
    (Scope.SHARING, "2026-11"): "509b79a6d3c8940d",
    (Scope.RESEARCH, "2026-11"): "29afc7d76b3616b7",
}
"""SHA-256 of every text that was ever read out. Add a line for a new version; never change one."""


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def test_no_published_text_was_changed() -> None:
    found = {(scope, each.version): digest(each.text) for scope, texts in WORDINGS.items() for each in texts}
    assert found == PUBLISHED, "a change of words is a new version after the others"


def test_every_scope_is_asked_for_in_words_of_its_own() -> None:
    assert set(WORDINGS) == set(LABELS) == set(Scope)
    for scope, texts in WORDINGS.items():
        assert current(scope) == texts[-1]
        versions = [each.version for each in texts]
        assert versions == sorted(set(versions))


def test_who_joins_a_group_is_told_that_its_members_see_her_number() -> None:
    text = current(Scope.GROUP).text
    assert "semua anggota" in text
    assert "nomor HP" in text


def test_a_child_is_in_no_group() -> None:
    assert not {Scope.MESSAGES, Scope.GROUP} & set(OF_A_CHILD)


def test_a_version_that_was_never_published_is_no_version() -> None:
    with pytest.raises(LookupError):
        wording(Scope.PHOTOS, "1999-01")
