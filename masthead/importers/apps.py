"""The importers app."""

from django.apps import AppConfig


class ImportersConfig(AppConfig):
    name = "masthead.importers"
    label = "importers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let what was brought of a member go with the member, and stand in their own data."""
        from masthead.importers.personal import brought_of, forget
        from masthead.members.deleting import before_deletion
        from masthead.members.own_data import section

        before_deletion(forget)
        section("brought from elsewhere", brought_of)
