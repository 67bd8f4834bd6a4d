"""Addresses below /ghost/api/."""

from django.urls import include, path

from masthead.api.other import other

urlpatterns = [
    path("content/", include("masthead.api.content.urls")),
    path("admin/", include("masthead.api.admin.urls")),
    path("<path:rest>", other, name="api_other"),
]
