// Passkeys need JavaScript: what is about them is shown once it runs, and so is what went wrong.
(() => {
  "use strict";
  if (!window.PublicKeyCredential) return;
  for (const part of document.querySelectorAll("[data-passkeys]")) part.hidden = false;

  const failure = document.querySelector("[data-passkeys-error]");
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault(); // it would go to the console, where nobody reads it
    failure.hidden = false;
  });
})();
