/* Sorting and searching for the one long table of the book. Without this script the
   table stands as it is; a table library would weigh 600 KB for fewer than twenty rows. */
document.addEventListener("DOMContentLoaded", () => {
  const plain = (text) => text.normalize("NFD").replace(/\p{Diacritic}/gu, "").toLowerCase();

  for (const table of document.querySelectorAll("table.triable")) {
    const body = table.tBodies[0];
    const rows = [...body.rows];

    const label = document.createElement("label");
    const field = document.createElement("input");
    const status = document.createElement("span");
    label.className = "recherche";
    label.textContent = "Chercher dans le tableau\u00a0: ";
    field.type = "search";
    status.setAttribute("role", "status");
    label.append(field);
    table.parentElement.before(label, status);
    field.addEventListener("input", () => {
      const words = plain(field.value).split(/\s+/);
      let shown = 0;
      for (const row of rows) {
        const text = plain(row.textContent);
        row.hidden = !words.every((word) => text.includes(word));
        shown += row.hidden ? 0 : 1;
      }
      status.textContent = shown > 1 ? `${shown} lignes` : shown ? "1 ligne" : "Aucune ligne";
    });

    [...table.tHead.rows[0].cells].forEach((header, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = header.textContent;
      header.replaceChildren(button);
      button.addEventListener("click", () => {
        const down = header.getAttribute("aria-sort") === "ascending";
        for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
        header.setAttribute("aria-sort", down ? "descending" : "ascending");
        const cell = (row) => row.cells[column].textContent;
        rows.sort((a, b) => cell(a).localeCompare(cell(b), "fr", { numeric: true }) * (down ? -1 : 1));
        body.append(...rows);
      });
    });
  }
});
