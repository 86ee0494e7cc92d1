"""Settings from the environment, read once. The only file that looks at it.

Every name has the prefix DONDOC_. A secret may instead stand in a file named by the same variable with _FILE behind
it (Docker and systemd hand secrets over that way).
"""

import os
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from models.clock import TIMEZONE

PREFIX = "DONDOC_"
LOCAL_NAMES = ("127.0.0.1", "localhost", "::1")


class Settings(BaseSettings):
    """What an installation chooses. URLs and tokens are secret: they may hold passwords and are never printed whole."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, extra="ignore", frozen=True)

    data_dir: Path = Field(default_factory=lambda: default_data_dir())
    database_url: SecretStr = SecretStr("")
    broker_url: SecretStr = SecretStr("")
    telegram_token: SecretStr = SecretStr("")
    telegram_api_url: str = "https://api.telegram.org"
    telegram_webhook_secret: SecretStr = SecretStr("")
    zalo_tokens: Annotated[tuple[SecretStr, ...], NoDecode] = ()
    zalo_api_url: str = "https://bot-api.zaloplatforms.com"
    zalo_webhook_secret: SecretStr = SecretStr("")
    smtp_url: SecretStr = SecretStr("")
    mail_from: str = ""
    public_url: str = ""
    proxy_url: SecretStr = SecretStr("")
    timezone: str = TIMEZONE.key
    http_addr: str = "127.0.0.1:8080"
    simulated_clock: bool = False
    zalo_monthly_quota: int = Field(default=3000, ge=1)
    zalo_people_per_bot: int = Field(default=50, ge=1)

    @field_validator("zalo_tokens", mode="before")
    @classmethod
    def _split_tokens(cls, value: Any) -> Any:
        if isinstance(value, str):
            return tuple(part for part in value.replace(",", " ").split() if part)
        return value

    @field_validator("timezone")
    @classmethod
    def _the_offices_zone(cls, value: str) -> str:
        """Working hours, holidays and report periods are Vietnam's by law; another zone would move every deadline."""
        if value != TIMEZONE.key:
            raise ValueError(f"only {TIMEZONE.key}: working hours and deadlines are Vietnam's; leave it out")
        return value

    @field_validator("http_addr")
    @classmethod
    def _host_and_port(cls, value: str) -> str:
        host, _, port = value.rpartition(":")
        if not host or not port.isdigit() or int(port) > 65535:
            raise ValueError("must be HOST:PORT, for example 127.0.0.1:8080")
        return value

    @field_validator("broker_url")
    @classmethod
    def _amqp(cls, value: SecretStr) -> SecretStr:
        if value.get_secret_value() and urlsplit(value.get_secret_value()).scheme not in ("amqp", "amqps"):
            raise ValueError("must begin with amqp:// or amqps://; leave it out for the embedded queue")
        return _with_port(value)

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: SecretStr) -> SecretStr:
        scheme = urlsplit(value.get_secret_value()).scheme.partition("+")[0]
        if scheme not in ("", "postgresql", "postgres", "sqlite"):
            raise ValueError("must begin with postgresql:// or sqlite:///; leave it out for SQLite in the data folder")
        return _with_port(value)

    @field_validator("telegram_api_url", "zalo_api_url", "public_url")
    @classmethod
    def _http(cls, value: str) -> str:
        if value and urlsplit(value).scheme not in ("http", "https"):
            raise ValueError("must begin with http:// or https://")
        return value.rstrip("/")

    @field_validator("telegram_token")
    @classmethod
    def _telegram_form(cls, value: SecretStr) -> SecretStr:
        token = value.get_secret_value()
        if token and (":" not in token or not token.split(":", 1)[0].isdigit()):
            raise ValueError("does not look like a token of @BotFather (digits, a colon, letters)")
        return value

    @model_validator(mode="after")
    def _clock_is_not_for_real_people(self) -> "Settings":
        if self.simulated_clock and self.has_channel and not self.all_local:
            raise ValueError(
                "simulated_clock is set together with a real channel: people would get reminders of another day. "
                "Remove DONDOC_SIMULATED_CLOCK"
            )
        return self

    @property
    def has_channel(self) -> bool:
        """Whether any messenger's token is set; without one `dondoc run` opens the sandbox."""
        return bool(self.telegram_token.get_secret_value() or self.zalo_tokens)

    @property
    def vendors_reach_us(self) -> bool:
        """Whether our address is one they call: https; or any of this machine, where only the sandbox is the vendor."""
        url = urlsplit(self.public_url)
        return url.scheme == "https" or (url.hostname in LOCAL_NAMES and self.all_local)

    @property
    def for_verbs(self) -> dict[str, int]:
        """What verbs ask their session for (models.database.Database)."""
        return {"zalo_people_per_bot": self.zalo_people_per_bot}

    @property
    def all_local(self) -> bool:
        """Whether every messenger is a stand-in on this machine."""
        urls = [self.telegram_api_url] if self.telegram_token.get_secret_value() else []
        urls += [self.zalo_api_url] if self.zalo_tokens else []
        return all(urlsplit(url).hostname in (*LOCAL_NAMES, "sandbox") for url in urls)

    @property
    def database(self) -> str:
        """The database's URL: SQLite in the data folder by default."""
        return self.database_url.get_secret_value() or f"sqlite:///{self.data_dir / 'dondoc.sqlite3'}"

    @property
    def http_host_port(self) -> tuple[str, int]:
        """Host and port of the web room."""
        host, _, port = self.http_addr.rpartition(":")
        return host.strip("[]"), int(port)


def _with_port(value: SecretStr) -> SecretStr:
    """The same URL, its port a number: a password with / # or ? in it is the usual reason why it is not."""
    try:
        _ = urlsplit(value.get_secret_value()).port
    except ValueError:
        raise ValueError("has no number for a port; in the password write / as %2F, # as %23, ? as %3F") from None
    return value


def default_data_dir() -> Path:
    """$XDG_DATA_HOME/dondoc or ~/.local/share/dondoc."""
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "dondoc"


class SettingsError(Exception):
    """One or more settings are wrong; the text names each variable, what is wrong and never its value."""


def load_settings(**overrides: Any) -> Settings:
    """Read the environment (and files named by …_FILE). Raises SettingsError."""
    try:
        return Settings(**(_from_files() | overrides))
    except ValidationError as error:
        lines = [_sentence(one) for one in error.errors()]
        raise SettingsError("\n".join(lines)) from None


def _from_files() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in Settings.model_fields:
        variable = f"{PREFIX}{name.upper()}"
        path = os.environ.get(f"{variable}_FILE")
        if not path or os.environ.get(variable):
            continue
        try:
            found[name] = Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise SettingsError(f"{variable}_FILE: cannot read {path}: {error.strerror}") from None
    return found


def _sentence(error: Any) -> str:
    names = [str(part) for part in error["loc"]]
    what = str(error["msg"]).removeprefix("Value error, ")
    return f"{PREFIX}{names[0].upper()}: {what}" if names else what


def terminal_language() -> str:
    """The language of what the command line says: "vi" when the locale is Vietnamese, else "en"."""
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "vi" if locale.lower().startswith("vi") else "en"
