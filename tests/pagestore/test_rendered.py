"""What is known of a kept page is the same after it was written and read."""

from hypothesis import given
from hypothesis import strategies as st

from masthead.pagestore.rendered import Rendered
from tests.pagestore.some import depends, words

pages = st.builds(
    Rendered,
    path=words,
    key=words,
    status=st.sampled_from([200, 301, 404]),
    headers=st.lists(st.tuples(words, words)).map(tuple),
    etag=st.text("0123456789abcdef", min_size=32, max_size=32),
    depends=depends,
    tags=st.lists(words).map(tuple),
    position=st.integers(0, 2**62),
    until=st.floats(allow_nan=False),
)


@given(pages)
def test_a_page_is_the_same_after_it_was_written_and_read(page: Rendered) -> None:
    assert Rendered.parsed(page.written()) == page
    assert "\n" not in page.written()


@given(pages)
def test_the_type_is_the_one_that_its_headers_name(page: Rendered) -> None:
    named = [value for name, value in page.headers if name == "content-type"]
    assert page.content_type == (named[0] if named else "")
