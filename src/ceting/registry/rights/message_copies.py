"""What messaging holds of a person, for her copy: the foundation itself knows no copies."""

from ceting.foundation.messaging.models import DeliveryAttempt, Gate, OptIn, OutboxMessage
from ceting.registry.rights.contributing import Table, contribute, keep_out
from ceting.registry.rights.models import Channel

_OF_HER = (("caregivers", "recipient_id"),)
_WHERE = {"puskesmas_id": "a key; the puskesmas stands with the person", "posyandu_id": "a key"}

SAID = {each.value: str(each.label) for each in Channel}

contribute(
    Table(
        OutboxMessage,
        "Pesan untuknya",
        _OF_HER,
        {
            "recipient_name": "Nama",
            "phone": "Nomor HP",
            "kind": "Jenis",
            "text": "Isi",
            "state": "Keadaan",
            "not_before": "Dikirim sejak",
            "expires_at": "Dikirim paling lambat",
            "settled_at": "Sejak",
            "perhaps_sent": "Mungkin sudah terkirim",
            "created_at": "Ditulis pada",
        },
        {
            **_WHERE,
            "topic": "a word of the program for what the text says",
            "channel": "a word of the program; the state says how it went",
            "text_in_link": "whether a link may hold the text",
            "suppressed_because": "a word of the program; gates and answers are copied too",
        },
    ),
    Table(
        Gate,
        "Pesan yang dihentikan",
        _OF_HER,
        {
            "since": "Sejak",
            "until": "Sampai",
            "lifted_at": "Dibuka lagi",
            "created_at": "Dicatat pada",
        },
        {
            "topic": "a word of the program",
            "reason": "a word of the program; what led to it is copied with its own rows",
            "everything": "a word of the program",
        },
    ),
    Table(
        OptIn,
        "Jawaban tentang pesan",
        _OF_HER,
        {"granted": "Setuju", "said_through": "Disampaikan lewat", "created_at": "Dicatat pada"},
        {"channel": "a word of the program", "wording": "the version of the words; consents copy the words"},
        words={"said_through": lambda row: SAID.get(row.said_through, row.said_through)},
    ),
)
keep_out(DeliveryAttempt, "how the machine tried; the message says what became of it")
