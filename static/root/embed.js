// For newspapers and municipalities: puts the quiz of one municipality in a page of theirs.
//
//   <script src="https://…/embed.js" data-municipality="utrecht"></script>
//
// data-language (en, ar, uk, tr) and data-election (gr2022) may be added. The frame grows with what is in
// it. Whose pages may show it, is in our configuration; elsewhere the link stays, and works.
(() => {
  "use strict";
  const TEXTS = {
    nl: ["Stemhulp vluchtelingen", "Open de stemhulp vluchtelingen"],
    en: ["Voting aid on refugees", "Open the voting aid on refugees"],
    ar: ["دليل التصويت حول اللاجئين", "افتح دليل التصويت حول اللاجئين"],
    uk: ["Порадник для виборців про біженців", "Відкрити порадник для виборців про біженців"],
    tr: ["Mülteciler üzerine oy rehberi", "Mülteciler üzerine oy rehberini aç"],
  };
  const script = document.currentScript;
  const { municipality = "", election = "" } = script.dataset;
  const language = Object.hasOwn(TEXTS, script.dataset.language) ? script.dataset.language : "nl";
  const [title, invitation] = TEXTS[language];
  const site = new URL(script.src).origin;
  const prefix = language === "nl" ? "" : language;
  const address = (venue) =>
    [site, venue, prefix, election, municipality].filter(Boolean).map((part, at) =>
      at ? encodeURIComponent(part) : part).join("/") + "/";

  const frame = document.createElement("iframe");
  frame.src = address("embed");
  frame.title = title;
  Object.assign(frame.style, { width: "100%", height: "0", border: "0", display: "block" });

  const link = document.createElement("a");
  link.href = address("");
  link.target = "_blank";
  link.rel = "noopener";
  link.textContent = invitation;
  link.lang = language;
  link.dir = "auto";

  script.after(frame, link);

  window.addEventListener("message", ({ source, origin, data }) => {
    if (source !== frame.contentWindow || origin !== site || !data?.stemhulp) return;
    const { height, isNew } = data.stemhulp;
    link.hidden = true;
    if (height > 0) frame.style.height = `${Math.ceil(height)}px`;
    // What follows on a tap begins at the top: bring that into view.
    if (isNew && frame.getBoundingClientRect().top < 0) frame.scrollIntoView();
  });
})();
