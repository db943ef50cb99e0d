// The few things that htmx and the browser do not do by themselves. Everything works without.
(() => {
  "use strict";
  const CALM = 450; // milliseconds after a new statement in which a tap is the end of a double one
  let shown = -CALM;
  const offline = (isOffline) => {
    const message = document.getElementById("offline");
    if (message) message.hidden = !isOffline;
  };

  document.addEventListener("htmx:afterSwap", ({ target }) => {
    shown = performance.now();
    if (target.closest(".sheet")) open(target.closest(".sheet"));
    else stop();
    tick(compared);
    if (target === document.body) focusOn(document.querySelector("h1"));
    offerAloud();
  });

  // Back leads to where one was: how far down, from which link, and with which parties ticked. The
  // browser keeps that with the entry of its history. It holds no answer.
  const address = () => window.location.pathname + window.location.search;
  let compared = [];
  const boxes = () => [...document.querySelectorAll(".comparing [name=partij]")];
  const tick = (parties) => {
    for (const box of boxes()) box.checked = parties.includes(box.value);
  };
  const focusOn = (element, options) => {
    if (element && !element.matches("a, button, [tabindex]")) element.tabIndex = -1;
    element?.focus(options);
  };
  document.addEventListener("htmx:beforeSwap", () => {
    if (boxes().length) compared = boxes().filter(({ checked }) => checked).map(({ value }) => value);
  });
  // An answer that was changed stays where it is on the screen, whatever grows or shrinks above it.
  let held = null;
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    const row = detail.requestConfig.elt.closest(".statements > li");
    held = row && { id: row.id, top: row.getBoundingClientRect().top };
  });
  document.addEventListener("htmx:afterSwap", () => {
    const row = held && document.getElementById(held.id);
    if (row) window.scrollBy(0, row.getBoundingClientRect().top - held.top);
    held = null;
  });
  document.addEventListener("htmx:beforeHistoryUpdate", ({ detail }) => {
    const from = detail.requestConfig?.elt.getAttribute?.("href");
    // Without a fragment: WebKit would go to that once more, after the page was put in its place.
    history.replaceState({ ...history.state, top: window.scrollY, from, compared }, "", address());
  });
  const { top, from, compared: parties } = history.state ?? {}; // before htmx begins it anew
  window.addEventListener("load", () => {
    // After htmx, which forgets what was kept and then asks for the page anew.
    window.addEventListener("popstate", ({ state }) => history.replaceState(state, ""));
    if (top === undefined) return;
    compared = parties;
    tick(parties);
    const link = from && document.querySelector(`main a[href="${CSS.escape(from)}"]`);
    focusOn(link, { preventScroll: true });
    requestAnimationFrame(() => window.scrollTo(0, top)); // after the browser has done so itself
  });

  // Back from a link within the page stays on it, where htmx would ask for the page anew.
  let here = address();
  document.addEventListener("htmx:pushedIntoHistory", () => (here = address()));
  document.addEventListener("htmx:replacedInHistory", () => (here = address()));
  window.addEventListener("popstate", (event) => {
    if (address() === here) event.stopImmediatePropagation();
  });

  // The second half of a double tap must not answer the statement that has just come up. The browser
  // counts clicks by the interval that somebody set for it; where it does not, the moment decides.
  document.addEventListener(
    "click",
    (event) => {
      if (!event.target.closest(".answers")) return;
      if (event.detail > 1 || event.timeStamp - shown < CALM) event.preventDefault();
    },
    true, // before htmx hears of it
  );

  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.target.matches(".jump") && !event.target.showPopover) {
      event.preventDefault();
      window.location.assign(event.target.href); // the list is a page of its own as well
      return;
    }
    if (!event.target.matches(".answers")) return;
    const pressed = event.detail.requestConfig.triggeringEvent?.submitter;
    if (pressed) pressed.classList.add("busy");
  });

  // The list of statements, on the page where one is.
  const open = (sheet) => {
    const here = [...sheet.querySelectorAll("a")].find(({ href }) => href === window.location.href);
    here?.setAttribute("aria-current", "true");
    sheet.showPopover();
    (here ?? sheet.querySelector("[tabindex]"))?.focus({ preventScroll: true });
    here?.scrollIntoView({ block: "center" });
  };

  document.addEventListener(
    "toggle",
    ({ target, newState }) => {
      // An explained word is read at once.
      if (newState === "open" && target.matches(".word")) target.focus();
      // A statement of the result fetches what unfolds: when it is opened, until that succeeded.
      if (!target.open || !target.matches("[hx-trigger=unfold]")) return;
      if (!target.querySelector(".change")) htmx.trigger(target, "unfold");
    },
    true, // it does not bubble
  );

  // What lies on the page for a moment closes when the focus goes on: nothing covers what has it.
  document.addEventListener("focusin", ({ target }) => {
    for (const each of document.querySelectorAll(".word, .sheet, .languages[open]")) {
      if (each.contains(target)) continue;
      if (each.open) each.open = false;
      else if (each.popover && each.matches(":popover-open")) each.hidePopover();
    }
  });

  // Reading aloud, by a voice that the device itself has for the language of the statement.
  const speech = window.speechSynthesis;
  const claim = () => document.querySelector(".asked .claim");
  const voice = (text) => {
    const language = text.closest("[lang]").lang;
    return speech.getVoices().find((each) => each.localService && each.lang.startsWith(language));
  };
  const offerAloud = () => {
    const button = document.querySelector(".aloud");
    if (button && speech) button.hidden = !voice(claim());
  };
  const stop = () => {
    speech?.cancel();
  };
  const say = (button) => {
    if (speech.speaking) return stop();
    const label = button.querySelector("span");
    const words = label.textContent;
    const spoken = [claim(), ...document.querySelectorAll(".behind [open] > :not(summary)")];
    spoken.forEach((text, place) => {
      const utterance = new SpeechSynthesisUtterance(text.textContent);
      utterance.voice = voice(text);
      utterance.lang = text.closest("[lang]").lang;
      if (place === spoken.length - 1) utterance.onend = () => (label.textContent = words);
      utterance.onerror = () => (label.textContent = words);
      speech.speak(utterance);
    });
    label.textContent = button.dataset.stop;
  };
  speech?.addEventListener?.("voiceschanged", offerAloud);
  window.addEventListener("pagehide", stop);
  document.addEventListener("DOMContentLoaded", offerAloud);

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

  const actions = {
    "[data-print]": print,
    "[data-share]": share,
    "[data-share-image]": shareImage,
    ".aloud": say,
  };
  document.addEventListener("click", (event) => {
    for (const [kind, act] of Object.entries(actions)) {
      const pressed = event.target.closest(kind);
      if (!pressed) continue;
      event.preventDefault();
      act(pressed);
    }
  });

  // What takes a moment says that it is busy: a PDF comes as a file, and leaves the page as it is.
  const BUSY = 2000; // milliseconds
  document.addEventListener("submit", ({ submitter }) => {
    if (!submitter?.matches(".primary, .secondary")) return;
    submitter.classList.add("busy");
    setTimeout(() => submitter.classList.remove("busy"), BUSY);
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
