// On a screen that passers-by share: who walks away leaves nothing behind.
(() => {
  "use strict";
  const IDLE = 60_000; // milliseconds without a touch
  const WARNED = 20_000; // of which the last are announced: at least so many (WCAG 2.2.1)
  const dialog = document.getElementById("still-there");
  const seconds = dialog.querySelector("[data-seconds]");
  const isLeft = window.location.hash === "#opnieuw"; // nobody is there, and nothing to erase
  let touched = isLeft ? Infinity : performance.now();

  // Not while it asks: what closes at the beginning of a tap lets its end answer a statement.
  const touch = () => {
    if (!dialog.open) touched = performance.now();
  };
  dialog.addEventListener("close", touch);
  dialog.addEventListener("click", ({ target }) => {
    if (target === dialog) dialog.close(); // beside the question
  });
  for (const kind of ["pointerdown", "pointermove", "keydown", "wheel", "scroll"]) {
    document.addEventListener(kind, touch, { passive: true, capture: true });
  }

  const watch = setInterval(() => {
    const left = IDLE - (performance.now() - touched);
    if (left <= 0) {
      clearInterval(watch);
      document.getElementById("restart").submit();
    } else if (left <= WARNED) {
      seconds.textContent = Math.ceil(left / 1000);
      if (!dialog.open) dialog.showModal();
    }
  }, 500);

  // Nobody leaves the quiz from here.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (link && link.origin !== window.location.origin) event.preventDefault();
  });
})();
