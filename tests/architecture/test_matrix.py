"""Role x address x object: what everybody may open, worked out from the roles' data and compared with the house.

The objects are those of Posyandu Melati (tests/architecture/addresses.py). Each role asks from four places: Melati
or its puskesmas, the posyandu beside it, the puskesmas beyond the hill, and (Dinas) no place at all. So every cell of
the matrix is asked for: the role may or may not, and the object is hers or isn't.
"""

from dataclasses import dataclass

import pytest
from django.db import transaction
from django.test import Client

from ceting.registry.accounts import operations as accounts
from ceting.registry.accounts.models import User
from ceting.registry.accounts.roles import ROLES, Reach, Role
from tests.architecture.addresses import (
    BEHIND_A_LINK,
    EVERY_STAFF_MEMBER,
    NOT_BY_PLACE,
    OF_HER_OWN,
    PUBLIC,
    Address,
    Melati,
    addresses,
    settle,
)
from tests.cast import Cast

ALL = addresses()
PLACES = ("here", "beside", "beyond", "nowhere")
FORBIDDEN, HIDDEN, NOT_THIS_WAY = 403, 404, 405


@dataclass(frozen=True)
class Cell:
    """One question of the matrix."""

    role: Role
    place: str
    address: Address

    @property
    def reaches(self) -> bool:
        """Whether what belongs to Melati is hers: her own posyandu, or her puskesmas."""
        if self.role.reach is Reach.POSYANDU:
            return self.place == "here"
        if self.place == "nowhere":
            return True
        return self.place in ("here", "beside")

    @property
    def expected(self) -> str:
        """open, forbidden (no role of hers may), or hidden (she may, but not there)."""
        if self.address.name in BEHIND_A_LINK:
            return "hidden"
        if self.address.name in EVERY_STAFF_MEMBER or self.address.name in PUBLIC:
            return "open"
        if self.address.permission not in self.role.permissions:
            return "forbidden"
        if not self.address.parameters or self.address.name in NOT_BY_PLACE:
            return "open"
        if self.address.name in OF_HER_OWN:
            return "hidden"
        return "open" if self.reaches else "hidden"


@pytest.fixture
def melati(cast: Cast) -> Melati:
    return settle(cast)


def questions() -> list[tuple[str, str]]:
    """(role, place); only a role that sees no person is held at no place, and then it is about every puskesmas."""
    return [
        (code, place)
        for code, role in ROLES.items()
        for place in PLACES
        if place != "nowhere" or role.reach is Reach.FIGURES
    ]


def somebody(cast: Cast, role: Role, place: str) -> User:
    """Who holds the role there; what reaches a posyandu is held at one, the rest at its puskesmas."""
    posyandu = {"here": cast.melati, "beside": cast.kenanga, "beyond": cast.mawar}.get(place)
    user = accounts.create_user(
        username=f"{role.code}.{place}",
        name="Orang Uji",
        password=cast.password,
        puskesmas=posyandu.puskesmas if posyandu else None,
        by=None,
        check=False,
    )
    at_posyandu = role.reach is Reach.POSYANDU
    accounts.give_role(
        user,
        role.code,
        puskesmas=None if at_posyandu else user.puskesmas,
        posyandu=posyandu if at_posyandu else None,
        by=None,
    )
    return user


def answered(client: Client, url: str, method: str) -> int:
    """The status; what the request wrote is taken back, so that one cell can't open another."""
    with transaction.atomic():
        status = int(getattr(client, method)(url).status_code)
        transaction.set_rollback(True)
    return status


def verdict(statuses: set[int]) -> str:
    """In one word; a view that only takes the other method says 405 before or after it asked who she is."""
    asked = statuses - {NOT_THIS_WAY}
    if asked == {FORBIDDEN}:
        return "forbidden"
    if asked == {HIDDEN}:
        return "hidden"
    return "open" if asked and not asked & {FORBIDDEN, HIDDEN} else f"unclear {sorted(statuses)}"


@pytest.mark.parametrize(("code", "place"), questions())
def test_every_cell_of_the_matrix_is_as_the_roles_say(melati: Melati, code: str, place: str) -> None:
    role = ROLES[code]
    user = somebody(melati.cast, role, place)
    client = melati.cast.sign_in(Client(), user)
    wrong = []
    for address in ALL:
        if address.name == "accounts:sign-out":
            continue
        cell, url = Cell(role, place, address), melati.url(address)
        found = verdict({answered(client, url, method) for method in ("get", "post")})
        if found != cell.expected:
            wrong.append(f"{address.name}: {found}, but the roles say {cell.expected}")
    assert not wrong, "\n".join(wrong)


def test_the_matrix_asks_every_question() -> None:
    """Both answers come up for every permission that an address asks for, and every place for every object."""
    cells = [Cell(ROLES[code], place, address) for code, place in questions() for address in ALL]
    assert len(cells) >= len(ROLES) * 3 * len(ALL)
    for address in ALL:
        if address.permission:
            answers = {cell.expected for cell in cells if cell.address is address}
            if not all(address.permission in role.permissions for role in ROLES.values()):
                assert "forbidden" in answers, address.name
            if address.parameters and address.name not in (*NOT_BY_PLACE, *OF_HER_OWN):
                assert {"open", "hidden"} <= answers, address.name


def test_no_exception_of_the_matrix_is_left_behind() -> None:
    assert {*NOT_BY_PLACE, *OF_HER_OWN} <= {address.name for address in ALL}
