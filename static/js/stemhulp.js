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

  // What only scripts can do is shown once they run.
  document.documentElement.classList.add("has-scripts");

  const print = () => window.print();

  // To another app where the browser can, else to the clipboard; where neither works, a link leads on.
  const share = async (pressed) => {
    const { share: url, title, copied } = pressed.dataset;
    try {
      if (navigator.share) await navigator.share({ title, url });
      else {
        await navigator.clipboard.writeText(url);
        pressed.parentElement.querySelector("[data-said]").textContent = copied;
      }
    } catch (error) {
      if (error.name !== "AbortError" && pressed.href) window.location = pressed.href;
    }
  };

  // An image goes as a file: a link to it would be a link to answers.
  const asFile = (blob, name) => new File([blob], name, { type: "image/png" });
  const shareImage = async (pressed) => {
    try {
      const reply = await fetch(pressed.dataset.shareImage);
      await navigator.share({ files: [asFile(await reply.blob(), pressed.dataset.name)] });
    } catch (error) {
      if (error instanceof TypeError) offline(true);
    } // who thinks better of it, closes it: an AbortError
  };
  for (const button of document.querySelectorAll("[data-share-image]")) {
    button.hidden = !navigator.canShare?.({ files: [asFile(new Blob(), button.dataset.name)] });
  }

  const actions = { "[data-print]": print, "[data-share]": share, "[data-share-image]": shareImage };
  document.addEventListener("click", (event) => {
    for (const [kind, act] of Object.entries(actions)) {
      const pressed = event.target.closest(kind);
      if (!pressed) continue;
      event.preventDefault();
      act(pressed);
    }
  });

  // No connection: say so where one looks, and keep the page as it is.
  for (const failure of ["htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(failure, (event) => {
      offline(true);
      for (const pressed of event.target.querySelectorAll(".busy")) pressed.classList.remove("busy");
    });
  }
  document.addEventListener("htmx:afterOnLoad", () => offline(false));
})();
