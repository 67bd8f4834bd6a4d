"""Tags as they are typed at the desk: those of an imported paper are found again, whatever their slugs are."""

import pytest

from masthead.content.models import Tag
from tests.cast import Cast, client_of
from tests.desk.hands import draft, draft_by, opened, path_of


def typed(words: str, cast: Cast) -> list[tuple[str, str, bool]]:
    post = draft_by(cast.editor)
    browser = client_of(cast.editor)
    form = opened(browser, path_of(post)) | {"tags": words}
    assert browser.post(path_of(post), form | {"act": "save"}).status_code == 302
    found = Tag.objects.in_bulk(draft(post).tag_ids)
    return [(tag.name, tag.slug, tag.is_internal) for pk in draft(post).tag_ids for tag in [found[pk]]]


@pytest.mark.parametrize(
    ("name", "slug"), [("#desk", "hash-desk"), ("News", "latest"), ("Ships, Docks", "ships"), ("Überfahrt", "uber")]
)
def test_a_known_tag_is_itself_when_the_form_comes_back_as_it_was(cast: Cast, name: str, slug: str) -> None:
    tag = Tag.objects.create(name=name, slug=slug, is_internal=name.startswith("#"))
    post = draft_by(cast.editor, tag_ids=[tag.pk, cast.section.pk])
    browser = client_of(cast.editor)
    form = opened(browser, path_of(post))
    assert browser.post(path_of(post), form | {"act": "save"}).status_code == 302
    assert draft(post).tag_ids == [tag.pk, cast.section.pk] and Tag.objects.count() == 2


def test_new_names_become_tags_and_one_with_a_sign_in_front_is_internal(cast: Cast) -> None:
    assert typed("World, New one, #inside,, world , #inside", cast) == [
        ("World", "world", False), ("New one", "new-one", False), ("#inside", "hash-inside", True)
    ]  # fmt: skip
