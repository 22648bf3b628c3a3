"""What the staff's top bar offers: only what the person may open."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from ceting.registry.accounts.roles import PERMISSIONS

ITEMS = (
    # label, url name, icon, permission
    ("Beranda", "measurements:home", "home", "home.read"),
    ("Anak", "families:children", "child", "children.read"),
    ("Perlu perhatian", "measurements:attention", "alert-triangle", "attention.read"),
    ("Impor", "eppgbm:imports", "upload", "imports.run"),
)


class May:
    """For templates: `{% if may.children_write %}` asks for the permission "children.write"."""

    def __init__(self, user: Any) -> None:
        self._user = user

    def __getitem__(self, name: str) -> bool:
        permission = name.replace("_", ".", 1)
        if permission not in PERMISSIONS:
            raise KeyError(name)
        return bool(self._user.may(permission))


def navigation(request: HttpRequest) -> dict[str, Any]:
    """`navigation`: list of {label, url, icon, current} for the signed-in person; empty for the public. And `may`."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"navigation": [], "may": {}}
    items = []
    for label, name, icon, permission in ITEMS:
        if user.may(permission):
            url = reverse(name)
            exact = name == "measurements:home"
            current = request.path == url if exact else request.path.startswith(url)
            items.append({"label": label, "url": url, "icon": icon, "current": current})
    return {"navigation": items, "may": May(user)}
