/* The search page. LIVRE is every page of the book: [address, title, [[anchor, title, text, answers], …]];
   `answers` are words that readers say and to which a section replies, where there are any. SYNONYMES are
   readers' words and the book's. Words are compared without accents, capitals and endings; sections are ranked by BM25,
   in which a word of a title counts for several. */
(() => {
  const WORD = /\[\p{L}\]|[\p{L}\p{N}]+/gu; // a sign of tables, such as [c], is a word of its own
  const IN_TITLE = 6, IN_PAGE_TITLE = 3; // how often a word of a title counts
  const ANSWERING = 2; // what a word adds to the score of a section that answers to it: as much as any number of places
  const NEAR = 0.5; // what a word counts that only starts as the query does, or means the same
  const SHOWN = 3; // sections of one page
  const AROUND = 80; // characters before the quoted word; the excerpt is three times as long

  const fold = (text) =>
    text.toLowerCase().normalize("NFD").replace(/\p{Diacritic}/gu, "").replace(/œ/g, "oe").replace(/æ/g, "ae");
  const stemmer = new FrenchStemmer();
  const stems = new Map();
  const stem = (word) => {
    if (!stems.has(word)) stems.set(word, stemmer.stemWord(fold(word)));
    return stems.get(word);
  };
  // What readers say, and what the book says.
  const same = new Map(Object.entries(SYNONYMES).map(([said, told]) => [stem(said), told.split(" ").map(stem)]));
  const nearness = (word, term) => {
    if (word === term) return 1;
    const starts = (term.length > 3 && word.startsWith(term)) || (word.length > 4 && term.startsWith(word));
    return starts || same.get(term)?.includes(word) ? NEAR : 0;
  };

  /* How many letters are wrong, missing, too many or swapped between two words; no more than `most` are counted. */
  function slips(one, other, most) {
    if (Math.abs(one.length - other.length) > most) return most + 1;
    let [before, row] = [[], Array.from({ length: other.length + 1 }, (_, i) => i)];
    for (let i = 1; i <= one.length; i += 1) {
      const next = [i];
      for (let j = 1; j <= other.length; j += 1) {
        const wrong = one[i - 1] === other[j - 1] ? 0 : 1;
        next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + wrong);
        const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
        if (swapped) next[j] = Math.min(next[j], before[j - 2] + 1);
      }
      [before, row] = [row, next];
    }
    return row[other.length];
  }
  const words = (text) => text.match(WORD) || [];
  const empty = new Set(MOTS_VIDES.flatMap(words).map(fold));

  /* Every section with its words, how long one is on average, and in how many each word stands. */
  function indexed() {
    const sections = LIVRE.flatMap(([page, pageTitle, parts]) =>
      parts.map(([anchor, title, text, answers = ""], place) => {
        const counts = new Map();
        const add = (told, times) => {
          for (const word of words(told)) counts.set(stem(word), (counts.get(stem(word)) || 0) + times);
        };
        add(text, 1);
        add(title, IN_TITLE);
        if (place) add(pageTitle, IN_PAGE_TITLE);
        add(answers, IN_TITLE);
        const length = words(text).length + IN_TITLE * words(title).length;
        const answering = new Set(words(answers).map(stem));
        return { page, pageTitle, anchor: place ? `#${anchor}` : "", title, text, counts, length, answering };
      })
    );
    const average = sections.reduce((sum, section) => sum + section.length, 0) / sections.length;
    const holding = new Map();
    for (const { counts } of sections) for (const word of counts.keys()) holding.set(word, (holding.get(word) || 0) + 1);
    return { sections, average, holding };
  }

  let made = null; // at the first query: stemming the whole book takes a second on a phone
  const index = () => (made ??= indexed());

  /* The words that are looked for: short and empty ones only where there are no others. */
  function asked(query) {
    const all = words(query);
    const full = all.filter((word) => !empty.has(fold(word)) && (word.length > 1 || /\d/.test(word)));
    return [...new Set((full.length ? full : all).map(stem).map(meant))];
  }

  /* A word that the book has not, nor one that starts so, is taken for the nearest that it has, if that is near. */
  function meant(term) {
    const known = [...index().holding.keys()];
    const most = term.length < 5 ? 0 : term.length < 8 ? 1 : 2;
    if (!most || same.has(term) || known.some((word) => word.startsWith(term))) return term;
    const near = known.map((word) => [slips(word, term, most), -index().holding.get(word), word]);
    const [[far, , nearest]] = near.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    return far <= most ? nearest : term;
  }

  function scored(section, terms) {
    const { sections, average, holding } = index();
    let score = 0, found = 0;
    for (const term of terms) {
      let count = section.counts.get(term) || 0;
      if (!count) for (const [word, times] of section.counts) count += nearness(word, term) * times;
      if (!count) continue;
      found += 1;
      const n = holding.get(term) || 1;
      const rare = Math.log(1 + (sections.length - n + 0.5) / (n + 0.5));
      score += (rare * count * 2.2) / (count + 1.2 * (0.25 + (0.75 * section.length) / average));
      if (section.answering.has(term)) score += rare * ANSWERING;
    }
    return { section, score, found };
  }

  /* Pages, the best first, each with its best sections: those that hold all the words, or else the most of them. */
  function search(terms) {
    const scores = index().sections.map((section) => scored(section, terms)).filter(({ found }) => found);
    const most = Math.max(0, ...scores.map(({ found }) => found));
    const pages = new Map();
    for (const { section } of scores.filter(({ found }) => found === most).sort((a, b) => b.score - a.score)) {
      if (!pages.has(section.page)) pages.set(section.page, []);
      pages.get(section.page).push(section);
    }
    return { pages: [...pages.values()], complete: most === terms.length };
  }

  /* The part of a text that holds the most of the words, with these marked. */
  function excerpt(text, terms) {
    const hits = [...text.matchAll(WORD)].filter(([word]) => terms.some((term) => nearness(stem(word), term)));
    const within = (start) => hits.filter((one) => one.index >= start && one.index < start + 2 * AROUND);
    const distinct = (start) => new Set(within(start).map(([word]) => stem(word))).size;
    const best = hits.reduce((kept, one) => (distinct(one.index) > distinct(kept) ? one.index : kept), hits[0]?.index || 0);
    const start = best > AROUND ? text.lastIndexOf(" ", best - AROUND / 2) + 1 : 0;
    const last = text.indexOf(" ", start + 3 * AROUND);
    const end = last < 0 ? text.length : last;
    const quote = document.createElement("p");
    let place = start;
    if (start) quote.append("…\u00a0");
    for (const one of hits.filter(({ index }) => index >= start && index < end)) {
      const mark = document.createElement("mark");
      mark.textContent = one[0];
      quote.append(text.slice(place, one.index), mark);
      place = one.index + one[0].length;
    }
    quote.append(text.slice(place, end).trimEnd());
    if (end < text.length) quote.append("\u00a0…");
    return quote;
  }

  function link(address, text) {
    const made = document.createElement("a");
    made.href = address;
    made.textContent = text;
    return made;
  }

  function shown(found, terms) {
    const item = document.createElement("li");
    const heading = document.createElement("h2");
    heading.append(link(found[0].page, found[0].pageTitle));
    item.append(heading);
    // What the page opens with stands under its title: quoted there where it is the best of them, else not at all.
    for (const section of found.slice(0, SHOWN).filter((one, place) => one.anchor || !place)) {
      if (section.anchor) {
        const title = document.createElement("p");
        title.className = "section";
        title.append(link(section.page + section.anchor, section.title));
        item.append(title);
      }
      item.append(excerpt(section.text, terms));
    }
    return item;
  }

  // No page tells of one commune, but one finds those like it.
  function commune(query, quoted) {
    const item = document.createElement("li");
    const asked = new URLSearchParams({ commune: query });
    item.append(link(`chapters/61_ma_commune.html?${asked}`, `Chercher ${quoted} parmi les communes`));
    return item;
  }

  const field = document.getElementById("termes");
  const status = document.getElementById("etat");
  const list = document.getElementById("resultats");

  function answer() {
    const query = field.value.trim();
    const terms = asked(query);
    const { pages, complete } = terms.length ? search(terms) : { pages: [], complete: true };
    const quoted = `«\u00a0${query}\u00a0»`;
    const count = pages.length > 1 ? `${pages.length} pages trouvées` : "1 page trouvée";
    if (!query) status.textContent = "";
    else if (!pages.length) status.textContent = `Aucune page ne contient ${quoted}.`;
    else if (complete) status.textContent = `${count} pour ${quoted}.`;
    else status.textContent = `Aucun passage ne contient tous les mots de ${quoted}\u202f; ${count} avec une partie d’entre eux.`;
    list.replaceChildren(...pages.map((found) => shown(found, terms)));
    if (query && !pages.length) list.append(commune(query, quoted));
    document.title = document.title.replace(/^.*?Recherche/, query ? `${query} — Recherche` : "Recherche");
    const address = new URL(window.location);
    if (query) address.searchParams.set("q", query);
    else address.searchParams.delete("q");
    window.history.replaceState(null, "", address);
  }

  let waiting;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(answer, 200);
  });
  field.form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    answer();
  });
  field.value = new URLSearchParams(window.location.search).get("q") || "";
  answer();
  if (!field.value) field.focus();
})();
