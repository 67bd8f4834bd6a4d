"""What stands in the tables, to compare before and after."""

from typing import Any

from django.apps import apps
from django.db import models
from django_tasks_db.models import DBTaskResult

from masthead.core.models import Event, Publication

Dump = dict[str, list[Any]]


def content_tables() -> Dump:
    """Return every row of every table of content, of the publication, of events and of the queue."""
    found: list[type[models.Model]] = [
        *apps.get_app_config("content").get_models(include_auto_created=True),
        Publication,
        Event,
        DBTaskResult,
    ]
    return {model.__name__: sorted(model._base_manager.values_list(), key=repr) for model in found}


def changed_tables(before: Dump, after: Dump) -> set[str]:
    """Name the tables that differ."""
    return {name for name in before if before[name] != after[name]}
