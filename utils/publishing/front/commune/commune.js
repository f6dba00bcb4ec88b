/* One's own commune: a name or a postal code, and what communes of its size and of its province answer.
   All words and numbers come ready from commune.json (utils/offering/commune.py). The address names the commune
   (`?commune=braine-l-alleud`), so that it can be sent, and the way back leads through those that were looked at. */

const SHOWN = 8; // communes proposed at once
const NEAR = 0.5; // from this likeness on, another name is suggested
const NEARER = 0.65; // from this one on, if it begins otherwise: few mistake the first letter
const FEW = 3; // answers of a question that stand there at once

/* ---- names, folded as utils/survey/communes.py folds them ---- */

const BODY = /^(?:(?:l )?administration communale|(?:la )?(?:commune|ville)|gemeinde|gemeente|stadt?)(?![a-z0-9])/;
const ARTICLES = { de: "", d: "", du: "le ", des: "les " };
const WORDS = { st: "saint", sankt: "saint", ste: "sainte", lez: "les" };

export function fold(name) {
  let text = name.replace(/\([^)]*\)?/g, " ").toLowerCase().replaceAll("œ", "oe").replaceAll("æ", "ae").replaceAll("ß", "ss");
  text = text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/(^|[^\p{L}\p{N}_])s\//gu, "$1sur ");
  text = (text.match(/[a-z0-9]+/g) ?? []).join(" ");
  for (let body = BODY.exec(text); body; body = BODY.exec(text)) {
    const [first, ...rest] = text.slice(body[0].length).trim().split(" ");
    text = (first in ARTICLES ? ARTICLES[first] + rest.join(" ") : [first, ...rest].join(" ")).trim();
  }
  return text.split(" ").map((word) => WORDS[word] ?? word).join(" ");
}

/* ---- finding ---- */

let data; // commune.json
let communes = [];

function prepared([name, province, size, said, postal, others]) {
  const names = [{ name, key: fold(name), what: "" }, ...others.map(([n, what]) => ({ name: n, key: fold(n), what }))];
  return { name, province, size, said, postal, names };
}

/** How well a query names a commune, the least first, and by which of its names; undefined where it does not. */
function match(commune, query) {
  if (/^\d/.test(query)) {
    const code = commune.postal.find((one) => fold(one).startsWith(query));
    return code && { commune, rank: fold(code) === query ? 0 : 1, by: code };
  }
  const ranks = commune.names.map(({ key, name, what }, place) => {
    const begins = key.startsWith(query) ? 2 : ` ${key}`.includes(` ${query}`) ? 3 : key.includes(query) ? 4 : 9;
    return { commune, rank: key === query ? Number(place > 0) : begins, by: place ? `${what} ${name}`.trim() : "" };
  });
  const best = ranks.reduce((kept, one) => (one.rank < kept.rank ? one : kept));
  return best.rank < 9 ? best : undefined;
}

function matches(query) {
  const found = query ? communes.map((commune) => match(commune, query)).filter(Boolean) : [];
  return found.sort((a, b) => a.rank - b.rank || a.commune.name.localeCompare(b.commune.name, "fr"));
}

/** The communes that a whole query means: by its own name, else by any other or a code, else the only one it begins. */
function meant(query) {
  const found = matches(query);
  const whole = found.filter(({ rank }) => rank === found[0].rank && rank < 2);
  return (whole.length ? whole : found).map(({ commune }) => commune);
}

const pairs = (text) => new Set([...` ${text} `].map((_, i, all) => all.slice(i, i + 2).join("")).filter((p) => p.length > 1));
function likeness(one, other) {
  const [a, b] = [pairs(one), pairs(other)];
  return (2 * [...a].filter((pair) => b.has(pair)).length) / (a.size + b.size);
}

function suggestions(query) {
  if (/^\d/.test(query)) return communes.filter(({ postal }) => postal.some((code) => code.startsWith(query.slice(0, 2))));
  const score = (key) => {
    const alike = likeness(key, query);
    return alike >= (key[0] === query[0] ? NEAR : NEARER) ? alike : 0;
  };
  const near = communes.map((commune) => [Math.max(...commune.names.map(({ key }) => score(key))), commune]);
  return near.filter(([alike]) => alike).sort((a, b) => b[0] - a[0]).map(([, commune]) => commune);
}

/* ---- addresses ---- */

const slug = (commune) => {
  const alone = communes.filter(({ names }) => names[0].key === commune.names[0].key).length < 2;
  return fold(alone ? commune.name : `${commune.name} ${data.strata.province[commune.province]}`).replaceAll(" ", "-");
};
const address = (commune) => `?${new URLSearchParams({ commune: slug(commune) })}`;

