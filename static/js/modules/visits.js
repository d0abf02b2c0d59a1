/* What came out since the last visit, kept in this browser and nowhere else. A visit lasts until six hours without one. */
const KEY = "journal-visits";
const SHOWN = 6;
const VISIT = 6 * 60 * 60 * 1000;

const read = () => {
  try { return JSON.parse(localStorage.getItem(KEY)); } catch { return null; }
};

export function sayWhatIsNew(root, now = Date.now()) {
  const section = root.querySelector("[data-since-last-visit]");
  if (!section) return;
  const kept = read();
  const before = kept && (now - kept.last > VISIT ? kept.last : kept.before);
  try { localStorage.setItem(KEY, JSON.stringify({ before, last: now })); } catch { return; }
  if (!before) return;
  const lines = newSince(root, dayOf(before, section.dataset.zone));
  if (!lines.size) return;
  const day = new Date(before).toLocaleDateString("en-US", { year: "numeric", month: "long", day: "numeric" });
  section.querySelector("[data-when]").textContent = day;
  section.querySelector("ul").replaceChildren(...[...lines].slice(0, SHOWN).map(([href, link]) => line(href, link)));
  const more = lines.size - SHOWN;
  section.querySelector("[data-more]").textContent = more > 0 ? `And ${more} more below.` : "";
  section.hidden = false;
}

/* As the server writes days: in the association's zone. */
const dayOf = (at, timeZone) => new Intl.DateTimeFormat("en-CA", { timeZone }).format(new Date(at));

function newSince(root, day) {
  const found = new Map();
  for (const one of root.querySelectorAll("[data-out]")) {
    const link = one.querySelector("a[href]");
    const issue = one.closest("[data-issue-out]")?.dataset.issueOut ?? "";
    const out = issue > one.dataset.out ? issue : one.dataset.out;
    if (link && out > day && !found.has(link.pathname)) found.set(link.pathname, link);
  }
  return found;
}

function line(href, link) {
  const item = document.createElement("li");
  item.append(Object.assign(document.createElement("a"), { href, textContent: link.textContent }));
  return item;
}
