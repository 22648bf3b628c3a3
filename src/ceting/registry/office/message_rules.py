"""Tells messaging how a puskesmas sends: its clock and its quiet hours."""

from uuid import UUID

from ceting.foundation.messaging.contributing import HouseRules, contribute_rules
from ceting.registry.places.models import Puskesmas, settings_of


def rules_of_puskesmas(puskesmas_id: UUID) -> HouseRules:
    """By its settings of today; of a puskesmas that isn't there, those of nobody in particular."""
    puskesmas = Puskesmas.objects.filter(pk=puskesmas_id).first()
    if puskesmas is None:
        return HouseRules()
    held = settings_of(puskesmas)
    return HouseRules(
        zone=puskesmas.zone,
        quiet_from=held.time("messages.quiet_from"),
        quiet_until=held.time("messages.quiet_until"),
    )


contribute_rules(rules_of_puskesmas)
