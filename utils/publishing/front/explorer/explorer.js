/* The explorer: a question, a way to split its answers, a group; chart, table and address follow.
   All words and numbers come ready from explorer.json (utils/offering/explorer.py). The page comes with its
   first state drawn, so that the library that draws the others (vega.js, 200 KB compressed) is fetched only
   when a reader chooses something, or arrives by an address that names another state. */

const page = document.getElementById("explorateur");
const find = (selector) => page.querySelector(selector);
const selects = {
  question: find("#explorer-question"),
  selon: find("#explorer-selon"),
  groupe: find("#explorer-groupe"),
};
const status = find(".etat");
const WIDE = 560; // from this width on, names stand beside their bars
const ALL = ""; // the value of "all groups"
const MANY = 30; // bars: more of them are no picture, and the table's cells are tinted instead
const SHADES = ["teinte-1", "teinte-2", "teinte-3", "teinte-4"]; // from little to much

let data; // explorer.json
let shown; // the state on the page: { question, view, group }, group null for all

/* ---- addresses ---- */

const address = ({ question, view, group }) => {
  const parts = { question: question.id };
  if (view !== question.views[0] || group) parts.selon = view.id;
  if (group) parts.groupe = group.id;
  return `#${new URLSearchParams(parts)}`;
};

/** Read the state that an address names, and say what of it does not exist here. */
function wanted(hash) {
  const asked = new URLSearchParams(hash.slice(1));
  const lost = [];
  const pick = (list, key, what, fallback) => {
    const id = asked.get(key);
    const found = list.find((item) => item.id === id);
    if (id && !found) lost.push(`${what} «\u00a0${id}\u00a0»`);
    return found ?? fallback;
  };
  const first = data.questions.find((question) => question.id === data.default);
  const question = pick(data.questions, "question", "la question", first);
  // What belongs to an unknown question says nothing of the one that is shown instead.
  if (lost.length) return { state: { question, view: question.views[0], group: null }, lost };
  const view = pick(question.views, "selon", "le critère", question.views[0]);
  const groups = lost.length ? [] : view.groups;
  const group = lost.length ? null : pick(groups, "groupe", "le groupe", null);
  return { state: { question, view, group: groups.length > 1 ? group : null }, lost };
}

/* ---- what a state says ---- */

const single = ({ view, group }) => group ?? (view.groups.length === 1 ? view.groups[0] : null);
const title = ({ view, group }) => (group ?? { title: view.title ?? view.groups[0].title }).title;
const basis = ({ view, group }) => group?.basis ?? view.basis ?? view.groups[0].basis;
const value = (cell) => (cell ? cell[1] : data.hidden);
const hides = (groups) => groups.some((group) => group.cells.includes(null));
const within = (text) => text[0].toLowerCase() + text.slice(1);
const how = ({ view }) => (view.said ? `, ${view.said}` : "");
const sentence = (state) => {
  const withheld = state.view.groups.length ? "" : "\u202f; ce résultat n’est pas publié";
  return `Affiché\u00a0: «\u00a0${state.question.label}\u00a0»${how(state)}, ${within(basis(state))}${withheld}.`;
};

function alternative(state) {
  const only = single(state);
  const values = state.view.answers.map((answer, i) => {
    if (only) return `${answer.name}\u00a0: ${value(only.cells[i])}`;
    const each = state.view.groups.map((group) => `${group.name} ${value(group.cells[i])}`);
    return `${answer.name}\u00a0: ${each.join(", ")}`;
  });
  const mark = data.fictional ? `${data.fictional}. ` : "";
  return `${mark}Diagramme en barres, part en\u00a0%. ${title(state)}. ${values.join("\u202f; ")}.`;
}

/** Whether groups side by side are shown as tinted cells: too many bars would stand under each other. */
const tinted = (state) => !single(state) && state.view.answers.length * state.view.groups.length > MANY;

const shade = (cell) => (cell?.[3] === undefined ? "" : SHADES[Math.min(Math.floor(cell[3] * SHADES.length), SHADES.length - 1)]);

function table(state) {
  const { question, view } = state;
  const only = single(state);
  const groups = only ? [only] : view.groups;
  const mark = data.fictional ? `. ${data.fictional}` : "";
  const legend = hides(groups) ? ` ${data.legend}` : "";
  const caption = `${question.label}${how(state)}\u00a0: ${within(basis(state))}${legend}${mark}`;
  const first = data.fictional ? `Réponse (${data.fictional.toLowerCase()})` : "Réponse";
  const header = only
    ? [first, view.counted, "Part", data.interval]
    : [first, ...view.groups.map((group) => `${group.name} (n\u00a0=\u00a0${group.n})`)];
  const rows = view.answers.map((answer, i) => [
    answer.name,
    ...(only
      ? (only.cells[i] ?? [data.hidden, data.hidden, data.hidden]).slice(0, 3)
      : view.groups.map(({ cells }) => (cells[i] ? `${cells[i][1]} (${cells[i][0]})` : data.hidden))),
  ]);
  return { caption, header, rows };
}

