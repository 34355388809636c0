// For the bar, the welcome screen and the chips: a click on [data-act] becomes an event of the component.
element.addEventListener("click", (event) => {
  const act = event.target.closest("[data-act]");
  if (act && !act.disabled) {
    if (act.dataset.act === "remove" && !confirm("删除这份草稿？删除后不能恢复。")) return;
    trigger("click", { ...act.dataset });
  }
});
