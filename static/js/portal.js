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
    const current = cookie("__Host-csrftoken") ?? cookie("csrftoken");
    if (token && current) token.value = current;
    return current;
  };
  document.addEventListener("htmx:configRequest", ({ target, detail }) => {
    const current = refresh(target);
    if (current) detail.parameters.csrfmiddlewaretoken = current;
  });

  // What was typed and is not saved: known until a save of it succeeded.
  let isTyped = false;
  let isRefused = false; // the last save was: who then leaves has read why
  document.addEventListener("input", ({ target }) => {
    if (target.form && target.form === form()) isTyped = true;
  });

  // A press on the button waits for a save that is under way: else it would meet its own version.
  // A link on the page saves first what was typed a moment ago.
  let pressed = null;
  let followed = null;
  document.addEventListener("submit", (event) => {
    refresh(event.target);
    if (event.target !== form()) return;
    if (event.target.classList.contains("htmx-request")) {
      event.preventDefault();
      pressed = event.submitter;
    } else {
      isTyped = false; // it is on its way, and comes back when it is refused
    }
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("main a[href]");
    if (!link || link.target || !form() || !isTyped || isRefused) return;
    event.preventDefault();
    followed = link.href;
    if (!form().classList.contains("htmx-request")) htmx.trigger(form(), "save");
  });
  document.addEventListener("htmx:beforeRequest", ({ target }) => {
    if (target === form()) isTyped = false; // what is typed from here on is not in this save
  });
  document.addEventListener("htmx:afterRequest", ({ target, detail }) => {
    if (target !== form()) return;
    const status = detail.xhr?.status ?? 0;
    const isSaved = status >= 200 && status < 300;
    isRefused = !isSaved;
    isTyped ||= !isSaved;
    const unsaved = document.getElementById("unsaved");
    unsaved.hidden = isSaved || [409, 422].includes(status);
    unsaved.querySelector(".signed-out").hidden = status !== 401;
    unsaved.querySelector(".again").hidden = status === 401;
    const [button, address] = [pressed, followed];
    pressed = followed = null;
    if (isSaved && button) setTimeout(() => form()?.requestSubmit(button));
    else if (isSaved && address) window.location = address;
  });
  window.addEventListener("beforeunload", (event) => {
    if (isTyped) event.preventDefault();
  });
})();
