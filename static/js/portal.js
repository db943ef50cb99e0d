// What makes entering positions calm: a count while typing, and no word lost. All works without.
(() => {
  "use strict";
  const form = () => document.querySelector("form.position");
  const cookie = (name) =>
    document.cookie.split("; ").find((each) => each.startsWith(`${name}=`))?.slice(name.length + 1);

  // How many characters are left, beside the text itself.
  const count = (text) => {
    const hint = document.getElementById(`${text.id}-hint`);
    const longest = Number(text.dataset.longest);
    const used = [...text.value.trim()].length; // as the server counts: letters, not code units
    const left = longest - used;
    hint.textContent =
      left < 0 ? `${-left} tekens te lang (${used} van ${longest})` : `Nog ${left} van ${longest} tekens.`;
    hint.classList.toggle("error", left < 0);
  };
  for (const text of document.querySelectorAll("[data-longest]")) {
    text.addEventListener("input", () => count(text));
    count(text);
  }

  // Who logged in again in another tab has a new token: use that one, and the text is not lost.
  const refresh = (target) => {
    const token = target.querySelector?.("[name=csrfmiddlewaretoken]");
    const current = cookie("csrftoken");
    if (token && current) token.value = current;
    return current;
  };
  document.addEventListener("htmx:configRequest", ({ target, detail }) => {
    const current = refresh(target);
    if (current) detail.parameters.csrfmiddlewaretoken = current;
  });

  // A press on the button waits for a save that is under way: else it would meet its own version.
  let waiting = null;
  document.addEventListener("submit", (event) => {
    refresh(event.target);
    if (event.target !== form() || !event.target.classList.contains("htmx-request")) return;
    event.preventDefault();
    waiting = event.submitter;
  });
  document.addEventListener("htmx:afterRequest", ({ target, detail }) => {
    if (target !== form()) return;
    const unsaved = document.getElementById("unsaved");
    const isKept = detail.successful || [409, 422].includes(detail.xhr?.status);
    unsaved.hidden = isKept;
    unsaved.querySelector(".signed-out").hidden = detail.xhr?.status !== 401;
    const pressed = waiting;
    waiting = null;
    if (pressed && detail.successful) setTimeout(() => form()?.requestSubmit(pressed));
  });

  // What was typed a moment ago and is not saved yet: ask before it is left behind.
  let isTyped = false;
  document.addEventListener("input", (event) => {
    if (event.target.form === form() && form()) isTyped = true;
  });
  document.addEventListener("htmx:afterRequest", ({ target, detail }) => {
    if (target === form() && detail.successful) isTyped = false;
  });
  document.addEventListener("submit", () => {
    isTyped = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (isTyped) event.preventDefault();
  });
})();
