"""Takes an event for what it means: facts to read, a change to make, an answer to the question that was asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from assistant.assembly.questions import OPEN_FIGURES
from assistant.checks.together.previous import wrong_unit
from assistant.drafting.table_edits import edit_patch
from assistant.drafting.unread import NOT_READ
from assistant.extraction.patch_open import answered
from assistant.extraction.patch_words import read_patches
from assistant.extraction.patches import Patch, SetValue, Verb
from assistant.forms import CellKey
from assistant.interfaces.chat.asking import aspect_asked, next_question, short_answer
from assistant.interfaces.chat.ledger import Ledger
from assistant.interfaces.chat.second_reader import added_by_model
from assistant.interfaces.chat.turns import Event, Turn, new_turn
from assistant.interfaces.chat.unit_words import is_unit_answer, unit_in
from assistant.interfaces.chat.which_year import meant_this_year, which_year
from assistant.numerals import fold
from assistant.report import AnnualReport
from assistant.report.draft import Draft
from assistant.report.facts import Aspect, Evidence, FactKind
from assistant.report.findings import Question

__all__ = ["asked_in", "skipped_in", "understand"]

_LONG = 1500
"""characters above which a text is kept in the store and not in the state"""
_SHORT_TALK = 24
_TALK = re.compile(
    r"(?:嗯|哦|噢|额|呃|好[的吧了啊]?(?![的]?\w{6})|行[吧了啊]?$|可以[了吧]?$|收到|谢谢|辛苦|您好|你好|在吗|让我|我(?:再|先)?(?:想|看|查|问|核|找|去)|等一?[下会]|稍等"
    r"|怎么|为什么|为啥|咋|什么|哪|是不是|能不能|可不可以|能否|算了|先这样|不知道|不清楚|没想好|以后再|回头|随便|你(?:看|说|帮|写|来|觉)|没有?(?:了|别的|什么)"
    r"|.*(?:吗|么|呢|[?？])[。!！?？]*$)"
)
_SENTENCE = re.compile(r"[^。；;\n]+")


def asked_in(log: Sequence[Turn], draft: Draft) -> Question | None:
    """The question that stands after these turns: one the last turn left open, else the next of the draft's own."""
    if log and log[-1]["asked"]:
        return Question.model_validate(log[-1]["asked"])
    return next_question(draft, skipped_in(log), _put_often(log))


def _put_often(log: Sequence[Turn]) -> str:
    """What was said before the last answer, which itself puts the question now due; see :func:`next_question`."""
    return "\n".join(t["reply"] for t in log[:-1])


def skipped_in(log: Sequence[Turn]) -> set[str]:
    """Keys of the questions that were put off."""
    return {t["skip"] for t in log if t["skip"]}


def understand(log: Sequence[Turn], event: Event, ledger: Ledger, keep: Callable[[str], str]) -> Turn:
    """The turn that an event makes after ``log``; ``keep`` stores a long text and gives its key. Reads no clock."""
    turn = new_turn(event)
    before = ledger.draft(log)
    if event["kind"] == "message":
        _message(turn, _storable(event["text"]), log, before, ledger)
    elif event["kind"] == "file":
        turn["source"] = _free_name(event["name"], before)
        turn["said"] = f"上传材料：{event['name']}"
        _hold(turn, _storable(event["text"]), keep)
        turn["profile"] = unit_in(event["text"], before)
    elif event["kind"] == "previous":
        turn["said"] = f"上传上年年报：{event['name']}"
        turn["blob"] = keep(event["report"])
        turn["notes"] = _of_another_unit(event["report"], before, ledger.options(log).settings.renamed)
    elif event["kind"] == "edit":
        _edit(turn, event, before, ledger, log)
    if turn["kind"] in ("message", "file") and not turn["used"]:
        turn["read"] = added_by_model(ledger.text(turn), turn["source"], ledger.options([*log, turn]))
    if turn["kind"] == "message":
        _hold(turn, turn["text"], keep)
    return turn


def _of_another_unit(earlier: str, draft: Draft, renamed: Mapping[str, str]) -> list[str]:
    """Units are renamed, so last year's report (as JSON) under another name is taken, and the clerk told."""
    why = wrong_unit(draft.report, AnnualReport.model_validate_json(earlier), renamed)
    return [f"请注意：{why}；如果传错了，请点“撤销”。"] if why else []


def _storable(text: str) -> str:
    """The text without halves of characters and NULs, which no file can hold."""
    return text.encode("utf-8", "ignore").decode().replace("\x00", "")


def _hold(turn: Turn, text: str, keep: Callable[[str], str]) -> None:
    turn["text"], turn["blob"] = (text, "") if len(text) <= _LONG else ("", keep(text))


