"""What `masthead new` asks somebody at a terminal."""

import argparse
from pathlib import Path

from masthead.commands.answers import QUESTIONS, find_answers
from tests.commands.running import publication


def nothing_given() -> argparse.Namespace:
    return argparse.Namespace(**{question.name: None for question in QUESTIONS})


def test_each_question_is_asked_once_and_an_empty_answer_takes_the_default(tmp_path: Path) -> None:
    asked: list[str] = []
    typed = {
        "The publication's name": "The Paper",
        "Its address": "https://paper.example",
        "The owner's": "a@paper.example",
    }
    typed["The SMTP relay's host"] = "relay.example"

    def ask(prompt: str) -> str:
        asked.append(prompt)
        return next((words for begin, words in typed.items() if prompt.startswith(begin)), "")

    answers = find_answers(tmp_path, nothing_given(), ask=ask)
    assert len(asked) == len(QUESTIONS)
    assert (answers.name, answers.smtp_host, answers.smtp_port, answers.smtp_security) == (
        "The Paper",
        "relay.example",
        587,
        "starttls",
    )


def test_what_an_earlier_run_wrote_is_offered_and_a_flag_is_not_asked_for(tmp_path: Path) -> None:
    folder = publication(tmp_path, 'address = "https://paper.example"', "[mail]", 'host = "old.example"', "port = 2525")
    args = nothing_given()
    args.name, args.owner, args.smtp_host = "The Paper", "a@paper.example", "new.example"
    asked: list[str] = []
    answers = find_answers(folder, args, ask=lambda prompt: asked.append(prompt) or "")  # type: ignore[func-returns-value]
    assert "[https://paper.example]: " in asked[0]
    given = ("The publication's name", "The owner's", "The SMTP relay's host")
    assert len(asked) == len(QUESTIONS) - len(given) and not any(prompt.startswith(given) for prompt in asked)
    assert (answers.address, answers.smtp_host, answers.smtp_port) == ("https://paper.example", "new.example", 2525)