/* ---- the page ---- */

function element(name, text = "", attributes = {}) {
  const made = document.createElement(name);
  made.textContent = text;
  for (const [key, content] of Object.entries(attributes)) made.setAttribute(key, content);
  return made;
}

function fill(select, options, chosen) {
  select.replaceChildren(...options.map(({ id, name }) => new Option(name, id, id === chosen, id === chosen)));
}

function fillSelects({ question, view, group }) {
  selects.question.value = question.id;
  fill(selects.selon, question.views.map(({ id, label }) => ({ id, name: label })), view.id);
  const groups = view.groups.length > 1 ? view.groups : [];
  const all = groups.length ? "Tous, côte à côte" : "Tous";
  fill(selects.groupe, [{ id: ALL, name: all }, ...groups], group?.id ?? ALL);
}

function showTable(state) {
  const place = find(".resultat");
  if (!state.view.groups.length) return place.replaceChildren();
  const { caption, header, rows } = table(state);
  const grid = element("table", "", { class: "chiffres", id: "explorer-tableau" });
  grid.append(element("caption", caption, { id: "explorer-tableau-titre" }));
  const head = grid.createTHead().insertRow();
  head.append(...header.map((text) => element("th", text, { scope: "col" })));
  const body = grid.createTBody();
  const { answers, groups } = state.view;
  const shades = tinted(state) ? answers.map((_, i) => groups.map(({ cells }) => shade(cells[i]))) : [];
  rows.forEach(([name, ...cells], i) => {
    const told = cells.map((text, k) => element("td", text, { class: shades[i]?.[k] ?? "" }));
    body.insertRow().append(element("th", name, { scope: "row" }), ...told);
  });
  const region = { class: "tableau", role: "region", tabindex: "0", "aria-label": "Résultat affiché" };
  const box = element("div", "", region);
  box.append(grid);
  place.replaceChildren(box);
}

/** Show a state everywhere but in the chart, which may have to wait for its library. */
function show(state, lost = []) {
  shown = state;
  fillSelects(state);
  showTable(state);
  find(".note").textContent = state.view.note;
  find(".chapitre").href = `${state.question.chapter}.html`;
  find(".csv").hidden = !state.view.groups.length;
  const missing = lost.length ? `L’adresse nomme ${lost[0]}, qui n’existe pas dans cette édition. ` : "";
  status.textContent = missing + sentence(state);
  // The rest of the page shows what was chosen: only a fault needs to be read by everyone.
  status.classList.toggle("visible", lost.length > 0);
  draw();
}

/* ---- the chart ---- */

const canvas = document.createElement("canvas").getContext("2d");

function measure(text, bold) {
  canvas.font = `${bold ? "bold " : ""}14px ${getComputedStyle(page).fontFamily}`;
  return canvas.measureText(text).width;
}