def _free_name(name: str, draft: Draft) -> str:
    free, number = name, 2
    while free in draft.sources:
        free, number = f"{name}（{number}）", number + 1
    return free


# ---------------------------------------------------------------- messages
def _message(turn: Turn, text: str, log: Sequence[Turn], before: Draft, ledger: Ledger) -> None:
    asked = asked_in(log, before)
    turn["said"] = text
    turn["source"] = source = _free_name(f"第{sum(t['kind'] == 'message' for t in log) + 1}句话", before)
    if meant_this_year(turn, text, log, ledger.text(log[-1]) if log else "") is not None:
        return
    # 没有 stands for the words of the choice; those are what is read and quoted
    turn["text"] = text = short_answer(text, asked, before)
    turn["answers"] = _answers(text, asked)
    if profile := is_unit_answer(text, asked, before):
        turn["profile"], turn["used"] = profile, [[0, len(text)]]
        return
    understood = read_patches(text, source, before, asked=asked)
    _change(turn, understood.patches, understood.used)
    if _speaks_of_open(log, asked) and not understood.patches:
        placed = answered(text, source, before, ledger.draft([*log, turn]))
        _change(turn, [placed] if placed else [], [])
    if understood.question is not None:
        turn["asked"] = understood.question.model_dump(mode="json")
        return
    turn["profile"] = unit_in(text, before)
    if not turn["patches"] and (open_year := which_year(turn, ledger.draft([*log, turn]))) is not None:
        turn["asked"] = open_year.model_dump(mode="json")
        return
    aspect = aspect_asked(asked)
    if (
        aspect is not None
        and not understood.patches
        and not _is_talk(text)
        and not _brings_figures(turn, log, ledger)
    ):
        _activities(turn, text, aspect)


def _answers(text: str, asked: Question | None) -> list[str]:
    """What a message answers, if it is an answer: its figures were asked for, so that nobody need confirm them again."""
    if asked is None or asked.code in ("CONFIRM", "PROFILE"):
        return []
    return ["*"] if text in asked.choices else list(asked.about)


def _speaks_of_open(log: Sequence[Turn], asked: Question | None) -> bool:
    """Whether a message may say where open figures belong: they were asked about, or just named as not read."""
    return (asked is not None and OPEN_FIGURES in asked.text) or (bool(log) and NOT_READ in log[-1]["reply"])


def _is_talk(text: str) -> bool:
    """让我想想, 怎么还没好: words to the assistant, none for the report."""
    return bool(_TALK.match(fold(text.strip()))) and len(text) <= _SHORT_TALK


def _change(turn: Turn, patches: Sequence[Patch], used: Sequence[tuple[int, int]]) -> None:
    turn["patches"] = [p.model_dump(mode="json") for p in patches]
    turn["used"] = [[a, b] for a, b in used]


def _brings_figures(turn: Turn, log: Sequence[Turn], ledger: Ledger) -> bool:
    facts = ledger.draft([*log, turn]).facts
    own = [f for f in facts if f.evidence and f.evidence[0].source == turn["source"]]
    return any(f.kind is not FactKind.ACTIVITY for f in own)


def _activities(turn: Turn, text: str, aspect: Aspect) -> None:
    """The answer to a question about an aspect belongs to that aspect, whatever its words are."""
    patches = []
    for match in _SENTENCE.finditer(text):
        words = match.group().strip()
        start = match.start() + match.group().index(words) if words else 0
        if len(words) < 4:
            continue
        evidence = Evidence(source=turn["source"], start=start, end=start + len(words), quote=words)
        patches.append(Patch(verb=Verb.ADD_ACTIVITY, aspect=aspect, text=words, evidence=evidence))
    if patches:
        _change(turn, patches, [(0, len(text))])


# ---------------------------------------------------------------- the grid
def _edit(turn: Turn, event: Event, before: Draft, ledger: Ledger, log: Sequence[Turn]) -> None:
    changes = [SetValue(where=where, value=value) for where, value in event["sets"]]
    form = before.report.layout
    known = [c for c in changes if c.where.startswith("info_fee.") or form.has(CellKey.parse(c.where))]
    turn["source"] = _free_name(f"表格填改{sum(t['kind'] == 'edit' for t in log) + 1}", before)
    text, patch = edit_patch(before, known, turn["source"], lambda p: ledger.draft([*log, _with(turn, p)]))
    turn["text"] = text
    turn["said"] = event.get("said", "") or text
    _change(turn, [patch], [(0, len(text))])


def _with(turn: Turn, trial: tuple[str, Patch]) -> Turn:
    text, patch = trial
    return Turn(
        **{**turn, "text": text, "patches": [patch.model_dump(mode="json")], "used": [[0, len(text)]]}
    )
