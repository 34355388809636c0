"""``nianbao chat``: the conversation in the browser."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.errors import MissingDependency, UsageError, install_hint, reason_of
from assistant.interfaces.cli.commands.shared_options import LexiconOption, ProfileOption, lexicon_from

if TYPE_CHECKING:
    from assistant.interfaces.chat.accounts import Accounts
    from assistant.interfaces.chat.desk import Desk

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "chat",
        epilog="示例：nianbao chat --port 7860；多人使用：nianbao chat --add-user 张三，再 nianbao chat --host 0.0.0.0 --name 内网主机名",
    )(chat)


def chat(
    host: Annotated[str, typer.Option("--host", help="监听的地址；默认只有本机能访问")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="端口", min=1, max=65535)] = 7860,
    folder: Annotated[
        Path | None, typer.Option("--data", help="存放草稿的文件夹；默认在用户目录下的 .nianbao")
    ] = None,
    names: Annotated[
        list[str] | None, typer.Option("--name", help="对外访问时浏览器里填写的主机名或 IP，可多次")
    ] = None,
    add_user: Annotated[str | None, typer.Option("--add-user", help="添加用户（或更改密码）后退出")] = None,
    remove_user: Annotated[str | None, typer.Option("--remove-user", help="取消用户后退出")] = None,
    lexicon: LexiconOption = None,
    profile: ProfileOption = None,
) -> int:
    """在浏览器里用对话的方式起草年报。"""
    place = folder or _home()
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    accounts = _accounts(place)
    if add_user or remove_user:
        return _manage(accounts, add_user, remove_user)
    people = accounts.names
    if host not in ("127.0.0.1", "localhost", "::1") and not people:
        raise UsageError("对其他电脑开放之前要先建立用户；请运行 nianbao chat --add-user 用户名")
    _serve(
        host, port, tuple(names or ()), accounts if people else None, lambda: _desk(place, lexicon, profile)
    )
    return 0


def _home() -> Path:
    return Path(os.environ.get("NIANBAO_DATA", "") or Path.home() / ".nianbao")


def _accounts(place: Path) -> Accounts:
    from assistant.interfaces.chat.accounts import Accounts

    return Accounts(place / "people.sqlite")


def _manage(accounts: Accounts, add: str | None, remove: str | None) -> int:
    if remove:
        accounts.remove(remove)
        print(f"已取消用户“{remove}”")
    if add:
        password = typer.prompt("密码（至少 8 位）", hide_input=True, confirmation_prompt="再输一次")
        accounts.set_password(add, password)
        print(f"已添加用户“{add}”")
    return 0


def _desk(place: Path, lexicon: Path | None, profile: Path | None) -> Desk:
    """The desk of a server that keeps its state in ``place``."""
    from assistant.interfaces.chat.desk import Desk
    from assistant.interfaces.chat.server import prepare_environment
    from assistant.office.profile import find_profile

    prepare_environment(place)
    return Desk(place, lexicon_from(lexicon), find_profile(None, profile))


def _serve(
    host: str, port: int, names: tuple[str, ...], accounts: Accounts | None, open_desk: Callable[[], Desk]
) -> None:
    try:
        from importlib.util import find_spec
        from threading import Thread

        import uvicorn

        from assistant.interfaces.chat.server import Doors, build_app

        if find_spec("langgraph.checkpoint.sqlite") is None:
            # it is loaded beside the start, where nobody would see that it is missing
            raise ImportError(name="langgraph-checkpoint-sqlite")
        desk = open_desk()
        app = build_app(desk, Doors(accounts, (host, *names, "127.0.0.1", "localhost")))
    except ImportError as error:
        raise MissingDependency(
            f"对话界面需要的软件包 {error.name} 没有安装；{install_hint('chat')}"
        ) from error
    _free(host, port)
    print(
        f"年报助手已启动：http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}（按 Ctrl+C 结束）",
        flush=True,
    )
    Thread(target=desk.warm, daemon=True).start()
    uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False)
    desk.close()


def _free(host: str, port: int) -> None:
    """UsageError when something else listens there, instead of a traceback of the server's."""
    import socket

    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise UsageError(f"端口 {port} 不能使用（{reason_of(error)}）；请用 --port 换一个") from error
