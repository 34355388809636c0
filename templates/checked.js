// A finding leads to its cells and words, a mark to its findings. Everything is in the page; nothing is asked for.
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const card = document.getElementById("card");
  const narrow = matchMedia("(max-width: 900px)");
  const ids = (node) => node.dataset.findings.split(" ");
  let picked = null;

  function open(node) {
    for (let box = node.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
  }

  function show(finding) {
    card.hidden = false;
    card.className = `nb-card ${finding.className.replace("on", "")}`;
    card.querySelector(".words").replaceChildren(...[...finding.children].map((child) => child.cloneNode(true)));
  }

  // lights one finding, its cells and its words; from says which side was clicked and stays where it is
  function pick(id, from) {
    const finding = document.getElementById(id);
    if (!finding) return;
    picked = finding;
    all(".picked, .chief, li.on").forEach((node) => node.classList.remove("picked", "chief", "on"));
    open(finding.closest(".unit").querySelector(".body"));
    const places = all("[data-findings]", finding.closest(".unit")).filter((node) => ids(node).includes(id));
    places.forEach((node) => node.classList.add("picked"));
    const chief = places.find((node) => (node.dataset.suspect || "").split(" ").includes(id));
    if (chief) chief.classList.add("chief");
    finding.classList.add("on");
    show(finding);
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const into = (node) => node && node.scrollIntoView({ block: "center", inline: "center", behavior: calm ? "auto" : "smooth" });
    if (from === "list") into(chief || places[0]);
    else if (!narrow.matches) {
      const list = finding.closest("aside");
      list.scrollTo({ top: finding.offsetTop - list.clientHeight / 3, behavior: calm ? "auto" : "smooth" });
    }
  }

  function pickMark(mark) {
    const own = ids(mark);
    const at = picked ? own.indexOf(picked.id) : -1;
    // a further click on the same place goes on to its next finding
    pick(own[(at + 1) % own.length], "mark");
  }

  function act(event) {
    if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    if (event.target.closest("summary, a, input, button")) return;
    const mark = event.target.closest("[data-findings]");
    const finding = event.target.closest("[data-finding]");
    if (!mark && (!finding || event.target.closest("details details, li > details"))) return;
    event.preventDefault();
    if (mark) pickMark(mark);
    else pick(finding.dataset.finding, "list");
  }
  document.addEventListener("click", act);
  document.addEventListener("keydown", act);

  all("[data-turn]", card).forEach((button) => button.addEventListener("click", () => {
    const step = Number(button.dataset.turn);
    if (!step) { card.hidden = true; return; }
    const list = all("[data-finding]", picked.closest(".unit"));
    pick(list[(list.indexOf(picked) + step + list.length) % list.length].id, "list");
  }));

  const rows = all(".league tbody tr").map((row) => [row, document.getElementById(row.dataset.unit)]);
  const search = document.querySelector(".league input");
  if (search) {
    const texts = rows.map(([row, unit]) => `${row.textContent} ${all("li[data-finding]", unit).map((li) => li.textContent).join(" ")}`.toLowerCase());
    let wanted = "";
    const sift = () => rows.forEach(([row, unit], i) => {
      const words = search.value.trim().toLowerCase();
      row.hidden = unit.hidden = Boolean((wanted && row.dataset.verdict !== wanted) || (words && !texts[i].includes(words)));
    });
    const buttons = all(".league [data-show]");
    buttons.forEach((button) => button.addEventListener("click", () => {
      wanted = button.dataset.show;
      buttons.forEach((other) => other.setAttribute("aria-pressed", String(other === button)));
      sift();
    }));
    search.addEventListener("input", sift);
    search.form.addEventListener("submit", (event) => event.preventDefault());
  }

  const follow = () => {
    const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (!target) return;
    open(target);
    if (target.matches("details")) target.open = true;
    target.scrollIntoView();
  };
  addEventListener("hashchange", follow);
  follow();
  document.querySelectorAll(".league td a").forEach((link) => link.addEventListener("click", () => {
    document.getElementById(link.hash.slice(1)).open = true;
  }));
  addEventListener("beforeprint", () => all("details.unit").forEach((unit) => { unit.open = true; }));

  const shade = document.getElementById("shade");
  const dark = (on) => {
    document.documentElement.classList.toggle("nb-dark", on);
    shade.textContent = on ? "浅色" : "深色";
    shade.setAttribute("aria-pressed", String(on));
  };
  dark(matchMedia("(prefers-color-scheme: dark)").matches);
  shade.addEventListener("click", () => dark(!document.documentElement.classList.contains("nb-dark")));
})();
