"""Invitations as they are handed over, on paper or by WhatsApp: each is seen once and kept nowhere."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from ceting.foundation.ui.qr import qr_data_uri
from ceting.registry.accounts.link_operations import Invited
from ceting.registry.accounts.models import User
from ceting.registry.accounts.staff_presenters import role_at, whatsapp_url


@dataclass(frozen=True)
class Invitation:
    """One person's slip."""

    user: User
    roles: tuple[str, ...]
    url: str
    whatsapp: str
    qr: str


def slips(invited: Iterable[Invited], request: HttpRequest) -> list[Invitation]:
    """For those who got a link."""
    return [_slip(each, request) for each in invited if each.token]


def _slip(invited: Invited, request: HttpRequest) -> Invitation:
    user = invited.user
    url = request.build_absolute_uri(f"{reverse('accounts:key')}?k={invited.token}")
    return Invitation(
        user=user,
        roles=tuple(role_at(each) for each in user.assignments),
        url=url,
        whatsapp=whatsapp_url(user.name, user.phone, url, settings.LINK_DAYS),
        qr=qr_data_uri(url),
    )
