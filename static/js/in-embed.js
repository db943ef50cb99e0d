// In a frame of somebody else's page: tell that page how high we are, and leave it for links elsewhere.
(() => {
  "use strict";
  const tell = (isNew) => {
    const height = document.body.getBoundingClientRect().height;
    window.parent.postMessage({ stemhulp: { height, isNew } }, "*"); // nothing of the voter's in it
  };
  new ResizeObserver(() => tell(false)).observe(document.body);
  document.addEventListener("htmx:afterSwap", ({ target }) => tell(target.id === "page"));
  tell(document.referrer.startsWith(window.location.origin));

  document.addEventListener("click", ({ target }) => {
    const link = target.closest("a[href]");
    if (link && link.origin !== window.location.origin) link.target = "_blank";
  });
})();
