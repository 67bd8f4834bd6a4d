"""The `masthead` command itself."""

import subprocess
import sys
from pathlib import Path

import pytest

from masthead import __version__
from masthead.commands import COMMANDS
from tests.commands.running import environment, masthead, publication


def test_it_lists_every_command_and_says_its_version() -> None:
    printed = masthead("--help")
    assert printed.returncode == 0 and all(f"    {name} " in printed.stdout for name in COMMANDS)
    assert masthead("--version").stdout == f"masthead {__version__}\n"


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_explains_itself_and_takes_a_folder(name: str) -> None:
    words = (name, "markdown") if name == "import" else (name,)
    printed = masthead(*words, "--help")
    assert printed.returncode == 0, printed.stderr
    assert "--dir" in printed.stdout


def test_help_does_not_load_django() -> None:
    code = "import sys; sys.argv = ['masthead', 'serve', '--help']\n" + (
        "from masthead.cli import main\ntry: main()\nfinally: assert 'django' not in sys.modules"
    )
    ended = subprocess.run([sys.executable, "-c", code], env=environment(), capture_output=True, text=True)
    assert (ended.returncode, ended.stderr) == (0, "")


def test_an_unknown_command_is_refused() -> None:
    ended = masthead("publish")
    assert ended.returncode == 2 and "invalid choice" in ended.stderr and "Traceback" not in ended.stderr


def test_manage_passes_on_to_django(tmp_path: Path) -> None:
    folder = publication(tmp_path / "paper", 'mode = "dev"')
    printed = masthead("manage", "--dir", folder, "diffsettings", "--default", "masthead.settings")
    assert printed.returncode == 0, printed.stderr
    assert "--fake-initial" in masthead("manage", "--dir", folder, "migrate", "--help").stdout


def test_migrating_twice_changes_nothing_and_collects_once(tmp_path: Path) -> None:
    folder = publication(tmp_path / "paper", 'mode = "dev"')
    assert masthead("migrate", "--dir", folder).stdout == ""
    (folder / "data" / "static" / "marker").touch()
    assert masthead("migrate", "--dir", folder).returncode == 0
    assert (folder / "data" / "static" / "marker").exists()
    (folder / "data" / "static.stamp").write_text("something else was collected")
    assert masthead("migrate", "--dir", folder).returncode == 0
    assert not (folder / "data" / "static" / "marker").exists()
