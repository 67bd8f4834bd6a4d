"""Bodies in memory: never more than so many bytes, and what was used last stays longest."""

from hypothesis import given
from hypothesis import strategies as st

from masthead.pagestore.memory import OVERHEAD, Memory

MOST = 10_000
acts = st.lists(
    st.tuples(st.sampled_from(["put", "get", "drop"]), st.integers(0, 12), st.integers(0, 4_000)), max_size=60
)


@given(acts)
def test_it_never_holds_more_than_it_may(acts: list[tuple[str, int, int]]) -> None:
    memory, told = Memory(MOST), {}
    for act, key, size in acts:
        if act == "put":
            told[key] = bytes(size)
            assert memory.put(key, told[key]) is (size + OVERHEAD <= MOST // 4)
        elif act == "drop":
            memory.drop(key)
            told.pop(key, None)
        else:
            assert memory.get(key) in (None, told.get(key))
        held = [told[key] for key in told if key in memory]
        assert memory.size == sum(len(body) + OVERHEAD for body in held) <= MOST
        assert len(memory) == len(held)


def test_what_was_not_used_for_longest_makes_room() -> None:
    memory = Memory(4 * (1_000 + OVERHEAD))
    for key in "abcd":
        memory.put(key, bytes(1_000))
    memory.get("a")
    memory.put("e", bytes(1_000))
    assert [key for key in "abcde" if key in memory] == list("acde")


def test_a_body_that_is_too_large_takes_no_place_of_others_and_leaves_none_of_its_own() -> None:
    memory = Memory(MOST)
    memory.put("a", b"before")
    assert not memory.put("a", bytes(MOST))
    assert memory.get("a") is None and memory.size == 0
