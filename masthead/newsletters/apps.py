"""The newsletters app."""

from django.apps import AppConfig


class NewslettersConfig(AppConfig):
    name = "masthead.newsletters"
    label = "newsletters"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let members find in their own data what they take. With a member their choices and old links go by themselves."""
        from masthead.members.own_data import section
        from masthead.newsletters.own_data import choices_of

        section("newsletters", choices_of)
