"""Settings come from the environment and reach child processes."""

import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from worker.errors.installation import SettingsError
from worker.settings import Settings, load_settings
from worker.store.connection import open_redis


def test_the_environment_overrides_a_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROLEFIT_MAX_PAGES", "7")
    assert Settings().max_pages == 7


def test_a_figure_below_one_is_refused() -> None:
    with pytest.raises(ValidationError):
        Settings(max_pages=0)


def test_a_child_process_gets_the_same_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    chosen = Settings(
        data=tmp_path, redis_url="redis://:secret@127.0.0.1:7/0", soft_limit_seconds=8, hard_limit_seconds=9
    )
    for name, value in chosen.environment().items():
        monkeypatch.setenv(name, value)
    assert Settings() == chosen


def test_the_password_of_redis_does_not_show() -> None:
    assert "secret" not in repr(Settings(redis_url="redis://:secret@127.0.0.1:7/0"))


def test_the_secret_of_webhooks_does_not_show_and_may_not_be_short() -> None:
    assert "secret" not in repr(Settings(webhook_secret="a long enough secret"))  # noqa: S106 - fictional
    for secret in ("", "short"):
        with pytest.raises(ValidationError):
            Settings(webhook_secret=secret)


def test_the_lease_outlives_the_hard_limit() -> None:
    assert Settings().lease_seconds > Settings().hard_limit_seconds > Settings().soft_limit_seconds


@pytest.mark.parametrize(
    ("variable", "value"),
    [("ROLEFIT_MAX_PAGES", "abc"), ("ROLEFIT_SOFT_LIMIT_SECONDS", "60"), ("ROLEFIT_TOKENS", "anna:secret")],
    ids=["word", "limit", "token"],
)
def test_a_wrong_variable_is_named_in_one_sentence(monkeypatch: pytest.MonkeyPatch, variable: str, value: str) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(SettingsError, match=rf"\AChange {variable}: .+\.\Z") as raised:
        load_settings()
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize(
    "url", ["redis://:p@ss/w#rd%41@host:6379/0", "redis://:pw@host:port/0", "host:6379", "redis://h:0"]
)
def test_an_address_that_cannot_be_read_is_refused_without_a_piece_of_it(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("ROLEFIT_REDIS_URL", url)
    with pytest.raises(SettingsError, match=r"\AChange ROLEFIT_REDIS_URL: ") as raised:
        load_settings()
    assert not any(piece in str(raised.value) for piece in ("p@ss", "w#rd", "pw", "host", "6379"))


def test_a_password_of_any_signs_reaches_the_store() -> None:
    settings = Settings(redis_url="redis://cache:6379/0", redis_password="p@ss/w#rd%41")  # noqa: S106 - fictional
    assert open_redis(settings).connection_pool.connection_kwargs["password"] == "p@ss/w#rd%41"  # noqa: S105
    assert "p@ss" not in repr(settings)


def test_a_password_in_the_address_comes_first_and_a_socket_has_none() -> None:
    for url in ("redis://:in-it@cache:6379/0", "unix:///run/redis.sock"):
        assert Settings(redis_url=url, redis_password="apart").redis_address == url  # noqa: S106


def test_a_secret_may_stand_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("a long enough secret\n", encoding="utf-8")
    monkeypatch.setenv("ROLEFIT_WEBHOOK_SECRET_FILE", str(tmp_path / "secret"))
    assert load_settings().webhook_secret == "a long enough secret"  # noqa: S105
    monkeypatch.setenv("ROLEFIT_WEBHOOK_SECRET", "another secret of some length")
    assert load_settings().webhook_secret == "another secret of some length"  # noqa: S105


def test_a_secret_file_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ROLEFIT_TOKENS_FILE", str(tmp_path / "none"))
    with pytest.raises(SettingsError, match="none cannot be read"):
        load_settings()


def test_operators_read_why_each_limit_is_what_it_is() -> None:
    text = (Path(__file__).parent.parent.parent / "docs" / "operation.md").read_text(encoding="utf-8")
    reasons = text[text.index("## Limits, and why") :].partition("\n## ")[0]
    limits = {name for name, field in Settings.model_fields.items() if type(field.default) is int}
    assert set(re.findall(r"`ROLEFIT_([A-Z_]+)`", reasons)) == {name.upper() for name in limits}


def test_compose_passes_every_setting_on() -> None:
    text = (Path(__file__).parent.parent.parent / "docker-compose.yml").read_text(encoding="utf-8")
    passed = set(re.findall(r"^    ROLEFIT_([A-Z_]+):", text, flags=re.MULTILINE))
    assert passed == {name.upper() for name in Settings.model_fields if name != "data"}
