// Everything works by forms and links alone; this makes it quick.  What is typed is kept in the browser
// until the server has said that it is saved.

const rows = document.getElementById("rows");
const said = document.getElementById("said");
const words = document.getElementById("words").dataset;
const keys = document.getElementById("keys");
const desk = document.getElementById("desk");
const place = desk && `${desk.dataset.lang}/${desk.dataset.name}`;

document.documentElement.classList.add("scripts");

let quiet = 0;
function say(text, stays = false) {
  said.textContent = text;
  clearTimeout(quiet);
  if (!stays) quiet = setTimeout(() => { said.textContent = ""; }, 4000);
}

// What is typed and not saved: one item for each block and field, with the stamp of what it was typed upon.
const FIELDS = ["text", "note"];
const shelf = {
  name: (id, field) => `tvilling:${desk.dataset.project}:${place}/${id}/${field}`,
  keep(id, field, seen, texts) {
    try { localStorage.setItem(this.name(id, field), JSON.stringify({ seen, texts })); } catch { /* It is full. */ }
  },
  find(id, field) {
    try { return JSON.parse(localStorage.getItem(this.name(id, field))); } catch { return null; }
  },
  drop(id, field) { localStorage.removeItem(this.name(id, field)); },
};

const opened = () => rows?.querySelector(".row.opened");
const areas = (form, field = "text") => [...form.querySelectorAll(`textarea[name=${field}]`)];
const parse = (html) => document.createRange().createContextualFragment(html.trim());
const same = (first, second) => first.length === second.length && first.every((text, at) => text === second[at]);

async function ask(address, form, accept) {
  const options = form
    ? { method: "POST", body: new URLSearchParams(form), headers: { accept } }
    : { headers: { accept } };
  try {
    const answer = await fetch(address, options);
    if (answer.status === 401 || answer.status === 403) say(words.locked, true);
    return answer;
  } catch {
    say(words.away, true);
    return null;
  }
}

// Blocks
async function show(row, { closed = false } = {}) {
  const query = new URLSearchParams(location.search);
  query.delete("at");
  if (closed) query.set("closed", "1");
  const answer = await ask(`/row/${place}/${row.id}?${query}`, null, "text/html");
  if (!answer?.ok) return null;
  row.replaceWith(parse(await answer.text()));
  const fresh = document.getElementById(row.id);
  ready(fresh);
  return fresh;
}

// One after the other: whoever is quicker than the server gets what was asked last.
let opening = Promise.resolve();
function open(row) {
  if (!row || !("editable" in row.dataset)) return opening;
  opening = opening.catch(() => {}).then(() => turnTo(document.getElementById(row.id)));
  return opening;
}

async function turnTo(row) {
  if (!row) return;
  const before = opened();
  if (before && before !== row) await show(before, { closed: true });
  const fresh = row.classList.contains("opened") ? row : await show(row);
  if (!fresh) return;
  history.replaceState(null, "", `#${fresh.id}`);
  fresh.scrollIntoView({ block: "center" });
  fresh.querySelector(".work textarea")?.focus({ preventScroll: true });
}

async function close() {
  const row = opened();
  if (!row) return;
  const fresh = await show(row, { closed: true });
  fresh?.querySelector(".edit-link")?.focus();
}

// After a block came anew: unsaved text is put back, and marked where its block is closed.
function ready(row) {
  for (const name of FIELDS) {
    const kept = shelf.find(row.id, name);
    if (kept) putBack(row, name, kept);
  }
}

function putBack(row, name, kept) {
  const form = row.querySelector(name === "text" ? "form.edit" : "form.note-form");
  if (!form) {
    const mark = row.querySelector(".unsaved");
    if (mark) { mark.textContent = words.unsaved; mark.hidden = false; }
    return;
  }
  const fields = areas(form, name);
  if (same(kept.texts, fields.map((field) => field.value))) { shelf.drop(row.id, name); return; }
  fields.forEach((field, at) => { field.value = kept.texts[at] ?? field.value; });
  // Typed upon an older version: saving will ask, instead of overwriting what came since.
  form.elements.seen.value = kept.seen;
  say(words.restored);
  if (name === "text") look(form); else form.closest("details").open = true;
}

