"""A page with one form: the deed is done and said on the next page, or refused with its reasons beside the fields."""

from collections.abc import Callable
from typing import Protocol

from django.contrib import messages
from django.http import HttpRequest

from ceting.foundation.core.errors import RefusedError


class RefusableForm(Protocol):
    """Any form with a RefusalMixin."""

    def is_valid(self) -> bool: ...
    def show(self, refusal: RefusedError) -> None: ...


def done(request: HttpRequest, form: RefusableForm, deed: Callable[[], str]) -> bool:
    """Whether the form was sent and its deed is done; the sentence that the deed returns is then a message.

    Otherwise the form is to be shown: it was never sent, isn't valid, or says why the deed was refused.
    """
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        sentence = deed()
    except RefusedError as refusal:
        form.show(refusal)
        return False
    messages.success(request, sentence)
    return True
