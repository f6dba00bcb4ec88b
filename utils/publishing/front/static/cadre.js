/* The frame's few gestures: colours, printing, the way to the search field, where one is on the page. */
document.addEventListener("DOMContentLoaded", () => {
  const page = document.documentElement.dataset;
  const night = matchMedia("(prefers-color-scheme: dark)");
  const names = { auto: "comme le système", light: "claires", dark: "sombres" };
  const buttons = document.querySelectorAll(".theme-switch-button");

  const forced = matchMedia("(forced-colors: active)"); // then drawings follow the system's ground too
  const paint = () => {
    page.theme = page.mode !== "auto" && !forced.matches ? page.mode : night.matches ? "dark" : "light";
    for (const button of buttons) {
      button.title = `Couleurs\u00a0: ${names[page.mode]}`;
      button.setAttribute("aria-label", button.title);
    }
  };
  for (const button of buttons) {
    button.addEventListener("click", () => {
      // From the system's colours, the first step always shows a change.
      const modes = night.matches ? ["auto", "light", "dark"] : ["auto", "dark", "light"];
      page.mode = modes[(modes.indexOf(page.mode) + 1) % modes.length];
      try {
        localStorage.setItem("mode", page.mode);
      } catch {
        // A browser that stores nothing changes this page alone.
      }
      paint();
    });
  }
  for (const wish of [night, forced]) wish.addEventListener("change", paint);
  paint();

  document.querySelector(".imprimer")?.addEventListener("click", () => print());
  if (!CSS.supports("selector(::details-content)")) {
    // Others open them by the style sheet, for paper only.
    addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((box) => (box.open = true)));
  }

  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey || event.key.toLowerCase() !== "k") return;
    event.preventDefault();
    const seen = [...document.querySelectorAll("input[type=search][name=q]")].filter((field) => field.checkVisibility());
    if (seen.length) seen.at(-1).select();
    else location.href = document.querySelector(".bouton.chercher").href;
  });

  const plan = document.querySelector("#menu-page");
  if (!plan) return;
  const links = new Map([...plan.querySelectorAll("a[href^='#']")].map((link) => [link.hash.slice(1), link]));
  plan.addEventListener("click", (event) => {
    if (event.target.closest("a") && plan.matches(":popover-open")) plan.hidePopover();
  });
  const watch = new IntersectionObserver(
    (entries) => {
      for (const { target } of entries.filter((entry) => entry.isIntersecting)) {
        for (const link of links.values()) link.removeAttribute("aria-current");
        links.get(target.id).setAttribute("aria-current", "true");
      }
    },
    { rootMargin: "-10% 0px -80% 0px" },
  );
  for (const id of links.keys()) {
    const section = document.getElementById(id);
    if (section) watch.observe(section);
  }
});
