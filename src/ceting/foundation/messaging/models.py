"""Messages that wait to leave the house, how each was tried, and what keeps one from leaving.

This floor knows no mother and no user: people and places are plain ids, which upper floors write.
"""

from datetime import datetime, timedelta
from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import Q

from ceting.foundation.core import clock
from ceting.foundation.core.classification import classify
from ceting.foundation.core.fields import EncryptedTextField
from ceting.foundation.core.models import Record

ALL_TOPICS = ""
"""A gate of this topic stops whatever a message is about."""


class Kind(models.TextChoices):
    """What a message is for: it decides what may hold it back."""

    PROGRAMME = "programme", "Pesan program"
    MEDICAL_FOLLOW_UP = "medical", "Tindak lanjut petugas"
    STAFF = "staff", "Untuk petugas"
    SAFETY = "safety", "Jawaban keadaan darurat"

    @property
    def asks_gates(self) -> bool:
        """Staff and whoever is in danger are always told (messaging.md)."""
        return self in (Kind.PROGRAMME, Kind.MEDICAL_FOLLOW_UP)


class State(models.TextChoices):
    """Where a message stands."""

    QUEUED = "queued", "Menunggu"
    SENDING = "sending", "Sedang dikirim"
    ACCEPTED = "accepted", "Diterima penyedia"
    SENT = "sent", "Terkirim"
    DELIVERED = "delivered", "Sampai"
    READ = "read", "Dibaca"
    FAILED = "failed", "Gagal"
    UNKNOWN = "unknown", "Belum jelas sampai"
    SUPPRESSED = "suppressed", "Tidak dikirim"
    NEEDS_HUMAN = "human", "Dikirim dari HP petugas"
    EXPIRED = "expired", "Lewat waktunya"


class Because(models.TextChoices):
    """Why a message was not sent, besides the reason of a gate."""

    NO_OPT_IN = "no_opt_in", "Belum setuju menerima pesan"
    BY_HAND = "by_hand", "Petugas memilih tidak mengirim"
    REPLACED = "replaced", "Jadwalnya diganti"


class OutboxQuerySet(models.QuerySet["OutboxMessage"]):
    """Questions about messages."""

    def due(self, now: datetime) -> Self:
        """Those that may leave now, the urgent ones first, then in the order in which they were meant to leave."""
        urgent = models.Case(
            models.When(kind__in=(Kind.STAFF, Kind.SAFETY), then=0),
            default=1,
            output_field=models.IntegerField(),
        )
        return self.filter(state=State.QUEUED, not_before__lte=now).order_by(urgent, "not_before", "id")

    def to(self, recipient_id: UUID) -> Self:
        return self.filter(recipient_id=recipient_id)

    def by_hand(self) -> Self:
        """Those that wait for somebody to send them from her own phone, the longest waiting first."""
        return self.filter(state=State.NEEDS_HUMAN).order_by("not_before", "id")