/* ---- the page ---- */

function element(name, text = "", attributes = {}) {
  const made = document.createElement(name);
  made.textContent = text;
  for (const [key, content] of Object.entries(attributes)) made.setAttribute(key, content);
  return made;
}

function link(commune, hint = "") {
  const item = element("li");
  const made = element("a", commune.name, { href: address(commune) });
  made.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go(commune);
  });
  item.append(made, hint && ` (${hint})`);
  return item;
}

/** A share as a bar, with how sure it is; in words where there is none. */
function bar(label, cell, kind) {
  const place = element("div", "", { class: `barre-de ${kind || "ensemble"}` });
  place.append(element("dt", label));
  const value = element("dd");
  if (typeof cell === "string") value.append(element("span", cell, { class: "mots" }));
  else {
    const [share, around, n, part, low, high] = cell;
    const track = element("span", "", { class: "piste", "aria-hidden": "true" });
    track.append(element("span", "", { class: "part" }), element("span", "", { class: "autour" }));
    track.style.setProperty("--part", part);
    track.style.setProperty("--bas", low);
    track.style.setProperty("--haut", high);
    value.append(track, element("b", share), element("small", `${around}, n\u00a0=\u00a0${n}`));
  }
  place.append(value);
  return place;
}

/** One answer of communes like this one and of all: its sentence, or its name, above the bars. */
function compared(row, commune, group) {
  const told = row.said && [...data.kinds.map((by) => row.said[by]?.[own(commune, by)]), row.said[""]].find(Boolean);
  const cell = (by) => (by in row.cells ? row.cells[by][own(commune, by)] : data.absent[""]);
  const bars = element("dl");
  bars.append(...group.kinds.map((by) => bar(data.labels[by], cell(by), by)), bar(data.labels[""], row.cells[""], ""));
  const item = element("li");
  item.append(element("p", told ? `${told}.` : row.name, { class: told ? "dit" : "nom" }), bars);
  return item;
}

const own = (commune, by) => (by === "taille" ? commune.size : commune.province);

/** Answers beside each other: each of communes like this one, or those that are told of all alone. */
function answers(rows, commune, group) {
  const split = group.kinds.length > 0;
  const made = element(split ? "ul" : "dl", "", { class: "reponses" });
  made.append(...rows.map((row) => (split ? compared(row, commune, group) : bar(row.name, row.cells[""], ""))));
  return made;
}

function results(group, commune, level) {
  const place = element("section");
  const few = group.first ? group.rows.length : FEW;
  const missing = group.kinds.length ? data.kinds.filter((by) => !group.kinds.includes(by)).map((by) => data.absent[by]) : [];
  place.append(element(level, group.title), element("p", [group.who, ...missing].join(" "), { class: "de-qui" }));
  place.append(answers(group.rows.slice(0, few), commune, group));
  if (group.rows.length > few) {
    const more = element("details");
    more.append(element("summary", "Toutes les réponses"), answers(group.rows.slice(few), commune, group));
    place.append(more);
  }
  const chapter = element("p", "", { class: "suite" });
  const named = { href: group.chapter, "aria-label": `Lire le chapitre\u00a0: ${group.title}` };
  chapter.append(element("a", "Lire le chapitre", named));
  place.append(chapter);
  return place;
}

const hides = (commune) =>
  data.groups.some(({ rows }) =>
    rows.some(({ cells }) => data.kinds.some((by) => cells[by]?.[own(commune, by)] === data.untold.said)),
  );

function show(commune) {
  const parts = [element("h2", `Votre commune\u00a0: ${commune.name}`), element("p", commune.said, { class: "situation" })];
  for (const { name, what } of commune.names.filter((one) => one.what)) {
    parts.push(element("p", `${what[0].toUpperCase()}${what.slice(1)}\u00a0: ${name}.`, { class: "situation" }));
  }
  const known = [data.asked, data.inhabitants].filter(Boolean).join(" ");
  parts.push(element("p", known, { class: "situation" }), element("p", data.legend, { class: "de-qui" }));
  parts.push(...data.groups.filter(({ kinds }) => kinds.length).map((group) => results(group, commune, "h3")));
  if (hides(commune)) parts.push(element("p", data.untold.why, { class: "de-qui" }));
  const whole = data.groups.filter(({ kinds }) => !kinds.length);
  if (whole.length) parts.push(element("h3", data.nowhere), ...whole.map((group) => results(group, commune, "h4")));
  found.replaceChildren(...parts);
}

