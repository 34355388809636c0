"""The page: conversation to the left, living report to the right; one function an event, one constructor."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape
from typing import Any

import gradio as gr

from assistant.documents.readable import READABLE
from assistant.errors import NianbaoError, UsageError
from assistant.interfaces.chat import events, intake
from assistant.interfaces.chat.desk import Desk, Snapshot
from assistant.interfaces.chat.doors import ALONE, COOKIE, login_of
from assistant.interfaces.chat.limits import LONGEST_MESSAGE
from assistant.interfaces.chat.panels import chips_html, desk_html, head_html, talk_html, welcome_html
from assistant.interfaces.chat.turnstile import Turnstile
from assistant.interfaces.chat.uploads import Person, Uploads
from assistant.resources import templates_dir

__all__ = ["build_page", "page_head", "page_theme"]

_AT_ONCE = 512
"""events the framework has under way: what waits its turn waits in the turnstile, not here"""


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
  window.nbSent = given.text || "";
  if (words && !(given.files || []).length) setTimeout(() => {
    const sent = given.text || "";
    words.value = words.value.startsWith(sent) ? words.value.slice(sent.length) : words.value;
    words.dispatchEvent(new Event("input", { bubbles: true }));
  });
"""
"""empties the box when a message goes off, not when its answer comes"""
_IDS = "[].concat({files}).filter(Boolean).map((file) => file.path).join(' ')"
"""uploads go to the server as ids in a text field; no description of a file is ever sent, and none would be taken"""


@dataclass(frozen=True)
class _Outcome:
    """What an event came to: the values of the page, and what went wrong (empty when nothing did)."""

    shown: list[Any]
    wrong: str = ""


def _person(request: gr.Request) -> Person:
    """Who the server says is behind an event."""
    cookies = request.request.cookies if request.request is not None else {}
    return Person(request.username or ALONE, login_of(cookies.get(COOKIE)))


class _Page:
    """The components, and how each event changes them. All work is done in the turnstile, when it is one's turn."""

    def __init__(self, desk: Desk, uploads: Uploads, turnstile: Turnstile) -> None:
        self._desk, self._uploads, self._turnstile = desk, uploads, turnstile

    # ------------------------------------------------------------ what is shown
    def _shown(self, snapshot: Snapshot, owner: str) -> list[Any]:
        """Values of the components that show the draft, in their order."""
        started = bool(snapshot.log)
        user = "" if owner == ALONE else owner
        return [
            snapshot.id,
            head_html(snapshot, self._desk.list(owner), user),
            gr.update(visible=not started),
            gr.update(value=talk_html(snapshot.log), visible=started),
            chips_html(snapshot),
            desk_html(snapshot),
        ]

    def _tried(self, owner: str, draft: str, change: Callable[[str, str], Snapshot]) -> _Outcome:
        """Carry out a change of the draft for its owner; what goes wrong becomes one line and the draft stays."""
        try:
            # who is quicker than the page's first answer means the draft that it is about to show
            draft = draft or self._desk.latest(owner).id
            return _Outcome(self._shown(change(draft, owner), owner))
        except NianbaoError as error:
            return _Outcome(self._shown(self._still(draft, owner), owner), str(error))

    def _still(self, draft: str, owner: str) -> Snapshot:
        """The draft as it was, else the last one that can be opened, else a new one."""
        for opened in (partial(self._desk.open, draft, owner), partial(self._desk.latest, owner)):
            try:
                return opened()
            except NianbaoError:
                continue
        return self._desk.new(owner)

    async def _waited(self, person: Person, work: Callable[[], _Outcome]) -> _Outcome:
        """The outcome once it was this person's turn, with what went wrong said on the page."""
        try:
            outcome = await self._turnstile.run(person.name, work)
        except UsageError as error:
            # too much of theirs waits already: nothing was done, and the page stays as it is
            raise gr.Error(
                escape(str(error), quote=False), title="没有完成", print_exception=False
            ) from error
        if outcome.wrong:
            # the page shows it as markup: a file may be called anything
            gr.Warning(escape(outcome.wrong, quote=False), title="没有完成")
        return outcome

    async def _done(
        self, request: gr.Request, draft: str, change: Callable[[str, str], Snapshot]
    ) -> list[Any]:
        person = _person(request)
        return (await self._waited(person, lambda: self._tried(person.name, draft, change))).shown

    # ------------------------------------------------------------ events
    async def load(self, draft: str, request: gr.Request) -> list[Any]:
        """The page was opened or reloaded: the draft of the address, else the last one used."""
        owner = _person(request).name
        return (
            await self._waited(
                _person(request), lambda: _Outcome(self._shown(self._still(draft, owner), owner))
            )
        ).shown

    async def message(self, box: dict[str, Any], picked: str, draft: str, request: gr.Request) -> list[Any]:
        """Something was typed or dropped into the box; what could not be taken in stays there to be sent again.

        ``picked`` are ids of uploads with spaces between; files that the box itself names are not looked at.
        """
        person, keys = _person(request), str(picked or "").split()
        text = str(box.get("text") or "")

        def change(draft: str, owner: str) -> Snapshot:
            snapshot = self._with_files(draft, person, keys)
            return events.say(self._desk, draft, owner, text) if text.strip() else snapshot

        outcome = await self._waited(person, lambda: self._tried(person.name, draft, change))
        # the page has emptied the box at once, and what is being typed there by now must stay
        left = (
            gr.skip()
            if not outcome.wrong and not keys
            else gr.MultimodalTextbox(value={"text": text if outcome.wrong else "", "files": []})
        )
        return [left, *outcome.shown]

    def _with_files(self, draft: str, person: Person, keys: Sequence[str]) -> Snapshot:
        """The draft with these uploads taken in; the first that could not be read is the error, after all the others."""
        snapshot = self._desk.open(draft, person.name)
        broken: list[NianbaoError] = []
        for key in keys:
            try:
                with self._uploads.taken(key, person) as (name, content):
                    event = intake.file_event(content, name, snapshot.draft)
                snapshot = self._desk.send(draft, person.name, event)
            except NianbaoError as error:
                # one file that cannot be read does not keep out the others
                broken.append(error)
        if broken:
            raise broken[0]
        return snapshot

    async def previous(self, _file: object, picked: str, draft: str, request: gr.Request) -> list[Any]:
        """Last year's report was chosen; ``picked`` is the id of its upload."""
        person, key = _person(request), str(picked or "").strip()

        def change(draft: str, owner: str) -> Snapshot:
            snapshot = self._desk.open(draft, owner)
            if not key:
                return snapshot
            with self._uploads.taken(key, person) as (name, content):
                event = intake.previous_event(content, name, snapshot.draft)
            return self._desk.send(draft, owner, event)

        return await self._done(request, draft, change)

    async def click(self, draft: str, request: gr.Request, data: gr.EventData) -> list[Any]:
        """A click on something that acts."""
        given = _given(data)
        return await self._done(
            request, draft, lambda mine, owner: events.act(self._desk, mine, owner, given)
        )

    async def edit(self, draft: str, request: gr.Request, data: gr.EventData) -> list[Any]:
        """Cells were typed or pasted into the tables of the draft that was shown then, which may not be the one shown now."""
        given = _given(data)
        typed_in = str(given.get("draft") or draft)

        def change(mine: str, owner: str) -> Snapshot:
            put = events.edit_block if "block" in given else events.edit
            now = put(self._desk, typed_in or mine, owner, given.get("block") or given.get("sets"))
            return now if typed_in in ("", mine) else self._desk.open(mine, owner)

        return await self._done(request, draft, change)

    async def profile(self, draft: str, request: gr.Request, data: gr.EventData) -> list[Any]:
        """Unit and year were set in the bar."""
        given = _given(data)
        return await self._done(
            request, draft, lambda mine, owner: events.profile(self._desk, mine, owner, given)
        )


