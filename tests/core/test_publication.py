"""The publication's own settings: one row, with a time zone that always answers."""

import pytest
from django.core.exceptions import ValidationError

from masthead.core.models import Publication
from masthead.core.models.publication import validate_time_zone


@pytest.mark.parametrize("name", ["Europe/Lisbon", "Asia/Tokyo", "UTC"])
def test_a_time_zone_that_is_known_is_used(name: str) -> None:
    validate_time_zone(name)
    assert Publication(time_zone=name).zone.key == name


@pytest.mark.parametrize("name", ["Europe/Atlantis", "", "../../etc/passwd", "/etc/passwd", "Europe", "\0", "x" * 300])
def test_a_time_zone_that_is_unknown_is_refused_and_reads_as_utc(name: str) -> None:
    with pytest.raises(ValidationError):
        validate_time_zone(name)
    assert Publication(time_zone=name).zone.key == "UTC"


def test_there_is_always_a_publication(db: None) -> None:
    assert Publication.current().name == "Masthead"
    assert not Publication.objects.exists()
    Publication.objects.create(pk=1, name="The Paper")
    assert Publication.current().name == "The Paper"
