// The few things that htmx and the browser do not do by themselves. Everything works without.
(() => {
  "use strict";
  const offline = () => document.getElementById("offline");

  // No connection: say so where one looks, and keep the page as it is.
  document.addEventListener("htmx:sendError", () => {
    offline().hidden = false;
  });
  document.addEventListener("htmx:afterOnLoad", () => {
    if (offline()) offline().hidden = true;
  });
})();
