"""The search app."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "masthead.search"
    label = "search"
    default_auto_field = "django.db.models.BigAutoField"