function wrap(text, width, bold) {
  const lines = [];
  for (const word of text.split(" ")) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    if (lines.length && measure(longer, bold) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** Return headings and bars from the top: one bar an answer, or one a group under each answer's name. */
function rowsOf(state) {
  const only = single(state);
  return state.view.answers.flatMap((answer, i) =>
    only
      ? [{ name: answer.name, tone: answer.tone, cell: only.cells[i] }]
      : [
          { name: answer.name, heading: true },
          ...state.view.groups.map((group) => ({
            name: group.name,
            tone: group.whole ? "--ensemble" : answer.tone,
            cell: group.cells[i],
          })),
        ],
  );
}

/** Place every bar, line and text: lengths are pixels, shares are left to the scale. */
function layout(state, width) {
  const rows = rowsOf(state);
  const narrow = width < WIDE;
  const [bar, line, gap] = [16, 18, 7];
  const bars = rows.filter((row) => !row.heading);
  const longest = Math.max(...bars.map((row) => measure(row.name)));
  const gutter = narrow ? 0 : Math.min(longest, width * 0.42) + 10;
  const room = Math.max(...bars.map((row) => measure(value(row.cell), true))) + 8;
  const placed = { bars: [], lines: [], names: [], values: [] };
  const write = (text, y, weight = "normal") => placed.names.push({ text, y, weight });
  let y = 0;
  for (const { name, heading, tone, cell } of rows) {
    const lines = wrap(name, narrow || heading ? width : gutter - 10, heading);
    const block = lines.length * line;
    const above = heading ? gap : 0;
    const height = heading || !narrow ? Math.max(block, heading ? 0 : bar) : block + bar;
    const start = y + above + (narrow || heading ? 0 : (height - block) / 2);
    lines.forEach((text, i) => write(text, start + (i + 0.5) * line, heading ? "bold" : "normal"));
    if (!heading) {
      const middle = narrow ? y + block + bar / 2 : y + height / 2;
      const [, , , share, low, high] = cell ?? [];
      const end = Math.max(share ?? 0, high ?? 0);
      placed.values.push({ text: value(cell), y: middle, end, weight: "bold" });
      if (share !== undefined) {
        placed.bars.push({ share, top: middle - bar / 2, bottom: middle + bar / 2, tone: `var(${tone})` });
        placed.lines.push({ low, high, y: middle });
      }
    }
    y += above + height + (heading ? 2 : gap);
  }
  if (data.fictional) write(data.fictional, y + line / 2);
  return { ...placed, gutter, room, height: y + (data.fictional ? line : 0) };
}

/** Return the drawing as Vega wants it; its colours are the page's own, so that they follow its theme. */
function drawing(state, width) {
  const { bars, lines, names, values, gutter, room, height } = layout(state, width);
  const share = (field) => ({ scale: "share", field });
  const mark = (type, from, update) => ({ type, from: { data: from }, aria: false, encode: { update } });
  const text = {
    y: { field: "y" },
    text: { field: "text" },
    fontWeight: { field: "weight" },
    font: { value: getComputedStyle(page).fontFamily },
    fontSize: { value: 14 },
    baseline: { value: "middle" },
    fill: { value: "var(--encre)" },
  };
  return {
    width,
    height,
    padding: 0,
    autosize: "none",
    data: Object.entries({ bars, lines, names, values }).map(([name, rows]) => ({ name, values: rows })),
    scales: [{ name: "share", type: "linear", domain: [0, 1], range: [gutter, width - room] }],
    marks: [
      mark("rect", "bars", {
        x: { scale: "share", value: 0 },
        x2: share("share"),
        y: { field: "top" },
        y2: { field: "bottom" },
        fill: { field: "tone" },
      }),
      mark("rule", "lines", {
        x: share("low"),
        x2: share("high"),
        y: { field: "y" },
        stroke: { value: "var(--encre)" },
        strokeWidth: { value: 1.5 },
      }),
      mark("text", "names", text),
      mark("text", "values", { ...text, x: { ...share("end"), offset: 5 } }),
    ],
  };
}

let library; // the promise of vega.js, once asked for
let drawn = 0; // how many drawings were begun: one that comes late must not cover a newer one
let atWidth; // the width of the drawing on the page; undefined while it is the one that came with it

const fetchLibrary = () => {
  library ??= import("./vega.js");
  library.catch(() => (library = undefined)); // asked for again at the next choice
  return library;
};

async function draw() {
  const turn = ++drawn;
  const state = shown;
  const place = find(".graphique");
  const head = [element("p", title(state), { class: "titre" })];
  const hidden = hides(state.group ? [state.group] : state.view.groups) ? ` ${data.hiddenSaid}` : "";
  const unit = tinted(state) ? data.shaded : data.unit;
  const about = `${state.question.statement} ${basis(state)}. ${unit}${hidden}`;
  if (!state.view.groups.length) {
    atWidth = undefined;
    return place.replaceChildren(...head);
  }
  head.push(element("p", about, { class: "sous-titre" }));
  if (tinted(state)) {
    atWidth = undefined;
    return place.replaceChildren(...head);
  }
  const figure = element("div", "", { class: "dessin", "aria-busy": "true" });
  try {
    const { View, parse, expressionInterpreter } = await fetchLibrary();
    if (turn !== drawn) return;
    const width = Math.min(place.clientWidth, 740);
    // Interpreted, not compiled: a page that forbids `eval` can show it as well.
    const runtime = parse(drawing(state, width), null, { ast: true });
    const options = { expr: expressionInterpreter, renderer: "svg", container: figure };
    const made = await new View(runtime, options).runAsync();
    made.finalize(); // nothing in it moves or listens
    if (turn !== drawn) return;
    const svg = figure.querySelector("svg");
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", alternative(state));
    figure.removeAttribute("aria-busy");
    place.replaceChildren(...head, figure);
    atWidth = place.clientWidth;
  } catch {
    const sorry = "Le graphique n’a pas pu être chargé\u00a0: le tableau donne les mêmes chiffres.";
    if (turn === drawn) place.replaceChildren(...head, element("p", sorry));
  }
}

/* ---- the table as a file ---- */

/** A line for each answer of each group, in numbers: shares and the two ends of their intervals are 0..1. */
function lines({ view, group }) {
  const unit = "(de 0 à 1)";
  const first = data.fictional ? `Réponse (${data.fictional.toLowerCase()})` : "Réponse";
  const bounds = ["borne basse", "borne haute"].map((end) => `${data.interval}, ${end} ${unit}`);
  const told = (group ? [group] : view.groups).flatMap(({ name, cells }) =>
    view.answers.map((answer, i) => {
      const [count, , , ...numbers] = cells[i] ?? [data.hidden];
      const n = count.replace(/\s/g, ""); // thousands are set apart
      const note = /^\d+$/.test(n) ? "" : count === data.hidden ? data.hiddenSaid : count;
      return [answer.name, name, note ? "" : n, ...[0, 1, 2].map((at) => String(numbers[at] ?? "")), note];
    }),
  );
  return [[first, "Groupe", "Effectif", `Part ${unit}`, ...bounds, "Remarque"], ...told];
}

/** A cell that no spreadsheet runs as a formula: as `harmless` in utils/spreadsheet.py, which says why. */
function harmless(text) {
  if (/^[+-]\p{Nd}[\p{Nd}\s.,]*(%|\p{L}+)?$/u.test(text)) return text;
  return text.replace(/(^|[;\t\r\n])([^\S\t\r\n]*)(?=[=+\-@＝＋－＠])/g, "$1$2'").replace(/^(?=[\t\r\n])/, "'");
}

function download() {
  const quoted = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const written = lines(shown).map((row) => row.map((text) => quoted(harmless(text))).join(","));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([`\ufeff${written.join("\n")}\n`], { type: "text/csv;charset=utf-8" }));
  const { question, view, group } = shown;
  const name = [question.id, view === question.views[0] ? "" : view.id, group?.id].filter(Boolean).join("-");
  link.download = `${data.fictional ? "donnees-fictives-" : ""}${name}.csv`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href));
}

