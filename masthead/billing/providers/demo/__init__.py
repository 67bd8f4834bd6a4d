"""The stand-in that takes no money: a payment page, subscriptions, signed webhooks."""
