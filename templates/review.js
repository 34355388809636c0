// Answers "where does this figure come from": root holds the report, the card, the sources and one JSON block.
function nbReview(root, onPick) {
  const data = JSON.parse(root.querySelector(".nb-data").textContent);
  const card = root.querySelector(".nb-card");
  const all = (selector) => [...root.querySelectorAll(selector)];
  const make = (tag, name, text) => {
    const node = document.createElement(tag);
    if (name) node.className = name;
    if (text !== undefined) node.textContent = text;
    return node;
  };
  const intoView = (node) => node && node.scrollIntoView({ block: "center", behavior: "smooth" });

  function light(facts) {
    const wanted = new Set(facts);
    let first = null;
    for (const mark of all(".nb-source mark")) {
      const on = mark.dataset.facts.split(" ").some((id) => wanted.has(id));
      mark.classList.toggle("on", on);
      if (on && !first) first = mark;
    }
    return first;
  }

  function sumLine(reason) {
    const line = make("p", "sum");
    line.append(`${reason.label} ${reason.value} = `);
    reason.terms.forEach((term, i) => {
      if (i || term.sign !== "+") line.append(` ${term.sign} `);
      const go = make("button", "", `${term.name} ${term.value}`);
      go.type = "button";
      go.addEventListener("click", () => pick(term.key, true));
      line.append(go);
    });
    if (!reason.terms.length) line.append("0");
    return line;
  }

  function show(reason, figure) {
    card.replaceChildren();
    card.dataset.origin = reason.origin;
    const what = make("p", "what");
    what.append(make("span", "name", reason.label), make("span", "num", reason.value || figure || "空白"));
    if (reason.value && reason.unit) what.append(make("span", "", reason.unit));
    what.append(make("span", "nb-badge", reason.origin_name));
    if (reason.unconfirmed) what.append(make("span", "nb-badge pending", "待核对"));
    card.append(what);
    if (reason.origin === "derived" || reason.origin === "sum") card.append(sumLine(reason));
    if (reason.note) card.append(make("p", "hint", reason.note));
    if (reason.facts.length && reason.origin === "derived") card.append(make("p", "hint", "依据的原话："));
    const quoted = reason.facts.map((id) => data.facts[id]).filter((fact) => fact && fact.quote);
    const within = (a, b) => a !== b && a.source === b.source && b.quote.includes(a.quote);
    const shown = new Set();
    for (const fact of quoted) {
      // words that a longer quotation repeats are shown once
      if (shown.has(fact.source + fact.quote) || quoted.some((other) => within(fact, other) && other.quote !== fact.quote)) continue;
      shown.add(fact.source + fact.quote);
      const quote = make("blockquote", "", fact.quote);
      const about = fact.status === "stated" ? fact.source : `${fact.source}　${fact.status_name}`;
      quote.prepend(make("small", "", about));
      card.append(quote);
    }
  }

  function pick(key, scroll, figure) {
    const reason = data.why[key];
    if (!reason) return;
    for (const node of all(".picked")) node.classList.remove("picked");
    const places = all(`.nb-report [data-why="${CSS.escape(key)}"]`);
    places.forEach((node) => node.classList.add("picked"));
    show(reason, figure);
    const first = light(reason.facts);
    if (scroll) intoView(places.find((n) => n.tagName === "TD") || places[0]);
    if (onPick) onPick({ kind: "cell", key, reason, mark: first });
  }

  function pickFact(id, scroll) {
    const keys = Object.keys(data.why).filter((k) => data.why[k].facts.includes(id) && data.why[k].origin !== "blank");
    const own = keys.find((k) => data.why[k].origin !== "derived") || keys[0];
    if (own) pick(own, scroll);
    else if (data.facts[id]) {
      const fact = data.facts[id];
      show({ label: fact.name, value: fact.value, unit: "", origin: "profile", origin_name: fact.status_name, facts: [id], terms: [], note: "" });
    }
    const first = light([id]);
    if (onPick) onPick({ kind: "fact", id, mark: first });
  }

  const act = (event) => {
    const place = event.target.closest("[data-why], [data-fact], mark[data-facts]");
    if (!place || !root.contains(place)) return;
    if (event.type === "keydown") {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
    }
    if (place.dataset.why) pick(place.dataset.why, place.classList.contains("nb-go"), place.classList.contains("nb-fig") ? place.textContent : "");
    else if (place.dataset.fact) pickFact(place.dataset.fact, false);
    else pickFact(place.dataset.facts.split(" ").pop(), true);
  };
  root.addEventListener("click", act);
  root.addEventListener("keydown", act);
  return { pick, pickFact };
}
