"""Addresses of the pages about money."""

from django.urls import path

from masthead.billing.views import account, demo, subscribing
from masthead.billing.webhooks import webhook

urlpatterns = [
    path("subscribe/", subscribing.subscribe, name="subscribe"),
    path("subscribe/begin/", subscribing.begin, name="subscribe_begin"),
    path("subscribe/return/<str:public_id>/", subscribing.come_back, name="checkout_return"),
    path("account/subscription/", account.subscription, name="subscription"),
    path("account/subscription/<str:public_id>/cancel/", account.cancel, name="subscription_cancel"),
    path("account/subscription/<str:public_id>/resume/", account.resume, name="subscription_resume"),
    path("pay/demo/<str:checkout_id>/", demo.demo_pay, name="demo_pay"),
    path("webhooks/<str:name>/", webhook, name="webhook"),
]
