"""Settings come from the environment and reach child processes."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from worker.errors import SettingsError
from worker.settings import Settings, load_settings


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
