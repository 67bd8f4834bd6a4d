"""Settings of the machine: one place each, with where its value came from."""

from pathlib import Path

import pytest

from masthead.core.config import SETTINGS, Config, ConfigError, current_folder

SECRET = "MASTHEAD_SECRET_KEY"


def written(folder: Path, text: str, secrets: str = "") -> Path:
    (folder / "masthead.toml").write_text(text, encoding="utf-8")
    if secrets:
        (folder / ".env").write_text(secrets, encoding="utf-8")
    return folder


def source_of(config: Config, name: str) -> str:
    return next(value.source for value in config.values() if value.setting.name == name)


def test_an_empty_folder_has_every_default(tmp_path: Path) -> None:
    config = Config(tmp_path, environment={})
    assert [value.value for value in config.values()] == [setting.default for setting in SETTINGS]
    assert {value.source for value in config.values()} == {"default"}
    assert config.data == tmp_path / "data"


def test_what_is_written_counts_and_says_where_it_stands(tmp_path: Path) -> None:
    config = Config(written(tmp_path, 'mode = "dev"\n[server]\nport = 9000\n'), environment={})
    assert (config["mode"], config["server.port"], config["server.host"]) == ("dev", 9000, "127.0.0.1")
    assert source_of(config, "server.port") == "masthead.toml"
    assert source_of(config, "server.host") == "default"


def test_a_secret_in_the_environment_stands_before_the_one_in_its_file(tmp_path: Path) -> None:
    folder = written(tmp_path, "", f"{SECRET}=from-the-file\n")
    both = Config(folder, environment={SECRET: "from-outside"})
    one = Config(folder, environment={})
    assert (both[SECRET], source_of(both, SECRET)) == ("from-outside", "environment")
    assert (one[SECRET], source_of(one, SECRET)) == ("from-the-file", ".env")


def test_a_secret_is_never_shown(tmp_path: Path) -> None:
    values = Config(tmp_path, environment={SECRET: "do-not-print-me"}).values()
    shown = {value.setting.name: value.shown for value in values}
    assert shown[SECRET] == "set"
    assert shown["MASTHEAD_MAIL_PASSWORD"] == "not set"
    assert "do-not-print-me" not in str(shown)


def test_a_plain_setting_is_not_taken_from_the_environment(tmp_path: Path) -> None:
    assert Config(tmp_path, environment={"mode": "demo", "MASTHEAD_MODE": "demo"})["mode"] == "live"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('colour = "red"', "colour"),
        ("[server]\nports = 1", "server.ports"),
        ('server = "here"', "server"),
        ("mode = 1", "mode"),
        ('[server]\nport = "8000"', "server.port"),
        ("[server]\nport = true", "server.port"),
        ('apps = "one"', "apps"),
        ("mode = ", "masthead.toml"),
        ("[mail\n", "masthead.toml"),
    ],
)
def test_what_cannot_be_used_is_refused_by_its_name(tmp_path: Path, text: str, named: str) -> None:
    with pytest.raises(ConfigError, match=named):
        Config(written(tmp_path, text), environment={}).values()
    assert Config(written(tmp_path, ""), environment={}).values()


def test_a_secret_in_the_settings_file_is_refused_and_not_passed_over(tmp_path: Path) -> None:
    """Else its owner believes that it is in use."""
    with pytest.raises(ConfigError, match=SECRET):
        Config(written(tmp_path, f'{SECRET} = "written-in-the-wrong-place"'), environment={}).values()


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "masthead.toml").write_bytes(b"mode = \xff\xfe")
    with pytest.raises(ConfigError, match=r"masthead\.toml"):
        Config(tmp_path, environment={})


def test_the_folder_is_the_one_that_is_named_or_the_one_that_one_stands_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MASTHEAD_DIR")
    assert current_folder() == tmp_path.resolve()
    monkeypatch.setenv("MASTHEAD_DIR", str(tmp_path / "paper"))
    assert current_folder() == (tmp_path / "paper").resolve()
