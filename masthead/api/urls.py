"""Addresses below /ghost/api/."""

from django.urls import include, path, re_path

from masthead.api.other import other

urlpatterns = [
    path("content/", include("masthead.api.content.urls")),
    path("admin/", include("masthead.api.admin.urls")),
    re_path(r"^(?P<rest>[\s\S]*)$", other, name="api_other"),
]