class OutboxMessage(Record):
    """One message to one person. Written with its cause, in one transaction; `ceting work` delivers it.

    `phone` is E.164, or "" when nobody knows one. The text holds nothing of the classes clinical and named clinician:
    a kader may be the one who sends it, and a shared phone the one that shows it.
    """

    field_classes = classify(
        public="puskesmas_id posyandu_id kind topic state channel not_before expires_at suppressed_because",
        volunteer="recipient_name text text_in_link settled_at perhaps_sent",
        family="phone",
        internal="recipient_id dedupe_key attempts lease lease_until provider_id handled_by",
    )

    puskesmas_id = models.UUIDField()
    posyandu_id = models.UUIDField(null=True)
    recipient_id = models.UUIDField()
    recipient_name = EncryptedTextField("penerima")
    phone = EncryptedTextField("nomor HP", blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    topic = models.CharField(max_length=60)
    text = EncryptedTextField("pesan")
    # Whether the text may stand in a link: only what tells nothing of anybody's health (messaging.md).
    text_in_link = models.BooleanField(default=False)
    dedupe_key = models.CharField(max_length=120, unique=True)
    not_before = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    channel = models.CharField(max_length=20, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    # Nobody knows whether a try let it leave: from then on only a person sends it, who asks first.
    perhaps_sent = models.BooleanField(default=False)
    lease = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    provider_id = models.CharField(max_length=200, blank=True)
    # A reason of a gate, or one of Because.
    suppressed_because = models.CharField(max_length=40, blank=True)
    # When it came to where it stands, once it left the queue; and who said so, when it was a person.
    settled_at = models.DateTimeField(null=True)
    handled_by = models.UUIDField(null=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=["not_before", "id"], name="message_due", condition=Q(state="queued")),
            models.Index(fields=["lease_until"], name="message_leased", condition=Q(state="sending")),
            models.Index(fields=["recipient_id", "state"], name="message_of_recipient"),
            # The list of those that staff send from their own phones.
            models.Index(fields=["puskesmas_id", "state", "not_before"], name="message_by_hand"),
            models.Index(fields=["provider_id"], name="message_by_provider", condition=~Q(provider_id="")),
        )
        constraints = (
            models.CheckConstraint(
                name="message_leased_while_sending",
                condition=Q(state="sending", lease__isnull=False, lease_until__isnull=False)
                | (~Q(state="sending") & Q(lease=None, lease_until=None)),
            ),
            models.CheckConstraint(
                name="message_suppressed_for_a_reason",
                condition=(Q(state="suppressed") & ~Q(suppressed_because=""))
                | (~Q(state="suppressed") & Q(suppressed_because="")),
            ),
            models.CheckConstraint(
                name="message_lives_for_a_while", condition=Q(expires_at__gt=models.F("not_before"))
            ),
        )

    def __str__(self) -> str:
        return f"{self.topic} to {self.recipient_id}: {self.state}"


class DeliveryAttempt(Record):
    """One try: begun before the channel was asked, ended with what it answered. Open: the worker died in between."""

    field_classes = classify(internal="message number channel lease ended_at outcome code")

    message = models.ForeignKey(OutboxMessage, on_delete=models.PROTECT, related_name="tries")
    number = models.PositiveSmallIntegerField()
    channel = models.CharField(max_length=20)
    lease = models.UUIDField(unique=True)
    ended_at = models.DateTimeField(null=True)
    # The name of the answer: accepted, retry, rejected, unknown, needs_human; "" while nobody answered.
    outcome = models.CharField(max_length=12, blank=True)
    code = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["message", "number"], name="try_numbered_once"),)

    def __str__(self) -> str:
        return f"try {self.number} of {self.message_id}: {self.outcome or 'open'}"


class GateQuerySet(models.QuerySet["Gate"]):
    """Questions about gates."""

    def closed_at(self, now: datetime) -> Self:
        """Those that hold messages back at this moment."""
        return self.filter(Q(until=None) | Q(until__gt=now), since__lte=now, lifted_at=None)


class Gate(Record):
    """Nothing of a topic leaves for a person: she said stop, there was a loss. Upper floors write it with its cause.

    Asked when a message is about to leave, so what was queued before or after is held back alike. It stops programme
    messages; with `everything` a midwife's follow-up as well (the person has died).
    """

    field_classes = classify(
        public="topic reason since until lifted_at everything", internal="recipient_id closed_by lifted_by"
    )

    recipient_id = models.UUIDField()
    # "" is every topic; "pregnancy" is "pregnancy.week" too.
    topic = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=40)
    everything = models.BooleanField(default=False)
    since = models.DateTimeField(default=clock.now)
    until = models.DateTimeField(null=True)
    lifted_at = models.DateTimeField(null=True)
    closed_by = models.UUIDField(null=True)
    lifted_by = models.UUIDField(null=True)

    objects = GateQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["recipient_id"], name="gate_closed", condition=Q(lifted_at=None)),)
        constraints = (
            models.CheckConstraint(name="gate_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="gate_closes_for_a_while", condition=Q(until=None) | Q(until__gt=models.F("since"))
            ),
        )

    def __str__(self) -> str:
        return f"{self.reason}: {self.topic or 'everything'} to {self.recipient_id}"

    def stops(self, kind: str, topic: str) -> bool:
        """Whether a message of this kind and topic is held back by it."""
        wide = kind == Kind.PROGRAMME or (self.everything and Kind(kind).asks_gates)
        return wide and (self.topic in (ALL_TOPICS, topic) or topic.startswith(f"{self.topic}."))


class OptIn(Record):
    """An answer, yes or no, to getting programme messages by a channel. Only ever added to; the last one holds.

    `channel` "" is every channel. `wording` names the version of the words that she agreed to.
    """

    field_classes = classify(
        public="channel granted wording said_through", internal="recipient_id recorded_by"
    )

    recipient_id = models.UUIDField()
    channel = models.CharField(max_length=20, blank=True)
    granted = models.BooleanField()
    wording = models.CharField(max_length=12, blank=True)
    # How she told us: spoken, written, app, or the channel itself (she wrote STOP).
    said_through = models.CharField(max_length=20)
    recorded_by = models.UUIDField(null=True)

    class Meta:
        indexes = (models.Index(fields=["recipient_id", "id"], name="opt_in_newest"),)

    def __str__(self) -> str:
        return f"{self.recipient_id}: {'yes' if self.granted else 'no'} to {self.channel or 'messages'}"


KEPT_FOR = timedelta(days=7)
"""How long a message stays worth sending when nobody said."""
