"""How an empty installation begins: the areas that come along, and the first account."""

from django.db import transaction
from django.urls import reverse

from ceting.foundation.core.errors import Problem, RefusedError
from ceting.registry.accounts import link_operations, operations
from ceting.registry.accounts.models import User
from ceting.registry.places import operations as places
from ceting.registry.places.models import Area


@transaction.atomic
def open_first_account(*, name: str, username: str, address: str) -> str:
    """The link to the account of Dinas, which opens puskesmas and invites their heads. Raises RefusedError.

    Only while nobody has an account: afterwards people are invited by people.
    """
    if User.objects.exists():
        raise RefusedError(
            Problem("Sudah ada akun di sini. Undang petugas dari Lainnya, Petugas.", "not_the_first")
        )
    username = username.strip().lower()
    if not name.strip() or not username.isascii() or not username or " " in username:
        raise RefusedError(Problem("Isi nama, dan nama masuk tanpa spasi.", "name"))
    if not Area.objects.exists():
        places.import_areas(by=None)
    user = operations.create_user(
        username=username, name=name.strip(), password=None, puskesmas=None, by=None
    )
    operations.give_role(user, "dinas", by=None)
    # Nobody else is here to answer for it: the trail says that she made her own link.
    first = User.objects.get(pk=user.pk)
    token = link_operations.make_link(first, by=first)
    return f"{address.rstrip('/')}{reverse('accounts:key')}?k={token}"
