"""The ops app: what runs beside the site."""

from django.apps import AppConfig


class OpsConfig(AppConfig):
    name = "masthead.ops"
    label = "ops"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what events owe."""
        from masthead.ops import reactions  # noqa: F401  (registers itself)