function say(text, list = []) {
  status.textContent = text;
  const made = element("ul", "", { class: "choix" });
  made.append(...list.slice(0, SHOWN).map((commune) => link(commune, data.strata.province[commune.province])));
  if (list.length) found.replaceChildren(made);
}

/** Show what a text means, or what it could mean. */
function answerTo(text) {
  close();
  const query = fold(text);
  const exact = communes.filter((commune) => slug(commune).replaceAll("-", " ") === query);
  const several = exact.length ? exact : meant(query);
  found.replaceChildren();
  if (!query) return say("");
  const quoted = `«\u00a0${text.trim()}\u00a0»`;
  if (several.length === 1) {
    field.value = several[0].name;
    show(several[0]);
    return say(`${several[0].name}\u00a0: ${several[0].said}`);
  }
  if (several.length) return say(`Plusieurs communes correspondent à ${quoted}. Laquelle est la vôtre\u202f?`, several);
  const near = suggestions(query);
  const how = near.length ? "En voici qui s’en approchent\u00a0:" : "Essayez un autre nom, ou la liste au bas de la page.";
  // One code stands for each commune: that of its town hall, or another; a code that is not listed may be one of its own.
  const what = /^\d/.test(query) ? "ce code postal n’est pas dans la liste" : `aucune commune interrogée ne s’appelle ainsi. ${data.addressed.slice(0, -1)}`;
  return say(`${quoted}\u00a0: ${what}. ${how}`, near);
}

function go(commune) {
  history.pushState(null, "", address(commune));
  answerTo(slug(commune));
}

/* ---- the field: a combobox with a list of its own ---- */

const place = document.getElementById("trouver-ma-commune");
const [field, list, status, found] = ["#commune", "#communes-proposees", ".etat", ".trouvee"].map((one) => place?.querySelector(one));
let proposed = [];
let chosen = -1;

function close() {
  list.hidden = true;
  chosen = -1;
  field.setAttribute("aria-expanded", "false");
  field.removeAttribute("aria-activedescendant");
}

function propose() {
  proposed = matches(fold(field.value)).slice(0, SHOWN);
  close();
  list.replaceChildren(...proposed.map(({ commune, by }, i) => {
    const option = element("li", commune.name, { role: "option", id: `proposee-${i}`, "aria-selected": "false" });
    option.append(element("small", [by, data.strata.province[commune.province]].filter(Boolean).join(", ")));
    option.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
    option.addEventListener("click", () => go(commune));
    return option;
  }));
  list.hidden = !proposed.length;
  field.setAttribute("aria-expanded", String(!list.hidden));
  if (field.value.trim()) status.textContent = said(proposed.length);
}

const said = (n) => (n > 1 ? `${n} communes proposées.` : n ? "Une commune proposée." : "Aucune commune proposée.");

function walk(step) {
  if (list.hidden) propose();
  if (list.hidden) return;
  chosen = (chosen + step + proposed.length + (chosen < 0 && step < 0 ? 1 : 0)) % proposed.length;
  [...list.children].forEach((option, i) => option.setAttribute("aria-selected", String(i === chosen)));
  field.setAttribute("aria-activedescendant", `proposee-${chosen}`);
  list.children[chosen].scrollIntoView({ block: "nearest" });
}

function press(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    event.preventDefault();
    walk(step);
  } else if (event.key === "Escape" && !list.hidden) {
    event.preventDefault();
    close();
  }
}

function submit(event) {
  event.preventDefault();
  if (chosen >= 0) return go(proposed[chosen].commune);
  const query = fold(field.value);
  const several = query ? meant(query) : [];
  if (several.length === 1) return go(several[0]);
  history.pushState(null, "", query ? `?${new URLSearchParams({ commune: field.value.trim() })}` : location.pathname);
  return answerTo(field.value);
}

function restore() {
  const asked = new URLSearchParams(location.search).get("commune") ?? "";
  field.value = asked;
  answerTo(asked);
}

async function start() {
  try {
    const answer = await fetch(new URL("commune.json", import.meta.url));
    if (!answer.ok) throw new Error(answer.statusText);
    data = await answer.json();
  } catch {
    status.textContent = "Les communes n’ont pas pu être chargées\u00a0: la liste et les tableaux plus bas disent la même chose.";
    return;
  }
  communes = data.communes.map(prepared);
  field.addEventListener("input", propose);
  field.addEventListener("keydown", press);
  field.addEventListener("blur", close);
  field.form.addEventListener("submit", submit);
  addEventListener("popstate", restore);
  restore();
}

if (place) start();
