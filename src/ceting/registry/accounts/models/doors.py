"""How the door is kept: links to a password, closed accounts, sessions, and counts of tries."""

from datetime import datetime
from typing import ClassVar

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from ceting.foundation.core import clock
from ceting.foundation.core.classification import FieldClass, classify
from ceting.foundation.core.models import Record
from ceting.registry.accounts.models.people import User


class LinkKind(models.TextChoices):
    INVITATION = "invitation", "Undangan"
    RESET = "reset", "Kata sandi baru"


class Link(Record):
    """A one-time link by which somebody sets her password. Only its hash is here: who reads the table can't use it."""

    field_classes = classify(
        internal="user kind token_hash made_by expires_at used_at withdrawn_at withdrawn_by"
    )

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="links")
    kind = models.CharField(max_length=10, choices=LinkKind.choices)
    token_hash = models.CharField(max_length=43, unique=True)
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(used_at=None, withdrawn_at=None),
                name="one_open_link_a_person",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.user_id}"

    def opens(self, at: datetime) -> bool:
        return self.used_at is None and self.withdrawn_at is None and at < self.expires_at


class Closing(Record):
    """An account is closed from when until when. `User.is_active`, which Django asks, follows it."""

    field_classes = classify(internal="user closed_by reopened_at reopened_by")

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="closings")
    closed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    reopened_at = models.DateTimeField(null=True)
    reopened_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(reopened_at=None), name="closed_once_at_a_time"
            ),
        )

    def __str__(self) -> str:
        return f"closed {self.user_id}"


class SignInSession(AbstractBaseSession):
    """A session of Django's, with whose it is: so that she sees where she is signed in, and ends it.

    `browser` is a family ("Chrome di Android"), never the whole user agent. `seen_at` is when she last did something,
    up to a minute old; `locked_at` is set while she locked the screen herself.
    """

    field_classes: ClassVar[dict[str, FieldClass]] = classify(
        internal="session_key session_data expire_date user browser created_at seen_at locked_at lock_minutes"
    )

    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="sessions")
    browser = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    seen_at = models.DateTimeField(default=clock.now)
    locked_at = models.DateTimeField(null=True)
    lock_minutes = models.PositiveSmallIntegerField(null=True)
    """What the setting said when it was last asked, for the page's own clock."""

    class Meta(AbstractBaseSession.Meta):
        abstract = False


class FactorReset(Record):
    """Somebody took all of her second factors away, because she had lost them; told at her next sign-in."""

    field_classes = classify(internal="user reset_by told_at")

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="factor_resets")
    reset_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"reset {self.user_id}"


class TryCount(models.Model):
    """How often somebody tried; `key` is a keyed hash, so the table is no list of who tries from where."""

    field_classes: ClassVar[dict[str, FieldClass]] = classify(internal="id key count until")

    key = models.CharField(max_length=43, unique=True)
    count = models.PositiveIntegerField()
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.count} until {self.until}"
