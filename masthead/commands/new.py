"""`masthead new DIR`: makes a publication that lasts."""

import argparse
import os
import smtplib
import sys
from getpass import getpass
from pathlib import Path

from masthead.commands import Refused
from masthead.commands.answers import QUESTIONS, Answers, find_answers
from masthead.commands.migrate import bring_up_to_date
from masthead.commands.starting import start_publication
from masthead.commands.writing import write_secret, write_settings
from masthead.core.config import SETTINGS_FILE, Config

PASSWORD = "MASTHEAD_MAIL_PASSWORD"  # noqa: S105 (its name)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take the folder, and an answer to each question for use in scripts."""
    parser.add_argument("dir", type=Path, nargs="?", metavar="DIR", help="the folder to make it in")
    parser.add_argument("--dir", type=Path, dest="folder", metavar="DIR", help="the same, as other commands take it")
    for question in QUESTIONS:
        parser.add_argument(question.flag, help=question.about)
    parser.epilog = f"The relay's password is asked for, or taken from the variable {PASSWORD}."


def run(args: argparse.Namespace) -> int:
    """Make the publication, its owner and its database, and send the owner a mail.

    Run again, it goes on from what is there: answers that were given stand as defaults, the secret and the data
    stay. Refuses, with the folder kept, if the mail cannot be sent.
    """
    folder = _folder(args)
    answers = find_answers(folder, args, ask=input if sys.stdin.isatty() else None)
    _write(folder, answers)
    args.dir = folder
    start_publication(args)
    bring_up_to_date()
    _set_up(answers)
    _send_test_mail(folder, answers)
    print(f"{answers.name} is ready. Start it with:\n\n    masthead serve --dir {folder}\n")
    print(f"Then it answers at {answers.address}/. Sign in as {answers.owner} at {answers.address}/desk/")
    _note_second_factor(answers.address)
    return 0


def _note_second_factor(address: str) -> None:
    from masthead.members.passkeys import can_work

    if can_work(address):
        print("The desk will ask for a passkey (fingerprint, face or screen lock), to be added at the first sign-in.")
    else:
        print("Browsers allow passkeys only over https and at localhost: here a code by mail alone opens the desk.")


def _folder(args: argparse.Namespace) -> Path:
    chosen: Path | None = args.dir or args.folder
    if chosen is None:
        raise Refused("name a folder to make the publication in: `masthead new DIR`.")
    folder = chosen.expanduser().resolve()
    if folder.exists() and not folder.is_dir():
        raise Refused(f"{folder} is a file. Name a folder.")
    if (folder / SETTINGS_FILE).exists() and Config(folder)["mode"] == "demo":
        raise Refused(f"{folder} holds a demo, with the demo's people. Name another folder.")
    return folder


def _write(folder: Path, answers: Answers) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_settings(folder, answers.settings())
        write_secret(folder, "MASTHEAD_SECRET_KEY")
    except OSError as error:
        raise Refused(f"{folder} cannot be written: {error.strerror}.") from error
    password = os.environ.get(PASSWORD) or (_ask_password() if answers.smtp_user else "")
    if password:
        write_secret(folder, PASSWORD, password)


def _ask_password() -> str:
    return getpass("The relay's password (empty: as it was): ") if sys.stdin.isatty() else ""


def _set_up(answers: Answers) -> None:
    """Name the publication and give it its owner, each once."""
    from django.db import transaction
    from django.utils import timezone

    from masthead.content.changing import change_publication
    from masthead.members.models import Member
    from masthead.members.roles import Role
    from masthead.members.standing import change_role

    at = timezone.now()
    with transaction.atomic():
        change_publication({"name": answers.name}, by=None, at=at)
        owner = Member.objects.filter(email=answers.owner).first() or Member.objects.create_user(answers.owner)
        if owner.role != Role.OWNER:
            change_role(owner, Role.OWNER, by=None, at=at)


def _send_test_mail(folder: Path, answers: Answers) -> None:
    from django.core.mail import EmailMessage

    subject = f"{answers.name} can send mail"
    text = f"This is the test mail of {answers.name}, {answers.address}/.\n\nSign in at {answers.address}/desk/\n"
    try:
        EmailMessage(subject, text, to=[answers.owner]).send()
    except (OSError, smtplib.SMTPException) as error:
        raise Refused(
            f"the publication is made in {folder}, but the test mail could not be sent through "
            f"{answers.smtp_host}, port {answers.smtp_port}: {error}. Run the same command again with the right "
            "--smtp-host, --smtp-port, --smtp-security or --smtp-user; what is made is kept."
        ) from error
