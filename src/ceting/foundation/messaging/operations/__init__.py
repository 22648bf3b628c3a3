"""Verbs of messaging."""

from ceting.foundation.messaging.operations.gating import answer_opt_in as answer_opt_in
from ceting.foundation.messaging.operations.gating import close_gate as close_gate
from ceting.foundation.messaging.operations.gating import lift_gate as lift_gate
from ceting.foundation.messaging.operations.gating import start as start
from ceting.foundation.messaging.operations.gating import stop as stop
from ceting.foundation.messaging.operations.handing import UNDONE_WITHIN as UNDONE_WITHIN
from ceting.foundation.messaging.operations.handing import drop as drop
from ceting.foundation.messaging.operations.handing import mark_sent as mark_sent
from ceting.foundation.messaging.operations.handing import take_back as take_back
from ceting.foundation.messaging.operations.queueing import note_status as note_status
from ceting.foundation.messaging.operations.queueing import queue as queue
from ceting.foundation.messaging.operations.queueing import readdress as readdress
from ceting.foundation.messaging.operations.replacing import requeue as requeue
from ceting.foundation.messaging.operations.replacing import withdraw as withdraw