function step(direction, waiting) {
  const all = [...rows.querySelectorAll(waiting ? ".row[data-waits], .row.opened" : ".row[data-editable]")];
  const at = all.indexOf(opened());
  open(all[at < 0 ? 0 : at + direction]);
}

// The checks and the preview, while somebody types; an answer that comes late is dropped.
let pause = 0;
let turn = 0;
function typed(form, name) {
  const row = form.closest(".row");
  if (!row) return;
  shelf.keep(row.id, name, form.elements.seen.value, areas(form, name).map((field) => field.value));
  if (name !== "text") return;
  clearTimeout(pause);
  pause = setTimeout(() => look(form), 250);
}

async function look(form) {
  const mine = ++turn;
  const answer = await ask(form.getAttribute("action").replace("/save/", "/check/"), new FormData(form), "text/html");
  const live = form.closest(".work")?.querySelector(".live");
  if (!answer?.ok || mine !== turn || !live || live.querySelector("details[open]")) return;
  live.replaceChildren(parse(await answer.text()));
}

// Saving
async function save(form, button) {
  const row = form.closest(".row");
  const id = row?.id ?? form.getAttribute("action").split("/").pop();
  const data = new FormData(form, button);
  button.disabled = true;
  const answer = await ask(form.getAttribute("action"), data, "application/json");
  button.disabled = false;
  if (!answer) return;
  const found = await answer.json().catch(() => ({}));
  if (answer.status === 409) return clash(row, found.conflict);
  if (!answer.ok) { if (found.message) say(strip(found.message)); return; }
  for (const name of FIELDS) if (data.has(name)) shelf.drop(id, name);
  await took(found, id, button.value);
}

async function took(found, id, action) {
  put(found);
  say(action === "undo" ? words.undone : action === "accept" && found.next === id ? words.held : words.saved);
  document.getElementById("undo").disabled = !found.can_undo;
  const next = found.next && document.getElementById(found.next);
  if (next) await open(next);
  else if (action === "accept") { say(words.done); document.querySelector(".on a")?.focus(); }
}

function put(found) {
  for (const [id, html] of Object.entries(found.rows)) {
    const row = document.getElementById(id);
    if (!row) continue;
    row.replaceWith(parse(html));
    if (row.matches(".row")) ready(document.getElementById(id));
  }
  const head = document.getElementById("head");
  if (head) head.replaceChildren(parse(found.head));
}

function clash(row, html) {
  const old = (row ?? document).querySelector(".clash");
  old?.remove();
  const part = parse(html);
  const section = part.querySelector(".clash");
  if (row) row.append(part); else document.getElementById("main").prepend(part);
  section.querySelector("textarea, a")?.focus();
  section.scrollIntoView({ block: "nearest" });
}

const strip = (html) => new DOMParser().parseFromString(html, "text/html").body.textContent.trim();

async function undo(form) {
  const answer = await ask("/undo", new FormData(form), "application/json");
  if (!answer) return;
  const found = await answer.json().catch(() => ({}));
  if (answer.status === 409) return clash(null, found.conflict);
  if (!answer.ok) { if (found.message) say(strip(found.message)); return; }
  const row = document.getElementById(found.next);
  if (!desk || found.place !== place || !row) { location.assign(found.address); return; }
  await took(found, found.next, "undo");
}

// What people do
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches(".undo")) { event.preventDefault(); undo(form); }
  else if (form.matches(".edit, .note-form, .waive") && desk) {
    event.preventDefault();
    save(form, event.submitter ?? form.querySelector("button[name=action]"));
  }
});

document.addEventListener("input", (event) => {
  const form = event.target.closest("form.edit, form.note-form");
  if (form && FIELDS.includes(event.target.name) && desk) typed(form, event.target.name);
});

