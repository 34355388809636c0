// The conversation keeps its last words in sight.
(() => {
  const down = () => {
    const talk = element.querySelector(".nb-talk");
    if (talk) talk.scrollTop = talk.scrollHeight;
  };
  down();
  watch("value", () => requestAnimationFrame(down));
})();
