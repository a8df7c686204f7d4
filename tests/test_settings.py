"""Settings: where each value comes from, and what is refused."""

from pathlib import Path

import pytest

from qa import Settings
from qa.errors import SettingsError


def test_arguments_come_before_the_environment_and_that_before_defaults():
    environ = {"QA_PORT": "8000", "QA_THRESHOLD": "0.7", "QA_INDEX": "/data/index"}
    settings = Settings.load(environ, port=9000, model=None)
    assert (settings.port, settings.threshold) == (9000, 0.7)
    assert settings.index == Path("/data/index")
    assert settings.model == Settings().model


def test_an_empty_variable_counts_as_none():
    assert Settings.load({"QA_PORT": ""}).port == 7860


@pytest.mark.parametrize(
    ("environ", "message"),
    [
        ({"QA_PORT": "many"}, "QA_PORT is 'many', but must be a whole number"),
        ({"QA_THRESHOLD": "high"}, "QA_THRESHOLD is 'high', but must be a number"),
        ({"QA_THRESHOLD": "nan"}, "threshold is nan, but must lie between 0.0 and 1.0"),
        ({"QA_PORT": "0"}, "port is 0, but must lie between 1 and 65535"),
        ({"QA_PASSAGE_TOKENS": "3"}, "passage_tokens is 3"),
        ({"QA_MODEL": "  "}, "model is empty"),
        ({"QA_TITLE": "  "}, "title is empty"),
        ({"QA_ACCENT": "teal"}, "accent is 'teal', but must be a colour such as #"),
        ({"QA_ACCENT": "#12345"}, "accent is '#12345'"),
        ({"QA_DOCUMENTS_TAB": "maybe"}, "QA_DOCUMENTS_TAB is 'maybe', but must be yes or no"),
        ({"QA_PAGE_LANGUAGE": "fr"}, "page_language is 'fr', but must be one of en, de, es"),
    ],
)
def test_values_that_make_no_sense(environ, message):
    with pytest.raises(SettingsError, match=message):
        Settings.load(environ)


def test_an_unknown_setting_is_named():
    with pytest.raises(SettingsError, match="no setting called colour"):
        Settings.load({}, colour="red")


@pytest.mark.parametrize(
    ("word", "expected"),
    [("1", True), ("yes", True), ("ON", True), ("0", False), ("no", False), ("False", False)],
)
def test_yes_and_no_as_people_write_them(word, expected):
    assert Settings.load({"QA_DOCUMENTS_TAB": word}).documents_tab is expected
    assert Settings.load({}, documents_tab=expected).documents_tab is expected


def test_a_tilde_is_the_home_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    loaded = Settings.load({"QA_CORPUS": "~/texts"}, index="~/index")
    assert (loaded.corpus, loaded.index) == (tmp_path / "texts", tmp_path / "index")
    assert Settings(corpus=Path("~/texts")).corpus == tmp_path / "texts"
    assert Settings(corpus=Path("a~b")).corpus == Path("a~b")
