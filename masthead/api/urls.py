"""Addresses below /ghost/api/."""

from django.urls import include, path

from masthead.api.other import other

urlpatterns = [
    path("content/", include("masthead.api.content.urls")),
    path("<path:rest>", other, name="api_other"),
]
