/* Footnotes and endnotes of Word, LibreOffice and Docs: a mark that leads to its note, and the notes as one list. The mark
   and the sign before the note lead to each other, whatever a program calls them. */
import { looks } from "./paste-looks.js";

const NOTE = "[id^=ftn], [id^=edn], [id^=sdfootnote], [id^=sdendnote]";
const MARK = /^#_?(ftn|edn|sdfootnote|sdendnote)/;
const sign = (node) => node.textContent.replace(/[\s\u00a0[\]]/g, "");
const raised = (anchor) => anchor.closest("sup") ?? anchor;

function named(root, href) {
  const name = CSS.escape(decodeURIComponent(href.slice(1)));
  return name ? root.querySelector(`[id="${name}"], a[name="${name}"]`) : null;
}

function target(root, anchor) {
  try { return named(root, anchor.getAttribute("href")); } catch { return null; }
}

/* The sign of the note that a mark leads to, when that leads back. */
function signOf(root, mark) {
  const found = target(root, mark);
  if (!found || found.contains(mark)) return null;
  const back = found.matches("a[href^='#']") ? found : found.querySelector("a[href^='#']") ?? found.closest("a[href^='#']");
  const there = back && target(root, back);
  return there && (there === mark || mark.contains(there) || there.contains(mark)) && sign(back) && sign(back) === sign(mark) ? back : null;
}

function blockOf(back) {
  const own = back.closest(NOTE);
  if (own && own !== back && !/^(SPAN|SUP|A)$/.test(own.tagName)) return own;
  const box = back.closest("div");
  return box && box.querySelectorAll("a[href^='#']").length === 1 ? box : back.closest("li, p") ?? back.parentElement;
}

export function notesKept(root) {
  const inert = root.ownerDocument;
  const word = Math.random().toString(36).slice(2, 6).padEnd(4, "0");
  const taken = new Set();
  const kept = [];
  for (const mark of root.querySelectorAll("a[href^='#']")) {
    if (taken.has(mark) || !mark.isConnected) continue;
    const back = signOf(root, mark);
    if (!back || taken.has(back) || !(mark.compareDocumentPosition(back) & Node.DOCUMENT_POSITION_FOLLOWING)) continue;
    taken.add(mark).add(back);
    kept.push({ mark, back, block: blockOf(back), number: sign(mark) });
  }
  const first = /^\d+$/.test(kept[0]?.number ?? "") ? Number(kept[0].number) : 1;
  let list = null;
  for (const [at, { mark, back, block }] of kept.entries()) {
    const name = `note-${word}-${first + at}`;
    const shown = inert.createElement("sup");
    const link = inert.createElement("a");
    link.setAttribute("href", `#${name}`);
    link.append(String(first + at));
    shown.append(link);
    raised(mark).replaceWith(shown);
    if (!list) {
      list = inert.createElement("ol");
      if (first !== 1) list.setAttribute("start", String(first));
      block.before(list);
    }
    raised(back).remove();
    const item = inert.createElement("li");
    item.id = name;
    item.append(...block.childNodes);
    list.append(item);
    block.remove();
  }
  const box = list?.parentElement;
  if (box && /mso-element:(foot|end)note-list/i.test(looks(box))) for (const rule of box.querySelectorAll("hr, br")) if (!rule.closest("li")) rule.remove();
  if (list?.previousElementSibling?.matches("hr")) list.previousElementSibling.remove();
  for (const mark of root.querySelectorAll("a[href^='#']")) {
    if (!MARK.test(mark.getAttribute("href")) || mark.closest("sup") || taken.has(mark)) continue;
    const shown = inert.createElement("sup");
    shown.append(sign(mark));
    mark.replaceWith(shown);
  }
}
