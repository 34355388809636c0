"""``nianbao doctor``: says in plain Chinese whether a model can be used, which ways of asking work, and what to change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from assistant.llm.chat import ChatModel
    from assistant.office.model_settings import ModelSettings

__all__ = ["register"]

_METHODS = {
    "json_schema": "json_schema（按结构约束输出）",
    "function_calling": "函数调用",
    "json_mode": "json_mode（只保证是 JSON）",
    "text": "普通文本中找 JSON",
}
_GOOD, _BAD, _NOTE = "[通过]", "[不通过]", "[提示]"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "doctor",
        epilog="\b\n示例：\n  nianbao doctor --presets\n  NIANBAO_MODEL=qwen-plus NIANBAO_PRESET=qwen nianbao doctor",
    )(doctor)


def doctor(
    presets: Annotated[bool, typer.Option("--presets", help="列出各家服务的地址写法和提示")] = False,
) -> int:
    """检查模型设置和模型服务；不发送任何材料，只发一句固定的试题。"""
    if presets:
        _print_presets()
        return 0
    from assistant.errors import ModelError, ModelNotReady

    try:
        from assistant.llm.chat import ChatModel
        from assistant.office.model_settings import load_settings

        settings = load_settings()
        if not settings.configured:
            print(f"{_NOTE} 没有配置模型。离线起草、核对、导出都可以正常使用")
            print(
                "如需使用模型：设置 NIANBAO_MODEL（模型名称）和 NIANBAO_BASE_URL（地址）或 NIANBAO_PRESET（服务名称）"
            )
            print("各家服务的写法：nianbao doctor --presets")
            return 0
        model = ChatModel(settings)
    except ModelNotReady as error:
        print(f"{_BAD} {error}")
        return 1
    from assistant.llm.running import run_sync

    _print_settings(settings, model)
    try:
        return run_sync(_examine(model))
    except ModelError as error:
        print(f"{_BAD} {error}")
        print("结论：现在不能使用模型；--engine auto 会自动离线起草")
        return 1


def _print_settings(settings: ModelSettings, model: ChatModel) -> None:
    from assistant.llm.probe import warnings_of

    key = "已设置" if settings.api_key is not None else "未设置"
    print(f"模型 {settings.model}，地址 {model.address}，按“{model.preset.title}”处理，密钥{key}")
    for line in warnings_of(model):
        print(f"{_NOTE} {line}")


async def _examine(model: ChatModel) -> int:
    """Ask the endpoint; 0 when a method works."""
    from assistant.errors import ModelDenied, ModelError
    from assistant.llm.probe import listed_models, try_methods

    async with model:
        try:
            names = await listed_models(model)
        except ModelDenied as error:
            if "401" in str(error) or "网页" in str(error):
                raise
            print(f"{_NOTE} 服务没有给出模型清单，不影响使用")
        except ModelError as error:
            print(f"{_BAD} {error}")
            print("结论：现在不能使用模型；--engine auto 会自动离线起草")
            return 1
        else:
            _print_models(model.settings.model, names)
        trials = await try_methods(model)
    for trial in trials:
        mark = _GOOD if trial.works else _BAD
        result = trial.note or f"{'答对' if trial.right else '格式正确，但内容答错'}，{trial.seconds:.1f} 秒"
        print(f"{mark} {_METHODS[trial.method]}：{result}")
    return _conclude(model, [t.method for t in trials if t.works], any(t.right for t in trials))


def _print_models(name: str, names: tuple[str, ...]) -> None:
    if name in names:
        print(f"{_GOOD} 服务可以连接，清单中有 {name}")
    elif names:
        print(
            f"{_NOTE} 服务可以连接，但清单中没有 {name}；清单中有：{'、'.join(names[:8])}{'等' if len(names) > 8 else ''}"
        )
    else:
        print(f"{_GOOD} 服务可以连接")


def _conclude(model: ChatModel, working: list[str], right: bool) -> int:
    if not working:
        print("结论：这个模型不能给出可用的结构，请更换模型或服务；--engine auto 会自动离线起草")
        print(f"{_NOTE} {model.preset.hint}")
        return 1
    ledger = model.ledger
    print(
        f"结论：可以使用，采用{_METHODS[working[0]]}，已记住；试用共 {ledger.requests} 次请求，{ledger.input_tokens + ledger.output_tokens} 词元"
    )
    if not right:
        print(f"{_NOTE} 试题答错，模型能力不足，读取主要靠离线完成；建议换用更大的模型")
    print(f"{_NOTE} 批量接口：{'支持' if model.preset.batch else '不支持或未知'}")
    return 0


def _print_presets() -> None:
    from assistant.llm.presets import all_presets

    for name, preset in all_presets().items():
        if name == "default":
            continue
        print(f"{name:<10} {preset.title}")
        print(f"           地址：{preset.address}；{preset.hint}")
