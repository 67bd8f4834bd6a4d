"""What is sold, and what was bought."""

from masthead.billing.models.checkout import Checkout
from masthead.billing.models.customer import Customer
from masthead.billing.models.demo import DemoCheckout, DemoPayment, DemoSubscription
from masthead.billing.models.known_price import KnownPrice
from masthead.billing.models.offer import Offer
from masthead.billing.models.payment import Payment
from masthead.billing.models.price import Price
from masthead.billing.models.received_event import ReceivedEvent
from masthead.billing.models.subscription import Subscription
from masthead.billing.models.turn import Turn

__all__ = [
    "Checkout", "Customer", "DemoCheckout", "DemoPayment", "DemoSubscription", "KnownPrice", "Offer", "Payment", "Price", "ReceivedEvent", "Subscription",
    "Turn",
]  # fmt: skip
