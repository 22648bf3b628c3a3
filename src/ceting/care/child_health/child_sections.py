"""What the care of children puts on a child's pages."""

from datetime import date

from django.urls import reverse

from ceting.care.child_health import overview_presenters
from ceting.care.child_health.health_record import of_child
from ceting.registry.accounts.models import User
from ceting.registry.families.child_page import Panel, PanelWords, Section, contribute
from ceting.registry.families.models import Child

_LINES = 4
_TONES = ("danger", "attention", "info", "good")


def _tell(child: Child, user: User, today: date) -> PanelWords:
    """The most urgent lines of all cards, on the page of her growth."""
    cards = overview_presenters.cards(of_child(child, today), user)
    worst = min(cards, key=lambda card: _TONES.index(card.tone)).tone
    lines = tuple(line for card in cards if card.tone == worst for line in card.lines)
    return PanelWords(
        "Imunisasi dan kesehatan",
        worst,
        lines[:_LINES],
        reverse("child_health:child", args=[child.pk]),
        "Lihat semua",
    )


contribute(
    Section(
        "health",
        20,
        "Kesehatan",
        "child_health.read",
        lambda child: reverse("child_health:child", args=[child.pk]),
    ),
    Panel("health", 20, "child_health.read", _tell),
)
