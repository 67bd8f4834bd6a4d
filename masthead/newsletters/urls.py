"""Addresses of taking and leaving newsletters."""

from django.urls import path

from masthead.newsletters.views import choosing, unsubscribing

urlpatterns = [
    path("account/newsletters/", choosing.newsletters, name="newsletters"),
    path("unsubscribe/", unsubscribing.unsubscribe, name="unsubscribe"),
]
