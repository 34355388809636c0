// The right side: tabs, the card that answers where a figure comes from, and the tables one can type into.
(() => {
  const WAIT = 400;
  const LONGEST = 5000; // an action waits no longer than this
  let tab = "report";
  let typing = null; // {cell, text}: where the cursor is while the page is drawn anew; text is null until something is typed
  let pending = {}; // cell -> text, typed and not yet sent
  let timer = 0;
  let shown = ""; // the draft on the page
  let sending = false; // whether figures are on their way
  let waiting = ""; // the action that waits for them, as a selector
  let places = {}; // scroll position by tab
  const narrow = matchMedia("(max-width: 820px)");

  const root = () => element.querySelector(".nb-desk");
  const all = (selector) => [...element.querySelectorAll(selector)];
  const field = (cell) => element.querySelector(`[data-cell="${CSS.escape(cell)}"]`);
  const panes = () => element.querySelector(".nb-panes");

  function open(name) {
    if (!root()) return;
    if (panes()) places[tab] = panes().scrollTop;
    tab = name;
    all(".nb-tabs [data-pane]").forEach((b) => b.setAttribute("aria-selected", String(b.dataset.pane === name)));
    all(".nb-panes > div").forEach((pane) => { pane.hidden = pane.dataset.pane !== name; });
    panes().scrollTop = places[name] || 0;
    if (name !== "report" && name !== "sources") element.querySelector(".nb-card").hidden = true;
  }

  // full-width digits, commas and spaces are what people paste; anything else is not a figure
  const plain = (text) => text.replace(/[０-９．－]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)).replace(/[,，\s]/g, "");
  function figure(text, kind) {
    const words = plain(text);
    if (words === "") return null;
    const shape = kind === "amount" ? /^\d{1,12}(\.\d{1,6})?$/ : kind === "signed" ? /^-?\d{1,12}$/ : /^\d{1,12}$/;
    return shape.test(words) ? words : undefined;
  }

  function totals() {
    // a total of totals is drawn after its parts: two passes reach every level of the form
    for (let pass = 0; pass < 2; pass += 1) {
      for (const total of all("output[data-parts]")) {
        const parts = total.dataset.parts.split(" ").map((cell) => {
          const part = field(cell);
          return part.tagName === "INPUT" ? plain(part.value) : part.textContent;
        });
        const sum = parts.reduce((a, b) => a + (/^\d+$/.test(b) ? Number(b) : 0), 0);
        const complete = parts.every((text) => /^\d+$/.test(text));
        // what the server shows beside blank parts stays, unless the parts known already exceed it
        const shown = complete ? String(sum) : sum > Number(total.dataset.was || Infinity) ? "" : total.dataset.was;
        total.parentElement.classList.toggle("live", shown !== total.dataset.was);
        total.textContent = shown;
      }
    }
  }

  function note(input) {
    const value = figure(input.value, input.dataset.kind);
    input.parentElement.classList.toggle("wrong", value === undefined);
    input.parentElement.title = value === undefined ? "这里应填数字；没有请填 0" : "";
    if (value === undefined) return;
    if ((value ?? "") === input.dataset.was) delete pending[input.dataset.cell];
    else pending[input.dataset.cell] = value ?? "";
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(send, WAIT);
  }

  // what was typed belongs to the draft it was typed into, whichever is shown when it arrives
  const draft = () => root()?.dataset.of || "";

  function send() {
    clearTimeout(timer);
    const sets = Object.entries(pending).map(([cell, text]) => [cell, text === "" ? null : text]);
    if (!sets.length) return;
    pending = {};
    for (const [cell, text] of sets) { const input = field(cell); if (input) input.dataset.was = text ?? ""; }
    sending = true;
    trigger("edit", { sets, draft: draft() });
  }

  // whoever turns to something else has finished typing: that goes first
  function finish() {
    const input = typing && typing.text !== null && field(typing.cell);
    if (input) { note(input); typing.text = null; }
    send();
  }

  function paste(event, input) {
    const text = (event.clipboardData || window.clipboardData).getData("text").replace(/\r/g, "").replace(/\n+$/, "");
    if (!/[\t\n]/.test(text)) return;
    event.preventDefault();
    const rows = text.split("\n").map((line) => line.split("\t"));
    const table = input.closest("[data-table]");
    if (rows.flat().some((words) => !/^[\s/／\-－—]*$/.test(words) && figure(words, "signed") === undefined && figure(words, "amount") === undefined)) {
      // with its labels a block goes where they say
      finish();
      trigger("edit", { block: text, draft: draft() });
      return;
    }
    rows.forEach((line, i) => line.forEach((words, j) => {
      const place = table.querySelector(`[data-row="${+input.dataset.row + i}"][data-col="${+input.dataset.col + j}"]`);
      if (!place || place.tagName !== "INPUT" || figure(words, place.dataset.kind) == null) return;
      place.value = figure(words, place.dataset.kind);
      note(place);
    }));
    typing = { cell: input.dataset.cell, text: null };
    totals();
    send();
  }

  function step(input, down) {
    const rows = [...input.closest("[data-table]").querySelectorAll(`input[data-col="${input.dataset.col}"]`)];
    const next = rows[rows.indexOf(input) + down];
    if (next) { next.focus(); next.select(); }
  }

  function release() {
    sending = false;
    const act = waiting && document.querySelector(waiting);
    waiting = "";
    if (act) act.click();
  }

  function prepare() {
    if (!root()) return;
    if (shown !== draft()) { shown = draft(); typing = null; pending = {}; }
    // fields outlive the drawing, and one that was typed into no longer follows its attribute
    all(".nb-grid input").forEach((input) => { input.value = input.getAttribute("value") ?? ""; input.dataset.was = input.value; });
    all(".nb-grid output").forEach((total) => { total.dataset.was = total.textContent; });
    nbReview(root(), (picked) => {
      const card = element.querySelector(".nb-card");
      card.hidden = false;
      if (picked.mark && tab === "sources") picked.mark.scrollIntoView({ block: "center" });
    });
    for (const [cell, text] of Object.entries(pending)) { const input = field(cell); if (input) input.value = text; }
    open(tab);
    if (typing && field(typing.cell)) {
      const input = field(typing.cell);
      if (typing.text !== null) input.value = typing.text;
      input.focus({ preventScroll: true });
    }
    totals();
    release();
  }

  element.addEventListener("click", (event) => {
    const pane = event.target.closest(".nb-tabs [data-pane]");
    const act = event.target.closest("[data-act]");
    const focus = event.target.closest("[data-focus]");
    if (event.target.closest("[data-back]")) scrollTo({ top: 0, behavior: "smooth" });
    else if (pane) {
      open(pane.dataset.pane);
      // on a phone the report lies below the conversation
      if (narrow.matches) element.scrollIntoView({ behavior: "smooth" });
    }
    else if (act) trigger("click", { ...act.dataset });
    else if (focus) {
      open("grid");
      const place = field(focus.dataset.focus);
      place.scrollIntoView({ block: "center", inline: "center" });
      if (place.tagName === "INPUT") place.focus();
    } else if (event.target.closest(".nb-go[data-fact]")) open("sources");
  });
  element.addEventListener("focusin", (event) => {
    if (event.target.matches(".nb-grid input")) {
      typing = { cell: event.target.dataset.cell, text: null };
      event.target.select();
    }
  });
  element.addEventListener("focusout", (event) => {
    // drawing the page anew also takes the focus away; only a person's leaving ends the typing
    if (event.target.matches(".nb-grid input") && event.target.isConnected) typing = null;
  });
  element.addEventListener("input", (event) => {
    if (!event.target.matches(".nb-grid input")) return;
    typing = { cell: event.target.dataset.cell, text: event.target.value };
    clearTimeout(timer);
    totals();
  });
  element.addEventListener("change", (event) => {
    if (!event.target.matches(".nb-grid input")) return;
    note(event.target);
    totals();
    later();
  });
  element.addEventListener("paste", (event) => { if (event.target.matches(".nb-grid input")) paste(event, event.target); });
  element.addEventListener("keydown", (event) => {
    if (!event.target.matches(".nb-grid input")) return;
    if (event.key === "Enter" || event.key === "ArrowDown") { event.preventDefault(); step(event.target, 1); }
    else if (event.key === "ArrowUp") { event.preventDefault(); step(event.target, -1); }
    else if (event.key === "Escape") { event.target.value = event.target.dataset.was; if (typing) typing.text = null; totals(); }
  });
  // an action waits for the figures typed before it: else 撤销 would take back the step before, 新建 would be drawn over
  document.addEventListener("click", (event) => {
    const act = event.target.closest("[data-act]");
    if (!act || !sending || !event.isTrusted) return;
    event.stopPropagation();
    event.preventDefault();
    waiting = Object.entries(act.dataset).map(([name, value]) => `[data-${name}="${CSS.escape(value)}"]`).join("");
    setTimeout(release, LONGEST);
  }, true);
  document.addEventListener("pointerdown", (event) => { if (!event.target.closest(".nb-grid")) finish(); }, true);
  addEventListener("pagehide", finish);
  prepare();
  watch("value", prepare);
})();
