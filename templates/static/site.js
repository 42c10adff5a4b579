// Enhancements only: every page is whole without this file.
(() => {
  "use strict";
  const lang = document.documentElement.lang;
  const store = {
    get: () => { try { return localStorage.getItem("tvilling-language"); } catch { return null; } },
    set: (value) => { try { localStorage.setItem("tvilling-language", value); } catch { /* private mode */ } },
  };

  // The switcher keeps the paragraph: blocks have the same ids in both versions.
  const blocks = [...document.querySelectorAll("main [id][data-state]")];
  const here = () => {
    if (scrollY < 80) return "";
    const edge = document.querySelector(".top").getBoundingClientRect().bottom;
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target) {
      const { top, bottom } = target.getBoundingClientRect();
      if (bottom > edge && top < innerHeight) return location.hash;
    }
    const first = blocks.find((block) => {
      const { bottom, height } = block.getBoundingClientRect();
      return bottom > edge + Math.min(24, height / 2);
    });
    return first ? `#${first.id}` : "";
  };
  // Focus scrolls to the switcher: by keyboard, the place is where the page stood before that.
  let reading = "";
  const follow = () => { if (!document.activeElement?.matches("[data-switch]")) reading = here(); };
  addEventListener("scroll", follow, { passive: true });
  for (const link of document.querySelectorAll("a[data-switch]")) {
    link.addEventListener("focus", () => { link.hash = reading; });
    link.addEventListener("pointerdown", () => { link.hash = here(); });
    link.addEventListener("click", ({ detail }) => {
      if (detail || here()) link.hash = here();
      store.set(link.lang || link.hreflang);
    });
  }

  // The choice of language is remembered here, and told on the page that offers both.
  for (const half of document.querySelectorAll("body.both section[lang]")) {
    if (half.lang === store.get()) half.querySelector(".last")?.removeAttribute("hidden");
  }

  // Tables sort by a column; the third press brings back the author's order.
  const collator = new Intl.Collator(lang, { numeric: true, sensitivity: "base" });
  const comma = (1.5).toLocaleString(lang).includes(",");
  const number = (text) => {
    const found = /[-−]?\d[\d\s.,]*/.exec(text);
    if (!found) return NaN;
    const plain = found[0].replace(/\s/g, "").replace("−", "-");
    return parseFloat(comma ? plain.replace(/\./g, "").replace(",", ".") : plain.replace(/,/g, ""));
  };
  const words = (cell) => {
    const copy = cell.cloneNode(true);
    for (const mark of copy.querySelectorAll(".mark, sup")) mark.remove();
    return copy.textContent.trim();
  };
  const sortable = (table) => {
    const body = table.tBodies[0];
    const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
    const rows = body ? [...body.rows] : [];
    if (rows.length < 3 || table.querySelector("[colspan], [rowspan]")) return;
    if (rows.some((row) => row.cells.length !== heads.length)) return;
    heads.forEach((head, column) => {
      if (!head.textContent.trim() || head.querySelector("a, details")) return;
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      const texts = new Map(rows.map((row) => [row, words(row.cells[column])]));
      const filled = [...texts.values()].filter(Boolean);
      const isNumeric = filled.length > 0 && filled.every((text) => /^[<>≤≥~≈\s]*[-−]?\d/.test(text));
      const order = isNumeric
        ? (a, b) => (number(texts.get(a)) || 0) - (number(texts.get(b)) || 0)
        : (a, b) => collator.compare(texts.get(a), texts.get(b));
      button.addEventListener("click", () => {
        const was = head.getAttribute("aria-sort");
        const next = { ascending: "descending", descending: null }[was] ?? (was ? null : "ascending");
        for (const each of heads) each.removeAttribute("aria-sort");
        if (next) head.setAttribute("aria-sort", next);
        const sorted = next ? [...rows].sort(order) : rows;
        body.append(...(next === "descending" ? sorted.reverse() : sorted));
      });
    });
    table.classList.add("sortable");
  };
  document.querySelectorAll(".scroll > table").forEach(sortable);

  for (const button of document.querySelectorAll(".paper")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }

  // Opened from a folder there is no server that finds index.html.
  if (location.protocol === "file:") {
    for (const link of document.querySelectorAll("a[href]")) {
      if (link.protocol === "file:" && link.pathname.endsWith("/")) link.pathname += "index.html";
    }
  }
})();
