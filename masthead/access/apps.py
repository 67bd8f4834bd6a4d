"""The access app."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "masthead.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let members find in their own data what they hold."""
        from masthead.access.entitlements import held_by
        from masthead.members.own_data import section

        section("entitlements", held_by)
