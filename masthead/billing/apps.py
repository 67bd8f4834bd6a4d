"""The billing app."""

from django.apps import AppConfig


class BillingConfig(AppConfig):
    name = "masthead.billing"
    label = "billing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let members know what must happen before one is deleted, and what belongs into their own data."""
        from masthead.billing.own_data import subscriptions_of
        from masthead.billing.subscriptions import cancel_all_of
        from masthead.members.deleting import before_deletion
        from masthead.members.own_data import section

        before_deletion(cancel_all_of)
        section("subscriptions", subscriptions_of)