document.addEventListener("click", (event) => {
  if (event.target.closest("#show-keys")) { keys.showModal(); return; }
  const insert = event.target.closest("[data-insert]");
  if (insert) { fill(insert.closest(".row"), insert.dataset.insert, insert.dataset.how); return; }
  const machine = event.target.closest("[data-role=machine]");
  if (machine) { askMachine(machine); return; }
  const link = event.target.closest(".edit-link, .close, .keep-theirs");
  if (link && desk && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    const row = link.closest(".row");
    if (link.matches(".keep-theirs")) {
      for (const name of FIELDS) shelf.drop(row?.id ?? new URL(link.href).searchParams.get("at"), name);
      if (row) show(row).then(open); else location.assign(link.href);
    } else if (link.matches(".close")) close();
    else open(row);
    return;
  }
  const side = event.target.closest(".row[data-editable]:not(.opened) .side");
  if (side && !event.target.closest("a") && !String(getSelection())) open(side.closest(".row"));
});

async function askMachine(button) {
  const form = button.closest("form");
  button.disabled = true;
  say(words.working, true);
  const answer = await ask(form.getAttribute("action").replace("/save/", "/draft/"), new FormData(form), "application/json");
  button.disabled = false;
  if (!answer) return;
  const found = await answer.json().catch(() => ({}));
  if (!answer.ok) { if (found.message) say(found.message); return; }
  if (!form.isConnected) return;
  form.elements.mt.value = found.line;
  fill(form.closest(".row"), found.text, "whole");
  say(words.drafted);
}

function fill(row, text, how) {
  const field = row.querySelector("textarea[name=text]");
  field.focus();
  if (how === "whole") field.select();
  // As typing does: the browser's own undo takes it back.
  if (!document.execCommand("insertText", false, text)) {
    field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

const press = (selector) => opened()?.querySelector(selector)?.click();
const ALT = {
  ArrowDown: (event) => step(1, event.shiftKey),
  ArrowUp: (event) => step(-1, event.shiftKey),
  KeyM: () => press(".matches .insert"),
  KeyO: () => press("[data-role=copy]"),
  KeyT: () => press("[data-role=machine]"),
  KeyR: () => press("button[value=reject]"),
  KeyN: () => {
    const note = opened()?.querySelector(".note");
    if (note) { note.open = true; note.querySelector("textarea").focus(); }
  },
  KeyU: () => document.querySelector("#undo").click(),
};

document.addEventListener("keydown", (event) => {
  if (event.isComposing || keys.open) return;
  const typing = event.target.closest("input, textarea, [contenteditable]");
  const control = (event.ctrlKey || event.metaKey) && !event.altKey;
  let act = null;
  if (control && event.key === "Enter") act = () => (submitter(event.target) ?? opened()?.querySelector("button[value=accept]"))?.click();
  else if (control && event.code === "KeyS") act = () => press("button[value=draft]");
  else if (event.altKey && !event.ctrlKey && !event.metaKey && rows) act = ALT[event.code] && (() => ALT[event.code](event));
  else if (event.altKey && event.code === "KeyU") act = ALT.KeyU;
  else if (event.key === "Escape" && opened()) act = close;
  else if (event.key === "F1" || (event.key === "?" && !typing)) act = () => keys.showModal();
  else if (event.key === "/" && !typing) act = () => document.getElementById("search").focus();
  if (act) { event.preventDefault(); act(); }
});

// Ctrl+Enter in a note saves the note.
const submitter = (field) => field.closest(".note-form, .waive, .clash form")?.querySelector("button[name=action]");

if (rows) {
  for (const row of rows.querySelectorAll(".row")) ready(row);
  const start = opened() ?? document.getElementById(location.hash.slice(1));
  // After the browser has gone to the address's #block, which takes the focus away.
  if (start?.matches(".row")) addEventListener("load", () => setTimeout(open, 0, start));
}

// The overview of a large project comes before the checks have seen everything.
async function refreshed() {
  const state = await (await ask("/waiting", null, "application/json"))?.json();
  if (!state) return;
  if (state.waiting) { setTimeout(refreshed, 1000); return; }
  const page = await ask(location.href, null, "text/html");
  if (!page?.ok) return;
  const fresh = new DOMParser().parseFromString(await page.text(), "text/html");
  for (const id of ["articles", "first", "checking"]) {
    const old = document.getElementById(id), anew = fresh.getElementById(id);
    if (anew) old?.replaceWith(anew); else old?.remove();
  }
}
if (document.getElementById("checking")) setTimeout(refreshed, 1000);
