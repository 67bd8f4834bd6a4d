"""Check 9: a program that tries to read, letter by letter, what it may not see, from what it is answered."""

import re
from collections import Counter
from collections.abc import Callable, Iterator

from tests.api.content.asking import Program

Question = Callable[[str], dict[str, str]]  # a guess -> the parameters that ask whether it is right

COLUMNS = """html plaintext lexical mobiledoc body bodies body.document body__document document opening text excerpt
    email emails member.email members.email author.email authors.email authors.member.email authors__member__email
    posts.html tags.posts.html key_hash api_key.key_hash keys.key_hash integration.secret secret password title slug tag
    custom_excerpt visibility""".split()
LISTS = ("posts/", "tags/", "authors/", "tiers/", "newsletters/")
UNLIKE = re.compile(rb'"id": "[0-9a-f-]{36}"')  # of an error, new each time


def questions() -> Iterator[tuple[str, Question]]:
    """Return every way of asking, with the name of the way."""
    for column in COLUMNS:
        for operator in ("~", "~^", ">", ">=", "<"):
            yield f"filter {column}:{operator}", lambda g, c=column, o=operator: {"filter": f"{c}:{o}'{g}'"}  # type: ignore[misc]
        yield f"order {column}", lambda g, c=column: {"order": f"{c} asc", "search": g}  # type: ignore[misc]
        yield f"fields {column}", lambda g, c=column: {"fields": c, "search": g}  # type: ignore[misc]
    yield "search", lambda guess: {"search": guess}
    yield "formats", lambda guess: {"formats": "lexical,mobiledoc", "search": guess, "fields": "lexical"}


def signature(program: Program, path: str, parameters: dict[str, str]) -> tuple[int, bytes]:
    """Return what tells one answer from another, what an error repeats of the guess left out."""
    answer = program.answer(path, **parameters)
    if answer.status_code == 200:
        return 200, answer.content
    content = UNLIKE.sub(b"", answer.content)
    for value in parameters.values():
        content = content.replace(value.encode(), b"").replace(value[:60].encode(), b"")
    return answer.status_code, content


def recovered(program: Program, path: str, ask: Question, *, start: str, alphabet: str, most: int) -> str:
    """Go on from a beginning that is known for as long as one letter alone is answered otherwise than all others."""
    known = start
    while len(known) - len(start) < most:
        told = {letter: signature(program, path, ask(known + letter)) for letter in alphabet}
        usual = Counter(told.values()).most_common(1)[0][0]
        odd = [letter for letter, answer in told.items() if answer != usual]
        if len(odd) != 1:
            break
        known += odd[0]
    return known.removeprefix(start)
