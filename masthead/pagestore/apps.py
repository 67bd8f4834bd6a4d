"""The pagestore app."""

from django.apps import AppConfig


class PagestoreConfig(AppConfig):
    name = "masthead.pagestore"
    label = "pagestore"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what events owe the page store."""
        from masthead.pagestore import purging  # noqa: F401  (registers itself)
