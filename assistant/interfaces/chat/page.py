"""The page: conversation to the left, living report to the right; one function an event, one constructor."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import gradio as gr

from assistant.errors import NianbaoError
from assistant.interfaces.chat import events, intake
from assistant.interfaces.chat.desk import Desk, Snapshot
from assistant.interfaces.chat.panels import chips_html, desk_html, head_html, messages_of, welcome_html
from assistant.resources import templates_dir

__all__ = ["FILE_TYPES", "build_page", "page_head", "page_theme"]

FILE_TYPES = [
    ".txt",
    ".md",
    ".csv",
    ".tsv",
    ".docx",
    ".doc",
    ".xlsx",
    ".xls",
    ".html",
    ".htm",
    ".pdf",
    ".json",
]
_ALONE = "local"
"""owner of the drafts where nobody logs in"""
_MAX = 8
"""events of one kind handled at the same time"""


def _asset(name: str) -> str:
    return (templates_dir() / name).read_text(encoding="utf-8")


def page_theme() -> gr.Theme:
    """Fonts that are on the machine; nothing is fetched."""
    return gr.themes.Default(
        font=["system-ui", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif"], font_mono=["monospace"],
        text_size="lg", primary_hue="blue", neutral_hue="slate",
    )  # fmt: skip


def page_head() -> str:
    """Style of the page, in its head so that nothing jumps while it loads."""
    icon = "<link rel='icon' href='data:,'>"
    return f"{icon}<style>{_asset('review.css')}\n{_asset('chat/chat.css')}</style>"


_EMPTIED = """
  const words = document.querySelector("#nb-input textarea");
  if (words && !(given.files || []).length) setTimeout(() => {
    const sent = given.text || "";
    words.value = words.value.startsWith(sent) ? words.value.slice(sent.length) : words.value;
    words.dispatchEvent(new Event("input", { bubbles: true }));
  });
"""
"""empties the box when a message goes off, not when its answer comes"""


class _Page:
    """The components, and how each event changes them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    # ------------------------------------------------------------ what is shown
    def _shown(self, snapshot: Snapshot, owner: str) -> list[Any]:
        """Values of :attr:`outputs`, in their order."""
        started = bool(snapshot.log)
        user = "" if owner == _ALONE else owner
        return [
            snapshot.id,
            head_html(snapshot, self._desk.list(owner), user),
            gr.update(visible=not started),
            gr.update(value=messages_of(snapshot.log), visible=started),
            chips_html(snapshot),
            desk_html(snapshot),
        ]

    def _done(self, request: gr.Request, draft: str, change: Callable[[str, str], Snapshot]) -> list[Any]:
        """Carry out a change of the draft for its owner; what goes wrong becomes one line on the page and the draft stays."""
        return self._tried(request, draft, change)[1]

    def _tried(
        self, request: gr.Request, draft: str, change: Callable[[str, str], Snapshot]
    ) -> tuple[bool, list[Any]]:
        """:meth:`_done`, and whether it went well."""
        owner = request.username or _ALONE
        # who is quicker than the page's first answer means the draft that it is about to show
        draft = draft or self._desk.latest(owner).id
        try:
            return True, self._shown(change(draft, owner), owner)
        except NianbaoError as error:
            # the page shows it as markup: a file may be called anything
            gr.Warning(escape(str(error), quote=False), title="没有完成")
            return False, self._shown(self._still(draft, owner), owner)

    def _still(self, draft: str, owner: str) -> Snapshot:
        try:
            return self._desk.open(draft, owner)
        except NianbaoError:
            return self._desk.latest(owner)

    # ------------------------------------------------------------ events
    def load(self, draft: str, request: gr.Request) -> list[Any]:
        """The page was opened or reloaded: the draft of the address, else the last one used."""
        owner = request.username or _ALONE
        return self._shown(self._still(draft, owner), owner)

    def message(self, box: dict[str, Any], draft: str, request: gr.Request) -> list[Any]:
        """Something was typed or dropped into the box; what could not be taken in stays there to be sent again."""
        files = [str(f) for f in box.get("files") or []]
        text = str(box.get("text") or "")

        def change(draft: str, owner: str) -> Snapshot:
            snapshot = self._desk.open(draft, owner)
            broken: list[NianbaoError] = []
            for file in files:
                try:
                    with intake.taken(file) as path:
                        event = intake.file_event(path, path.name, snapshot.draft)
                    snapshot = self._desk.send(draft, owner, event)
                except NianbaoError as error:
                    # one file that cannot be read does not keep out the others
                    broken.append(error)
            if broken:
                raise broken[0]
            return events.say(self._desk, draft, owner, text) if text.strip() else snapshot

        done, shown = self._tried(request, draft, change)
        # the page has emptied the box at once, and what is being typed there by now must stay
        left = (
            gr.skip()
            if done and not files
            else gr.MultimodalTextbox(value={"text": "" if done else text, "files": []})
        )
        return [left, *shown]

    def previous(self, file: str | None, draft: str, request: gr.Request) -> list[Any]:
        """Last year's report was chosen."""

        def change(draft: str, owner: str) -> Snapshot:
            if file is None:
                return self._desk.open(draft, owner)
            with intake.taken(file) as path:
                event = intake.previous_event(path, path.name, self._desk.open(draft, owner).draft)
            return self._desk.send(draft, owner, event)

        return self._done(request, draft, change)

    def click(self, draft: str, request: gr.Request, data: gr.EventData) -> list[Any]:
        """A click on something that acts."""
        return self._done(request, draft, lambda mine, owner: events.act(self._desk, mine, owner, data._data))

    def edit(self, draft: str, request: gr.Request, data: gr.EventData) -> list[Any]:
        """Cells were typed or pasted into the tables of the draft that was shown then, which may not be the one shown now."""
        given = data._data
        typed_in = str(given.get("draft") or draft)

        def change(mine: str, owner: str) -> Snapshot:
            put = events.edit_block if "block" in given else events.edit
            now = put(self._desk, typed_in or mine, owner, given.get("block") or given.get("sets"))
            return now if typed_in in ("", mine) else self._desk.open(mine, owner)

        return self._done(request, draft, change)

    def profile(self, draft: str, request: gr.Request, data: gr.EventData) -> list[Any]:
        """Unit and year were set in the bar."""
        return self._done(
            request, draft, lambda mine, owner: events.profile(self._desk, mine, owner, data._data)
        )