def _given(data: gr.EventData) -> dict[str, Any]:
    """What came with an event; a browser may send anything."""
    return data._data if isinstance(data._data, dict) else {}


def _input_box() -> gr.MultimodalTextbox:
    """Where one types and drops files."""
    return gr.MultimodalTextbox(
        elem_id="nb-input", show_label=False, label="输入", file_count="multiple", file_types=[*READABLE], sources=["upload"],
        placeholder="说明数据、回答问题或要求更正，如：把自然人改成4", lines=1, max_lines=8,
        max_plain_text_length=LONGEST_MESSAGE,
    )  # fmt: skip


def build_page(desk: Desk, uploads: Uploads, turnstile: Turnstile) -> gr.Blocks:
    """The page on a desk. It knows nobody's name but the one the server vouches for in each request."""
    page = _Page(desk, uploads, turnstile)
    act, review = _asset("chat/act.js"), _asset("review.js")
    blocks: gr.Blocks = gr.Blocks(title="年报助手", analytics_enabled=False, fill_width=True)
    with blocks:
        draft = gr.Textbox(visible="hidden", elem_id="nb-draft")
        picked = gr.Textbox(visible="hidden", elem_id="nb-picked")
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
                chat = gr.HTML(
                    elem_id="nb-chat",
                    apply_default_css=False,
                    js_on_load=_asset("chat/talk.js"),
                    visible=False,
                )
                chips = gr.HTML(elem_id="nb-chips", apply_default_css=False, js_on_load=act)
                box = _input_box()
                with gr.Row(elem_id="nb-tools"):
                    previous = gr.UploadButton(
                        "上传去年的年报", elem_id="nb-previous", file_types=[*READABLE], size="sm"
                    )
            with gr.Column(scale=7, elem_id="nb-right"):
                right = gr.HTML(
                    elem_id="nb-desk", apply_default_css=False, js_on_load=review + _asset("chat/desk.js")
                )
        shown = [draft, head, welcome, chat, chips, right]
        common: dict[str, Any] = {
            "concurrency_limit": None,
            "api_visibility": "private",
            "show_progress": "hidden",
        }
        here = "new URLSearchParams(location.search).get('draft') || ''"
        blocks.load(page.load, [draft], shown, js=f"() => {here}", **common)
        # before the page has answered, the draft is the one of the address
        mine = f"(given, _, draft) => [null, {_IDS.format(files='given')}, draft || {here}]"
        sent = (
            f"(given, _, draft) => {{ {_EMPTIED} return [{{ text: given.text, files: [] }}, "
            f"{_IDS.format(files='given.files')}, draft || {here}]; }}"
        )
        box.submit(page.message, [box, picked, draft], [box, *shown], js=sent, **common)
        previous.upload(page.previous, [previous, picked, draft], shown, js=mine, **common)
        head.submit(page.profile, [draft], shown, **common)
        right.edit(page.edit, [draft], shown, **common)
        for component in (head, welcome, chips, right):
            component.click(page.click, [draft], shown, **common)
    blocks.max_threads = _AT_ONCE
    blocks.queue(default_concurrency_limit=None)
    return blocks
