"""Loads the prompts of prompts/: TOML front matter between +++ lines, then the text as a Jinja template."""

from __future__ import annotations

import re
import tomllib
from functools import cache

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.errors import FormError
from assistant.resources import prompts_dir

__all__ = ["Example", "Prompt", "load_prompt"]

_FILE = re.compile(r"\A\+\+\+\n(?P<head>.*?)\n\+\+\+\n(?P<text>.*)\Z", re.S)


class Example(BaseModel):
    """A message and the answer that is right for it (JSON text); a test holds that its quotes are in the message."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    message: str
    answer: str


class Prompt(BaseModel):
    """One prompt: its version goes up whenever its wording changes; ``needs`` are the names its text uses."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    version: int = Field(ge=1)
    purpose: str
    needs: tuple[str, ...] = ()
    output: str
    example: tuple[Example, ...] = ()
    text: str

    def render(self, **names: object) -> str:
        """The text with its names filled in; FormError when one is missing or not needed."""
        from jinja2 import Environment, StrictUndefined

        if set(names) != set(self.needs):
            raise FormError(f"提示词 {self.id} 需要 {sorted(self.needs)}，收到 {sorted(names)}")
        environment = Environment(
            undefined=StrictUndefined, autoescape=False, trim_blocks=True, lstrip_blocks=True
        )
        return environment.from_string(self.text).render(**names, examples=self.example).strip()


@cache
def load_prompt(name: str) -> Prompt:
    """The prompt of that id; FormError when the file is missing or not well formed (unknown keys included)."""
    path = prompts_dir() / f"{name}.md"
    if not path.is_file():
        raise FormError(f"安装不完整：找不到提示词 {name}；请重新安装 nianbao")
    match = _FILE.match(path.read_text(encoding="utf-8"))
    if match is None:
        raise FormError(f"提示词 {name} 没有以 +++ 括起的文件头")
    try:
        prompt = Prompt.model_validate({**tomllib.loads(match["head"]), "text": match["text"]})
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise FormError(f"提示词 {name} 的文件头有误：{error}") from None
    if prompt.id != name:
        raise FormError(f"提示词 {name} 的文件头写的是 {prompt.id}")
    return prompt
