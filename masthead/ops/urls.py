"""Addresses of the demo and of what watches over the site."""

from django.urls import path

from masthead.ops import health
from masthead.ops.demo import views

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("outbox/", views.outbox, name="outbox"),
    path("demo/as/<slug:name>/", views.read_as, name="demo_as"),
    path("demo/steal/<str:public_id>/", views.steal, name="steal"),
    path("demo/steal/<str:public_id>/try/", views.try_it, name="steal_try"),
]
