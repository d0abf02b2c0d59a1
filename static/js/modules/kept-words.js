/* What is typed into a form of words stays in this browser until the site has it: a crash, an ended session or a dead
   battery loses nothing. It is kept for one person and one form, and for a new one as well; when the form opens again it
   is offered, beside what is saved now. The site says by a cookie which words it has. */
const EVERY = 1_500;
const DAYS = 30;
const BEGINS = "words:";
const FIELD = "_words"; // names the words to the site as they are sent
const COOKIE = "words_saved";
const OTHERS = new Set(["hidden", "password", "file", "submit", "button", "reset", "image"]);

const storage = () => { try { return localStorage; } catch { return null; } };
const read = (key) => { try { return JSON.parse(storage().getItem(key)); } catch { return null; } };
const forget = (key) => storage()?.removeItem(key);
const keys = () => Object.keys(storage() ?? {}).filter((key) => key.startsWith(BEGINS));
const newMark = () => Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, "0")).join("");
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

const isTicked = (field) => field.type === "checkbox" || field.type === "radio";
const isWritten = (field) => Boolean(field.name) && !OTHERS.has(field.type) && field.localName !== "button" && !field.readOnly && !field.disabled && !field.name.includes("__prefix__");

function chosen(select, mark) {
  const found = [...select.options].filter((option) => option[mark]);
  return (found.length || select.multiple ? found : [...select.options].slice(0, 1)).map((option) => option.value);
}

/* What each field says, by its name: now, or as the page came with it. */
function said(form, asItCame = false) {
  const found = new Map();
  for (const field of [...form.elements].filter(isWritten)) {
    const before = found.get(field.name) ?? [];
    if (isTicked(field)) found.set(field.name, field[asItCame ? "defaultChecked" : "checked"] ? [...before, field.value] : before);
    else if (field.localName === "select") found.set(field.name, chosen(field, asItCame ? "defaultSelected" : "selected"));
    else found.set(field.name, [...before, asItCame ? field.defaultValue : field.value]);
  }
  return found;
}

const named = (form, name) => [...form.elements].filter((field) => field.name === name && isWritten(field));
const words = (node) => node?.textContent.replace(/\s+/g, " ").replace(/[:*\s]+$/, "").trim() ?? "";

function labelOf(form, name) {
  const field = named(form, name)[0];
  const label = field && (isTicked(field) ? field.closest("fieldset")?.querySelector("legend") ?? field.labels?.[0] : field.labels?.[0]);
  return words(label) || field?.ariaLabel || name;
}

/* As one reads it: of a choice its words, of a text no marks. */
function plainly(form, name, values, options = []) {
  const fields = named(form, name);
  const known = new Map([...options, ...fields.flatMap((field) => (field.localName === "select" ? [...field.options].map((option) => [option.value, option.text]) : isTicked(field) ? [[field.value, words(field.labels?.[0])]] : []))]);
  return values.map((value) => known.get(value) ?? new DOMParser().parseFromString(value.replace(/<\/(p|li|h\d|tr)>|<br>/g, "$&\n"), "text/html").body.textContent.trim()).filter(Boolean).join(", ");
}

/* The site numbers the rows of tables: a row is the same one while its key is. */
const ROW = /^(.+)-(\d+)-[^-]+$/;
const rowKey = (form, name) => { const row = ROW.exec(name); return row ? form.elements[`${row[1]}-${row[2]}-id`]?.value ?? "" : ""; };

function makeRow(form, name) {
  const row = ROW.exec(name);
  const total = () => Number(form.elements[`${row[1]}-TOTAL_FORMS`]?.value ?? Infinity);
  for (let before = -1; row && total() <= Number(row[2]) && total() !== before;) {
    before = total();
    document.querySelector(`[id="${row[1]}-group"] .add-row a`)?.click();
  }
}

