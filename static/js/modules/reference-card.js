/* A press on the number of a reference shows its entry in a card, which the keyboard enters and leaves too. Without this
   the number leads to the list. */
export function showReferences(root) {
  if (!("popover" in HTMLElement.prototype)) return;
  let card = null;
  root.addEventListener("click", (event) => {
    const link = event.target.closest("a.cited");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
    const entry = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!entry?.closest(".refs")) return;
    event.preventDefault();
    card ??= made();
    fill(card, entry, link);
    card.showPopover();
    place(card, link);
    card.focus({ preventScroll: true });
  });
}

function made() {
  const card = document.createElement("div");
  card.popover = "auto";
  card.className = "reference-card";
  card.tabIndex = -1;
  card.setAttribute("role", "dialog");
  card.innerHTML = `<p class="kicker"></p><div class="entry-words"></div>
    <p class="row"><a class="small" data-list>Show it in the list</a>
    <button type="button" class="btn btn--quiet" data-close>Close</button></p>`;
  card.querySelector("[data-close]").addEventListener("click", () => leave(card));
  card.querySelector("[data-list]").addEventListener("click", () => card.hidePopover());
  card.addEventListener("keydown", (event) => {
    const [first, last] = [card.querySelector("a, button"), card.querySelector("[data-close]")];
    const isLeaving = event.shiftKey ? [card, first].includes(document.activeElement) : document.activeElement === last;
    if (event.key === "Tab" && isLeaving) leave(card);
    if (event.key === "Escape") { event.preventDefault(); leave(card); }
  });
  document.body.append(card);
  return card;
}

const opened = new WeakMap();

function leave(card) {
  card.hidePopover();
  opened.get(card)?.focus({ preventScroll: true });
}

function fill(card, entry, link) {
  const number = entry.querySelector(".number")?.textContent.replace(/[.\s]+$/, "") ?? placeOf(entry);
  card.setAttribute("aria-label", `Reference ${number}`);
  card.querySelector(".kicker").textContent = `Reference ${number}`;
  const words = entry.cloneNode(true);
  for (const left of words.querySelectorAll(".ways-back, .number")) left.remove();
  for (const named of words.querySelectorAll("[id]")) named.removeAttribute("id");
  card.querySelector(".entry-words").replaceChildren(...words.childNodes);
  card.querySelector("[data-list]").href = link.hash;
  opened.set(card, link);
}

const placeOf = (entry) => String([...entry.parentElement.children].indexOf(entry) + 1);

/* Below the number, within the window; on a narrow screen the style sheet lays it along the lower edge. */
function place(card, link) {
  const at = link.getBoundingClientRect();
  const room = document.documentElement.clientWidth - card.offsetWidth - 16;
  const isAbove = at.bottom + card.offsetHeight + 16 > window.innerHeight && at.top > card.offsetHeight + 16;
  card.style.setProperty("--left", `${Math.max(16, Math.min(at.left - 24, room)) + window.scrollX}px`);
  card.style.setProperty("--top", `${(isAbove ? at.top - card.offsetHeight - 6 : at.bottom + 6) + window.scrollY}px`);
}
