// The few things that htmx and the browser do not do by themselves. Everything works without.
(() => {
  "use strict";
  const CALM = 450; // milliseconds after a new statement in which a tap is the end of a double one
  let shown = -CALM;
  const offline = (isOffline) => {
    const message = document.getElementById("offline");
    if (message) message.hidden = !isOffline;
  };

  document.addEventListener("htmx:afterSwap", () => {
    shown = performance.now();
  });

  // The second half of a double tap must not answer the statement that has just come up.
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (!event.target.matches(".answers")) return;
    if (performance.now() - shown < CALM) {
      event.preventDefault();
      return;
    }
    const pressed = event.detail.requestConfig.triggeringEvent?.submitter;
    if (pressed) pressed.classList.add("busy");
  });

  // A statement of the result fetches what unfolds: when it is opened, until that succeeded.
  document.addEventListener(
    "toggle",
    ({ target }) => {
      if (!target.open || !target.matches("[hx-trigger=unfold]")) return;
      if (!target.querySelector(".change")) htmx.trigger(target, "unfold");
    },
    true, // it does not bubble
  );

  // No connection: say so where one looks, and keep the page as it is.
  for (const failure of ["htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(failure, (event) => {
      offline(true);
      for (const pressed of event.target.querySelectorAll(".busy")) pressed.classList.remove("busy");
    });
  }
  document.addEventListener("htmx:afterOnLoad", () => offline(false));
})();