function put(form, name, values, options) {
  const fields = named(form, name);
  const field = fields[0];
  if (field.localName === "select") {
    const missing = values.filter((value) => ![...field.options].some((option) => option.value === value));
    for (const value of missing) field.add(new Option(new Map(options).get(value) ?? value, value));
    for (const option of field.options) option.selected = values.includes(option.value);
  } else if (isTicked(field)) for (const box of fields) box.checked = values.includes(box.value);
  else fields.forEach((one, place) => { one.value = values[place] ?? ""; });
  for (const one of fields) {
    one.dispatchEvent(new Event("putback"));
    one.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

/* Words that the site has, and those that nobody came back for. */
function forgetSaved() {
  const saved = new RegExp(`(?:^|; )${COOKIE}=([0-9a-f]+)`).exec(document.cookie)?.[1];
  if (saved) document.cookie = `${COOKIE}=; path=/admin/; max-age=0`;
  const oldest = Date.now() - DAYS * 86_400_000;
  for (const key of keys()) if ((saved && key.endsWith(`:${saved}`)) || !(read(key)?.at > oldest)) forget(key);
}

export async function keepWords(root) {
  forgetSaved();
  const note = root.querySelector("[data-words-of]");
  const form = note?.closest("form");
  if (!form || !storage()) return;
  const place = `${BEGINS}${note.dataset.wordsOf}:${location.pathname}:`;
  const mark = Object.assign(document.createElement("input"), { type: "hidden", name: FIELD });
  form.append(mark);
  let base = said(form, true); // what is saved, as far as this page knows
  let key = "";
  let last = "";
  const take = (from = place + newMark()) => {
    key = from;
    mark.value = key.slice(place.length);
    last = "";
  };

  const keep = () => {
    const now = said(form);
    const fields = [...now].filter(([name, values]) => !same(values, base.get(name) ?? [])).map(([name, values]) => ({
      name, values, before: base.get(name) ?? null, row: rowKey(form, name),
      options: named(form, name).flatMap((field) => [...(field.selectedOptions ?? [])].map((option) => [option.value, option.text])),
    }));
    const kept = fields.length ? JSON.stringify(fields) : "";
    if (kept === last) return;
    if (!last) navigator.locks?.request(key, () => new Promise(() => {})); // says to other tabs: these are being typed
    last = kept;
    try {
      if (kept) storage().setItem(key, JSON.stringify({ at: Date.now(), fields }));
      else forget(key);
    } catch {
      // No room in this browser: leaving the page asks, as ever.
    }
  };

  const held = new Set(((await navigator.locks?.query())?.held ?? []).map((lock) => lock.name));
  const now = said(form);
  const equals = (draft, there) => draft.fields.every(({ name, values }) => same(there.get(name) ?? [], values));
  const hasCome = form.hasAttribute("data-unsaved") || Boolean(root.querySelector("#content .errorlist, #content .form-errors"));
  const offered = [];
  take();
  for (const [from, draft] of keys().filter((one) => one.startsWith(place) && !held.has(one)).map((one) => [one, read(one)])) {
    if (equals(draft, now) && (hasCome || !equals(draft, base))) {
      // They stand in the form again: refused, or put back after the session had ended.
      for (const { name, before } of draft.fields) if (before) base.set(name, before); else base.delete(name);
      take(from);
    } else if (equals(draft, base)) forget(from);
    else offered.push([from, draft]);
  }
  offered.sort(([, one], [, other]) => other.at - one.at);
  offerWords({ note, form, offered, base: () => base });

  setInterval(keep, EVERY);
  form.addEventListener("submit", keep);
  addEventListener("pagehide", keep);
  root.addEventListener("visibilitychange", keep);
  form.addEventListener("saved", ({ detail: sent }) => {
    for (const name of said(form).keys()) base.set(name, sent.getAll(name));
    forget(key);
    take();
    keep();
    forgetSaved();
  });
}

/* One after the other: brought back, or thrown away, which can be undone while the page is open. */
function offerWords({ note, form, offered, base }) {
  if (!offered.length) return;
  const [[key, draft], ...rest] = offered;
  const part = (name) => note.querySelector(`[data-words-${name}]`);
  const differing = draft.fields.filter(({ name, values }) => !same(base().get(name) ?? [], values));
  const newer = differing.filter(({ name, before }) => before && base().has(name) && !same(base().get(name), before));
  const at = new Date(draft.at);
  const isToday = at.toDateString() === new Date().toDateString();
  const day = isToday ? {} : { month: "long", day: "numeric" };
  part("at").textContent = at.toLocaleString("en-US", { ...day, hour: "numeric", minute: "2-digit" }).replace(/\s([AP])M$/, (_, half) => ` ${half.toLowerCase()}.m.`);
  part("newer").hidden = !newer.length;
  part("changed").textContent = newer.map(({ name }) => labelOf(form, name)).join(", ");
  part("compare").replaceChildren(...differing.map(({ name, values, options }) => {
    const row = part("row").content.cloneNode(true);
    row.querySelector("dt").textContent = labelOf(form, name);
    const [yours, saved] = row.querySelectorAll("dd p");
    yours.textContent = plainly(form, name, values, options) || "Nothing";
    saved.textContent = plainly(form, name, base().get(name) ?? []) || "Nothing";
    return row;
  }));
  const [bring, away, undo, next] = ["bring", "throw", "undo", "next"].map(part);
  const state = (text, { brought = false, thrown = false } = {}) => {
    part("said").textContent = text;
    part("question").hidden = brought || thrown;
    [bring.hidden, away.hidden, undo.hidden] = [brought, brought || thrown, !brought];
    next.hidden = !(rest.length && (brought || thrown));
  };
  let instead = []; // what the words have taken the place of
  bring.onclick = () => {
    for (const { name } of differing) makeRow(form, name);
    const there = differing.filter(({ name, row }) => named(form, name).length && rowKey(form, name) === row);
    const now = said(form);
    instead = there.map(({ name }) => [name, now.get(name) ?? []]);
    for (const { name, values, options } of there) put(form, name, values, options);
    const left = there.length < differing.length ? " Rows that are not there any more stand below only." : "";
    if (!left) forget(key);
    state(`Your words stand in the form again. They are not saved yet.${left}`, { brought: true });
    undo.focus();
  };
  undo.onclick = () => {
    try { storage().setItem(key, JSON.stringify(draft)); } catch { /* they stand in this page */ }
    for (const [name, values] of instead) put(form, name, values, []);
    state("", {});
    bring.focus();
  };
  away.onclick = () => {
    forget(key);
    state("They are thrown away. While this page is open you can still bring them back.", { thrown: true });
    bring.focus();
  };
  next.onclick = () => offerWords({ note, form, offered: rest, base });
  state("", {});
  note.hidden = false;
}
