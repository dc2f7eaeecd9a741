"""Where settings come from, what they must fulfil, and that no mistake passes unnoticed."""

import stat
from pathlib import Path

import pytest

from deskbell.settings import SECRETS, TYPES, Settings, SettingsError, ensure_secret, load_settings

A_SECRET = "0123456789abcdef0123456789abcdef"
DOCUMENT = Path(__file__).parents[2] / "docs" / "settings.md"


@pytest.fixture
def toml(tmp_path: Path) -> Path:
    return tmp_path / "deskbell.toml"


def test_without_anything_the_defaults_hold(tmp_path: Path) -> None:
    assert load_settings({"data": tmp_path}, {}) == Settings(data=tmp_path)


def test_flag_beats_environment_beats_toml_beats_default(toml: Path) -> None:
    toml.write_text('host = "toml"\nbrand = "toml"\nmail_delay = 7\n')
    environ = {"DESKBELL_HOST": "environment", "DESKBELL_BRAND": "environment"}
    settings = load_settings({"host": "flag", "port": None}, environ, toml)
    assert (settings.host, settings.brand) == ("flag", "environment")
    assert (settings.mail_delay, settings.port) == (7, 8000)


def test_toml_in_the_data_folder_is_found(toml: Path) -> None:
    toml.write_text("port = 9000\n")
    assert load_settings({}, {"DESKBELL_DATA": str(toml.parent)}).port == 9000


def test_toml_can_be_named_by_a_variable(toml: Path) -> None:
    toml.write_text("port = 9000\n")
    assert load_settings({}, {"DESKBELL_CONFIG": str(toml)}).port == 9000


def test_variables_of_others_are_left_alone() -> None:
    assert load_settings({}, {"DESK": "1", "PORT": "1"}) == Settings()


