// The search page.  What searches is fetched when a reader begins to type.
(() => {
  "use strict";
  const one = (selector, within = document) => within.querySelector(selector);
  const [form, told, list, more, hit] = ["form.search", ".told", ".hits", ".more", "template"].map((each) => one(each));
  const { index, parts, root, found, none, broken } = form.dataset;
  const { lang } = document.documentElement;
  const field = form.elements.q;
  const path = (relative) => new URL(relative, location.href).pathname;

  let engine;
  const load = async () => {
    const pagefind = await import(path(`${index}0/pagefind.js`));
    const options = { baseUrl: path(root), excerptLength: 24 };
    await pagefind.options(options);
    for (let part = 1; part < parts; part += 1) await pagefind.mergeIndex(path(`${index}${part}/`), options);
    return pagefind;
  };

  const link = (way, href, textContent) => Object.assign(way, { href, textContent });
  const shown = ({ url, meta, excerpt, sub_results: places }) => {
    const item = hit.content.cloneNode(true);
    const title = link(one("h2 a", item), url, meta.title);
    if (meta.lang !== lang) title.lang = meta.lang;
    one(".excerpt", item).innerHTML = excerpt;
    one(".facts", item).innerHTML = meta.badge;
    const inside = one(".places", item);
    for (const { title, url } of places.filter(({ anchor }) => anchor).slice(0, 3)) {
      inside.appendChild(document.createElement("li")).append(link(document.createElement("a"), url, title));
    }
    if (!inside.firstChild) inside.remove();
    return item;
  };

  let results = [];
  const show = async () => {
    const [asked, start] = [results, list.children.length];
    const some = await Promise.all(asked.slice(start, start + 10).map((each) => each.data()));
    if (asked !== results || start !== list.children.length) return;
    list.append(...some.map(shown));
    more.hidden = list.children.length >= results.length;
    if (start) one("a", list.children[start]).focus();
  };

  let last = "";
  const search = async () => {
    const words = field.value.trim();
    if (words === last) return;
    last = words;
    try {
      engine ??= load();
      const answer = words ? await (await engine).debouncedSearch(words, {}, 150) : { results: [] };
      if (!answer || words !== last) return;
      history.replaceState(null, "", `./${words && `?q=${encodeURIComponent(words)}`}`);
      ({ results } = answer);
      const number = results.length.toLocaleString(lang);
      told.textContent = words && (results.length ? found.replace("{}", number) : none.replace("{}", () => words));
      list.replaceChildren();
      await show();
    } catch {
      last = engine = undefined;
      told.textContent = broken;
    }
  };

  form.onsubmit = (event) => { event.preventDefault(); search(); };
  field.oninput = search;
  more.onclick = show;
  field.value = new URLSearchParams(location.search).get("q") ?? "";
  if (field.value) search();
  else field.focus({ preventScroll: true });
})();
