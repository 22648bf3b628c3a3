"""The gallery: every component in every state, for whoever builds or checks a screen."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ceting.foundation.ui import samples


def gallery(request: HttpRequest) -> HttpResponse:
    """Show the components with invented content; reads nothing."""
    return render(request, "ui/gallery.html", samples.gallery(request))
