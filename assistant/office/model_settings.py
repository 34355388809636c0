"""The settings of the language model, from the environment (NIANBAO_…) and the table [model] of nianbao.toml."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import AnyHttpUrl, Field, SecretStr, TypeAdapter, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from assistant.errors import ModelNotReady, UsageError
from assistant.office.settings_file import read_tables, settings_file, unknown_key

__all__ = ["Method", "ModelSettings", "load_settings", "settings_file"]

Method = Literal["json_schema", "function_calling", "json_mode", "text"]
"""How structured output is asked for, the strictest first."""


class _ModelTable(PydanticBaseSettingsSource):
    """Reads the table [model] of the settings file; other tables belong to other parts of the program."""

    def get_field_value(self, field: Any, field_name: str) -> tuple[Any, str, bool]:
        return self._table().get(field_name), field_name, False

    def __call__(self) -> dict[str, Any]:
        table = self._table()
        for name in table:
            if name not in self.settings_cls.model_fields:
                known = list(self.settings_cls.model_fields)
                raise ModelNotReady(unknown_key(settings_file(), "model", name, known))
        return {name: value for name, value in table.items() if value != ""}

    @staticmethod
    def _table() -> dict[str, Any]:
        path = settings_file()
        if not path.is_file():
            return {}
        try:
            table: dict[str, Any] = read_tables(path).get("model", {})
        except UsageError as error:
            raise ModelNotReady(str(error)) from None
        return table


class ModelSettings(BaseSettings):
    """Everything that may be set about the model. Without ``model`` and an address no model is used.

    Times are in seconds, prices and spending in yuan (prices for one million tokens).
    """

    model_config = SettingsConfigDict(
        env_prefix="NIANBAO_", env_ignore_empty=True, extra="ignore", frozen=True, hide_input_in_errors=True
    )

    model: str = ""
    base_url: str = ""
    api_key: SecretStr | None = None
    preset: str = ""
    """name of a provider in presets.toml; by default found from the address"""
    method: Method | Literal["auto"] = "auto"
    thinking: bool = False
    """leave the thinking mode of the model on; slower and dearer, and not needed for this task"""
    stream: bool = False
    """ask for the answer piece by piece, for proxies that cut long silences"""
    temperature: float | None = Field(default=0, ge=0, le=2)
    max_output_tokens: int = Field(default=4096, ge=64, le=200_000)

    connect_timeout: float = Field(default=5, gt=0, le=120)
    timeout: float = Field(default=60, gt=0, le=3600)
    """longest silence of the server within one answer"""
    deadline: float = Field(default=300, gt=0, le=7200)
    """longest time for all calls of one draft together"""
    retries: int = Field(default=2, ge=0, le=10)
    backoff: float = Field(default=0.5, gt=0, le=60)
    """pause before the first retry; doubles each time, with jitter"""
    longest_wait: float = Field(default=30, ge=0, le=600)
    """a Retry-After beyond this is not waited for"""
    max_answer_bytes: int = Field(default=4_000_000, ge=10_000)

    requests_per_minute: int | None = Field(default=None, ge=1)
    tokens_per_minute: int | None = Field(default=None, ge=1)
    max_requests: int = Field(default=40, ge=1)
    """requests for one draft, retries included"""
    max_spend: float | None = Field(default=None, ge=0)
    """yuan, for all drafts of one run of the program"""
    input_price: float | None = Field(default=None, ge=0)
    output_price: float | None = Field(default=None, ge=0)

    repair_rounds: int = Field(default=2, ge=0, le=5)
    rewrite: bool = True
    """let the model polish the prose; figures stay slots and a fact diff guards it"""
    chunk_chars: int = Field(default=3000, ge=200)
    overlap_chars: int = Field(default=200, ge=0)
    cache_dir: Path | None = None
    """where the negotiated method is remembered; by default the user's cache directory"""

    @field_validator("base_url")
    @classmethod
    def _address(cls, value: str) -> str:
        value = value.strip().rstrip("/")
        if not value:
            return ""
        TypeAdapter(AnyHttpUrl).validate_python(value)
        parts = urlsplit(value)
        if parts.username or parts.password or parts.query or parts.fragment:
            raise ValueError("address with credentials, query or fragment")
        # people paste the address of the call itself
        return value.removesuffix("/chat/completions").removesuffix("/completions").rstrip("/")

    @field_validator("model", "preset")
    @classmethod
    def _stripped(cls, value: str) -> str:
        return value.strip()

    @property
    def configured(self) -> bool:
        """Whether a model and where to reach it are named."""
        return bool(self.model and (self.base_url or self.preset))

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What is passed wins over the environment, the environment over the file."""
        return init_settings, env_settings, _ModelTable(settings_cls)


def load_settings(**changes: Any) -> ModelSettings:
    """The settings in force; ``changes`` win. ModelNotReady with one Chinese line when one of them is wrong.

    The wrong value itself is not repeated: it may be a key in the wrong place.
    """
    try:
        return ModelSettings(**changes)
    except ValidationError as error:
        names = sorted(
            {str(e["loc"][0]) for e in error.errors(include_input=False, include_context=False) if e["loc"]}
        )
        places = "、".join(f"NIANBAO_{name.upper()}" for name in names)
        raise ModelNotReady(
            f"模型设置有误：{places} 的值不合要求；请改正环境变量或 {settings_file().name} 中 [model] 的相应项"
        ) from None
