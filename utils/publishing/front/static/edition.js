/* Lets the reader change edition and stay on the same page, or start at the first where it has none. Without other editions,
   or without this script, the header just says which edition this is. */
const offer = () => {
  const place = document.querySelector(".edition");
  const others = window.EDITIONS || [];
  if (!place || others.length < 2) return;

  const label = document.createElement("label");
  const choice = document.createElement("select");
  label.textContent = "Édition ";
  for (const edition of others) {
    choice.append(new Option(edition, edition, false, edition === place.dataset.edition));
  }
  choice.addEventListener("change", () => {
    const up = "../".repeat(place.dataset.page.split("/").length);
    const absent = window.ABSENT?.[choice.value]?.includes(place.dataset.page);
    window.location.href = `${up}${choice.value}/${absent ? "index" : place.dataset.page}.html`;
  });
  label.append(choice);
  place.replaceChildren(label);
};

// The list of editions is no part of the page, whose text does not wait for it.
addEventListener("load", () => {
  const list = document.createElement("script");
  list.src = `${document.documentElement.dataset.content_root}_static/editions.js`;
  list.addEventListener("load", offer);
  document.head.append(list);
});