@pytest.mark.parametrize(
    ("variable", "nearest"),
    [
        ("DESKBELL_SITE", "DESKBELL_SITES"),
        ("DESKBELL_SMTP_HOTS", "DESKBELL_SMTP_HOST"),
        ("DESKBELL_HOST_FILE", "DESKBELL_HOST"),
    ],
)
def test_unknown_variable_names_the_nearest_real_one(variable: str, nearest: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings({}, {variable: "x"})
    name = variable.removeprefix("DESKBELL_").lower()
    assert str(caught.value) == (
        f"environment {variable}: there is no setting {name!r}; the nearest is {nearest}"
    )


def test_unknown_toml_key_names_the_nearest_real_one_and_the_file(toml: Path) -> None:
    toml.write_text('publik_url = "https://help.example"\n')
    with pytest.raises(SettingsError, match=rf"{toml}: .*'publik_url'.* nearest is public_url"):
        load_settings({}, {}, toml)


@pytest.mark.parametrize(
    ("variable", "value", "message"),
    [
        ("PORT", "eighty", "must be a whole number, not 'eighty'"),
        ("PORT", "65536", "must be from 0 to 65535, not 65536"),
        ("PORT", "-1", "must be from 0 to 65535, not -1"),
        ("WRITE_QUEUE", "0", "must be at least 1, not 0"),
        ("HOST", "", "must be a text that is not empty, not ''"),
        ("SMTP_SECURITY", "ssl", "must be one of starttls, tls, none, not 'ssl'"),
        ("PUBLIC_URL", "help.example", "must be an address as https://shop.example/help"),
        ("PUBLIC_URL", "https://help.example/\n", "must be an address as https://"),
        ("PUBLIC_URL", "https://help.example:x", "must be an address as https://"),
        ("MAIL_FROM", "Shop Support", "must be a sender as Shop <support@shop.example>"),
        ("MAIL_FROM", "a@shop.example\nBcc: b", "must be a sender as Shop"),
        ("SITES", "https://a.example,b.example", "must be origins as https://shop.example"),
        ("SITES", "https://a.example/", "must be origins as https://shop.example"),
        ("DATABASE", "postgresql://db/x", "only sqlite:///FILE can be used in this version"),
        ("SECRET", "short", "must have 32 bytes, not 5"),
    ],
)
def test_wrong_value_is_refused_by_name_and_origin(variable: str, value: str, message: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings({}, {f"DESKBELL_{variable}": value})
    assert str(caught.value).startswith(f"environment DESKBELL_{variable}: {message}")


@pytest.mark.parametrize("line", ["port = true", 'brand = ["a"]', "sites = [1]", "host = 1"])
def test_toml_of_the_wrong_type_is_refused(toml: Path, line: str) -> None:
    toml.write_text(line)
    with pytest.raises(SettingsError, match=rf"^{line.partition(' ')[0]} in {toml}: must be "):
        load_settings({}, {}, toml)


def test_broken_or_missing_toml_is_named(toml: Path) -> None:
    with pytest.raises(SettingsError, match=f"cannot read {toml}"):
        load_settings({}, {}, toml)
    toml.write_text("port =")
    with pytest.raises(SettingsError, match=f"cannot read {toml}"):
        load_settings({}, {}, toml)


def test_settings_made_by_hand_are_held_to_the_same_rules() -> None:
    with pytest.raises(SettingsError, match="secret: must have 32 bytes"):
        Settings(secret="short")


def test_lists_come_with_commas_or_as_toml_arrays(toml: Path) -> None:
    toml.write_text('trusted_proxies = ["10.0.0.1", "10.0.0.2"]')
    settings = load_settings(
        {}, {"DESKBELL_SITES": "https://a.example, http://b.example:81,"}, toml
    )
    assert settings.sites == ("https://a.example", "http://b.example:81")
    assert settings.trusted_proxies == ("10.0.0.1", "10.0.0.2")


@pytest.mark.parametrize("missing", ["mail_from", "public_url"])
def test_mail_that_could_not_be_sent_is_told_at_the_start(missing: str) -> None:
    environ = {
        "DESKBELL_SMTP_HOST": "smtp.example",
        "DESKBELL_MAIL_FROM": "help@shop.example",
        "DESKBELL_PUBLIC_URL": "https://help.shop.example",
    }
    assert load_settings({}, environ).smtp_host == "smtp.example"
    del environ[f"DESKBELL_{missing.upper()}"]
    with pytest.raises(SettingsError, match=f"{missing} must be set"):
        load_settings({}, environ)


def test_secrets_can_come_from_files(tmp_path: Path) -> None:
    file = tmp_path / "secret.txt"
    file.write_text(A_SECRET + "\n")
    assert load_settings({}, {"DESKBELL_SECRET_FILE": str(file)}).secret == A_SECRET
    with pytest.raises(SettingsError, match="DESKBELL_SECRET is set as well"):
        load_settings({}, {"DESKBELL_SECRET_FILE": str(file), "DESKBELL_SECRET": A_SECRET})
    with pytest.raises(SettingsError, match="DESKBELL_SECRET_FILE: cannot read"):
        load_settings({}, {"DESKBELL_SECRET_FILE": str(tmp_path / "none")})


def test_secrets_never_show() -> None:
    words = {name: f"hush-{name}-{A_SECRET}" for name in SECRETS}
    settings = load_settings(words, {})
    assert all(getattr(settings, name) == word for name, word in words.items())
    assert "hush" not in repr(settings)
    with pytest.raises(SettingsError) as caught:
        load_settings({}, {"DESKBELL_SECRET": "hush"})
    assert "hush" not in str(caught.value)


def test_the_secret_is_made_once_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "new")
    secret = ensure_secret(settings)
    assert len(secret) >= 32
    assert ensure_secret(settings) == secret
    assert [path.name for path in settings.data.iterdir()] == ["secret"]
    assert stat.S_IMODE((settings.data / "secret").stat().st_mode) == 0o600
    assert ensure_secret(Settings(data=settings.data, secret=A_SECRET)) == A_SECRET.encode()


def test_a_damaged_secret_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("half")
    with pytest.raises(SettingsError, match="fewer than 32 bytes"):
        ensure_secret(Settings(data=tmp_path))


def test_the_database_is_in_the_data_folder_unless_named() -> None:
    assert Settings(data=Path("d")).database_url == "sqlite:///d/deskbell.sqlite3"
    assert Settings(database="sqlite:////var/x.db").database_url == "sqlite:////var/x.db"


def test_every_setting_is_documented_as_it_is_declared() -> None:
    rows = [line for line in DOCUMENT.read_text().splitlines() if line.startswith("| `")]
    documented = {row.split("`")[1]: row for row in rows}
    assert documented.keys() == TYPES.keys()
    for name, row in documented.items():
        default = getattr(Settings(), name)
        shown = "" if default in (None, ()) else f"`{default}`"
        assert row.split("|")[3].strip() == shown, name
        assert f"`DESKBELL_{name.upper()}`" in row
        assert row.endswith(f"| {Settings.__dataclass_fields__[name].metadata['doc']} |")