/* ---- choices, and the way back ---- */

let keys = false; // whether the last choice was made by keyboard
let walked; // the list that the keyboard is walking through: all its steps make one step back

function choose(changed) {
  const asked = new URLSearchParams({ question: selects.question.value });
  // A way to split that the next question knows as well is kept; so is a group within a way to split.
  const question = data.questions.find(({ id }) => id === selects.question.value);
  const view = question.views.find(({ id }) => id === selects.selon.value);
  if (view) asked.set("selon", view.id);
  const kept = changed !== "selon" && view?.groups.some(({ id }) => id === selects.groupe.value);
  if (kept) asked.set("groupe", selects.groupe.value);
  const { state } = wanted(`#${asked}`);
  if (keys && walked === changed) history.replaceState(null, "", address(state));
  else history.pushState(null, "", address(state));
  walked = keys ? changed : undefined;
  show(state);
}

function restore() {
  const { state, lost } = wanted(location.hash);
  if (lost.length) history.replaceState(null, "", address(state));
  walked = undefined;
  show(state, lost);
}

async function start() {
  try {
    const answer = await fetch(new URL("explorer.json", import.meta.url));
    if (!answer.ok) throw new Error(answer.statusText);
    data = await answer.json();
  } catch {
    status.classList.add("visible");
    status.textContent = "Les réponses n’ont pas pu être chargées\u00a0: les tableaux plus bas les donnent toutes.";
    return;
  }
  for (const chapter of new Set(data.questions.map((question) => question.chapter))) {
    const asked = data.questions.filter((question) => question.chapter === chapter);
    const group = element("optgroup", "", { label: asked[0].chapterTitle });
    group.append(...asked.map(({ id, label }) => new Option(label, id)));
    selects.question.append(group);
  }
  selects.question.firstElementChild.remove(); // the option that the page came with
  for (const [key, select] of Object.entries(selects)) {
    select.addEventListener("change", () => choose(key));
    select.addEventListener("focus", fetchLibrary, { once: true });
    select.addEventListener("keydown", () => (keys = true));
    select.addEventListener("pointerdown", () => (keys = false));
    select.addEventListener("blur", () => (walked = undefined));
  }
  find(".csv").addEventListener("click", download);
  window.addEventListener("popstate", restore);
  new ResizeObserver(() => {
    const width = find(".graphique").clientWidth; // 0 while it is hidden: it is drawn again when it is back
    if (atWidth !== undefined && width && width !== atWidth) draw();
  }).observe(page);
  if (new URLSearchParams(location.hash.slice(1)).has("question")) return restore();
  // The first state stands on the page already.
  shown = wanted("").state;
  fillSelects(shown);
  find(".csv").hidden = false;
}

start();
