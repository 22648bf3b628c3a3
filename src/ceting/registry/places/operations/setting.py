"""The one verb by which a puskesmas decides for itself."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from ceting.foundation.audit import operations as audit
from ceting.foundation.core.errors import Problem, RefusedError
from ceting.registry.places.models import Puskesmas, SettingChange, forget_settings, settings_of
from ceting.registry.places.settings_catalogue import CATALOGUE, ValueRefusedError


@transaction.atomic
def change_settings(
    puskesmas: Puskesmas,
    values: Mapping[str, str | None],
    *,
    reason: str,
    valid_from: date | None = None,
    by: audit.Actor | None,
) -> list[SettingChange]:
    """Code -> what was typed, or None for the default; from `valid_from` (today) on. The new rows.

    Never back in time: what was counted by an older value stays as it was counted. Raises RefusedError.
    """
    today = puskesmas.today()
    since = valid_from or today
    problems = []
    if not reason.strip():
        problems.append(Problem("Tulis alasannya, supaya yang lain mengerti.", "reason_missing", "reason"))
    if since < today:
        problems.append(Problem("Pengaturan berlaku paling cepat hari ini.", "valid_from_past", "valid_from"))
    stored: dict[str, str | None] = {}
    for code, typed in values.items():
        definition = CATALOGUE.get(code)
        if definition is None:
            problems.append(Problem("Pengaturan ini tidak dikenal.", "unknown_setting"))
            continue
        try:
            stored[code] = None if typed is None else definition.stored(definition.read(typed))
        except ValueRefusedError as error:
            problems.append(Problem(error.sentence, "value_refused", "value"))
    if problems:
        raise RefusedError(*problems)
    return _write(puskesmas, stored, reason.strip(), since, by)


def _write(
    puskesmas: Puskesmas,
    stored: Mapping[str, str | None],
    reason: str,
    since: date,
    by: audit.Actor | None,
) -> list[SettingChange]:
    forget_settings(puskesmas)
    held = settings_of(puskesmas, since)
    before = {code: change.value if (change := held.change_of(code)) else None for code in stored}
    changes = SettingChange.objects.bulk_create(
        SettingChange(
            puskesmas=puskesmas,
            code=code,
            value=value,
            valid_from=since,
            reason=reason,
            by_id=by.pk if by else None,
        )
        for code, value in stored.items()
        if value != before[code]
    )
    forget_settings(puskesmas)
    if changes:
        audit.record(
            "setting.change",
            "setting",
            [change.pk for change in changes],
            by=by,
            puskesmas_id=puskesmas.pk,
            detail={"before": before, "after": dict(stored), "from": since, "reason": reason},
        )
    return changes
