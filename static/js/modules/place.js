/* Where one stopped in a long article, kept in this browser and nowhere else; coming back, one may read on there. */
const KEY = "journal-places";
const MOST = 40;
const BLOCKS = "h2, h3, h4, p, li, figure, blockquote";

const read = () => {
  try { return JSON.parse(localStorage.getItem(KEY)) ?? {}; } catch { return {}; }
};

function write(places) {
  const newest = Object.entries(places).sort(([, a], [, b]) => b.on - a.on).slice(0, MOST);
  try { localStorage.setItem(KEY, JSON.stringify(Object.fromEntries(newest))); } catch { /* no room, or not allowed */ }
}

function forget(path) {
  const { [path]: _, ...others } = read();
  write(others);
}

export function keepPlace(text) {
  if (!text?.hasAttribute("data-keep-place")) return;
  const path = location.pathname;
  const blocks = [...text.querySelectorAll(BLOCKS)].filter((block) => !block.closest(".refs, .table-figure, dialog"));
  if (blocks.length < 12) return;
  const kept = read()[path];
  if (kept && blocks[kept.block] && !location.hash) offer(text, kept, blocks[kept.block], path);
  let waiting = 0;
  window.addEventListener("scroll", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => note(blocks, path), 400);
  }, { passive: true });
}

/* What stands at the top of the window, once somebody has read into the text; at its end there is nothing to keep. */
function note(blocks, path) {
  const isBelow = (block) => block.getBoundingClientRect().top > 80;
  const next = blocks.findIndex(isBelow);
  if (next === -1) return forget(path);
  if (next < 3) return undefined;
  const last = blocks.at(-1).getBoundingClientRect();
  if (last.bottom < window.innerHeight) return forget(path);
  const block = next - 1;
  return write({ ...read(), [path]: { block, part: partOf(blocks, block), on: Date.now() } });
}

function partOf(blocks, block) {
  const heading = blocks.slice(0, block + 1).findLast((one) => one.localName === "h2");
  return heading?.textContent.trim().slice(0, 120) ?? "";
}

function offer(text, kept, block, path) {
  const note = document.createElement("aside");
  note.className = "note reading-place";
  note.setAttribute("aria-label", "Where you stopped");
  const day = new Date(kept.on).toLocaleDateString("en-US", { month: "long", day: "numeric" });
  const said = document.createElement("p");
  said.textContent = `You stopped ${kept.part ? `in “${kept.part}”` : "further below"} on ${day}.`;
  const presses = document.createElement("p");
  presses.className = "row";
  presses.append(
    button("Read on there", "btn", () => { note.remove(); go(block); }),
    button("Start over", "btn btn--quiet", () => { note.remove(); forget(path); document.querySelector("h1")?.scrollIntoView(); }),
  );
  note.append(said, presses);
  document.querySelector(".page-head")?.append(note);
}

function button(words, className, press) {
  const made = Object.assign(document.createElement("button"), { type: "button", className, textContent: words });
  made.addEventListener("click", press);
  return made;
}

function go(block) {
  block.tabIndex = -1;
  block.scrollIntoView({ block: "start" });
  block.focus({ preventScroll: true });
}