def _conversation() -> gr.Chatbot:
    """The conversation; what people write is shown as they wrote it, never as markup."""
    return gr.Chatbot(
        elem_id="nb-chat", show_label=False, label="对话", render_markdown=False, buttons=[], feedback_options=None,
        group_consecutive_messages=False, layout="bubble", visible=False,
    )  # fmt: skip


def _input_box() -> gr.MultimodalTextbox:
    """Where one types and drops files."""
    return gr.MultimodalTextbox(
        elem_id="nb-input", show_label=False, label="输入", file_count="multiple", file_types=FILE_TYPES, sources=["upload"],
        placeholder="说明数据、回答问题或要求更正，如：把自然人改成4", lines=1, max_lines=8,
        max_plain_text_length=100_000,
    )  # fmt: skip


def build_page(desk: Desk) -> gr.Blocks:
    """The page on a desk. It knows nobody's name but the one the server vouches for in each request."""
    page = _Page(desk)
    act, review = _asset("chat/act.js"), _asset("review.js")
    blocks: gr.Blocks = gr.Blocks(title="年报助手", analytics_enabled=False, fill_width=True)
    with blocks:
        draft = gr.Textbox(visible="hidden", elem_id="nb-draft")
        head = gr.HTML(elem_id="nb-head", apply_default_css=False, js_on_load=act + _asset("chat/head.js"))
        with gr.Row(elem_id="nb-body"):
            with gr.Column(scale=5, elem_id="nb-left"):
                welcome = gr.HTML(
                    welcome_html(),
                    elem_id="nb-welcome",
                    apply_default_css=False,
                    js_on_load=act,
                    visible=False,
                )
                chat = _conversation()
                chips = gr.HTML(elem_id="nb-chips", apply_default_css=False, js_on_load=act)
                box = _input_box()
                with gr.Row(elem_id="nb-tools"):
                    previous = gr.UploadButton(
                        "上传去年的年报", elem_id="nb-previous", file_types=FILE_TYPES, size="sm"
                    )
            with gr.Column(scale=7, elem_id="nb-right"):
                right = gr.HTML(
                    elem_id="nb-desk", apply_default_css=False, js_on_load=review + _asset("chat/desk.js")
                )
        shown = [draft, head, welcome, chat, chips, right]
        common: dict[str, Any] = {
            "concurrency_limit": _MAX,
            "api_visibility": "private",
            "show_progress": "hidden",
        }
        here = "new URLSearchParams(location.search).get('draft') || ''"
        blocks.load(page.load, [draft], shown, js=f"() => {here}", **common)
        # before the page has answered, the draft is the one of the address
        mine = f"(given, draft) => [given, draft || {here}]"
        sent = f"(given, draft) => {{ {_EMPTIED} return [{{...given}}, draft || {here}]; }}"
        box.submit(page.message, [box, draft], [box, *shown], js=sent, **common)
        previous.upload(page.previous, [previous, draft], shown, js=mine, **common)
        head.submit(page.profile, [draft], shown, **common)
        right.edit(page.edit, [draft], shown, **common)
        for component in (head, welcome, chips, right):
            component.click(page.click, [draft], shown, **common)
    blocks.queue(default_concurrency_limit=_MAX, max_size=256)
    return blocks
