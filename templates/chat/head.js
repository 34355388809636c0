// The pop-ups of the bar open and close here; the address remembers the draft, so that a reloaded page goes on with it.
(() => {
  const pops = () => [...element.querySelectorAll("[data-pop]")];
  const close = () => {
    pops().forEach((pop) => { pop.hidden = true; });
    element.querySelectorAll("[data-toggle]").forEach((b) => b.setAttribute("aria-expanded", "false"));
  };
  element.addEventListener("click", (event) => {
    const toggle = event.target.closest("[data-toggle]");
    if (toggle && !toggle.disabled) {
      const pop = pops().find((p) => p.dataset.pop === toggle.dataset.toggle);
      const open = pop.hidden;
      close();
      pop.hidden = !open;
      toggle.setAttribute("aria-expanded", String(open));
    } else if (event.target.closest("[data-act], [data-file]")) close();
  });
  element.addEventListener("submit", (event) => {
    event.preventDefault();
    const form = new FormData(event.target);
    trigger("submit", { org: form.get("org").trim(), year: form.get("year").trim() });
    close();
  });
  document.addEventListener("click", (event) => { if (!element.contains(event.target)) close(); });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
  const remember = () => {
    const head = element.querySelector("[data-draft]");
    if (!head) return;
    const url = new URL(location.href);
    url.searchParams.set("draft", head.dataset.draft);
    history.replaceState(null, "", url);
  };
  remember();
  watch("value", remember);
  // a login that has ended leads back to its door, and what was being sent waits in the box when one comes back
  const box = () => document.querySelector("#nb-input textarea");
  if (!window.nbFetch) {
    window.nbFetch = window.fetch;
    window.fetch = async (...what) => {
      const answer = await window.nbFetch(...what);
      if (answer.status === 401) {
        const words = [window.nbSent, box() && box().value].filter(Boolean).join("\n");
        if (words) sessionStorage.setItem("nb-unsent", words);
        location.assign("/login");
      }
      return answer;
    };
  }
  const restore = () => {
    window.nbSent = ""; // what was sent has been answered
    const unsent = sessionStorage.getItem("nb-unsent");
    if (!unsent || !box() || box().value) return;
    sessionStorage.removeItem("nb-unsent");
    box().value = unsent;
    box().dispatchEvent(new Event("input", { bubbles: true }));
  };
  restore();
  watch("value", restore);
  // the library puts a number before what the server says of an upload
  if (!window.nbToasts) {
    window.nbToasts = new MutationObserver(() => {
      for (const toast of document.querySelectorAll(".toast-body")) {
        const words = document.createTreeWalker(toast, NodeFilter.SHOW_TEXT);
        for (let node = words.nextNode(); node; node = words.nextNode()) {
          if (/^\s*HTTP \d+: /.test(node.data)) node.data = node.data.replace(/^\s*HTTP \d+: /, "");
        }
      }
    });
    window.nbToasts.observe(document.body, { childList: true, subtree: true });
  }
})();
