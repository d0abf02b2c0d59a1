/* Lists as other programs write them: paragraphs with a sign before the words, entries of one list each, lists beside the
   entries that they belong to. */
import { looks, said } from "./paste-looks.js";

const MARK = "[data-looks*='mso-list:Ignore'], [data-looks*='mso-list: Ignore'], [data-looks*='mso-special-format']";
const CLASS = /^Mso(ListParagraph|ListBullet|ListNumber|List\b)/;
const FURTHER = /^Mso(ListParagraph|ListContinue)/;
const SPACER = /^[\s\u00a0]*$/;
const COUNTED = /^\(?((?:\d+\.)*\d+|[a-z]|[ivxlc]+)[.)]?\)?$/i;
const BULLET = /^[\s\u00a0]*(?:[•●○◦▪■□‣⁃·➢➤►][\s\u00a0]+|[-–—*o§Ø](?:\t|\u00a0[\s\u00a0]+))/;
const TABBED = /^[\s\u00a0]*\(?(\d{1,3}|[a-zA-Z])[.)](?:\t|[^\S\u00a0]*\u00a0[\s\u00a0]+)[\s\u00a0]*/;
const NARROW = 6; // points within which two places are one
const KINDS = { bullet: ["ul"], decimal: ["ol"], "alpha-lower": ["ol", "a"], "alpha-upper": ["ol", "A"], "roman-lower": ["ol", "i"], "roman-upper": ["ol", "I"] };

function rename(node, name) {
  const other = node.ownerDocument.createElement(name);
  other.append(...node.childNodes);
  node.replaceWith(other);
  return other;
}

function points(written) {
  const [, number, unit] = /^(-?[\d.]+)\s*(in|cm|mm|pt|px|em|rem)?/i.exec(written) ?? [];
  return number === undefined ? null : Number(number) * ({ in: 72, cm: 28.35, mm: 2.835, px: 0.75, em: 12, rem: 12 }[unit?.toLowerCase()] ?? 1);
}

const roman = (word) => [...word.toLowerCase()].map((sign) => ({ i: 1, v: 5, x: 10, l: 50, c: 100 })[sign]).reduce((sum, value, at, all) => sum + (value < (all[at + 1] ?? 0) ? -value : value), 0);

/* What a sign says: "2." the second of a counted list, "b)" the same by letters, "o" nothing but that it is an entry. */
function meaning(sign, before) {
  const plain = sign.replace(/[\s\u00a0]/g, "");
  const counted = plain === "o" || plain === "v" ? null : COUNTED.exec(plain);
  if (!counted || !plain) return { kind: "ul", type: "", value: 1 };
  const word = counted[1].split(".").filter(Boolean).at(-1);
  if (/\d/.test(word)) return { kind: "ol", type: "", value: Number(word) };
  const isRoman = /^[ivxlc]+$/i.test(word) && (word.length > 1 || /i/i.test(word)) && !(before && /^[a]$/i.test(before.type) && word.length === 1 && word.toLowerCase().charCodeAt(0) - 96 === before.value + 1);
  const isUpper = word === word.toUpperCase();
  if (isRoman) return { kind: "ol", type: isUpper ? "I" : "i", value: roman(word) };
  return word.length === 1 ? { kind: "ol", type: isUpper ? "A" : "a", value: word.toLowerCase().charCodeAt(0) - 96 } : { kind: "ul", type: "", value: 1 };
}

/* The sign before an entry's words is taken out of it, and given back. */
function takeSign(entry) {
  const marks = [...entry.querySelectorAll(MARK)].filter((mark) => mark.isConnected);
  if (marks.length) {
    const said = marks[0].textContent;
    for (const mark of marks) mark.remove();
    return said;
  }
  const spacer = [...entry.querySelectorAll("span")].find((span) => /7(\.0)?pt/i.test(looks(span)) && SPACER.test(span.textContent) && !span.children.length);
  if (!spacer) return null;
  const range = entry.ownerDocument.createRange();
  range.setStart(entry, 0);
  range.setEndAfter(spacer);
  const words = range.toString();
  if (words.replace(/[\s\u00a0]/g, "").length > 8) return null;
  range.deleteContents();
  return words;
}

/* Numbers that a program draws before headings are not words of them. */
export function withoutMarks(root) {
  for (const heading of root.querySelectorAll("h1, h2, h3, h4, h5, h6, p[role=heading]")) {
    takeSign(heading);
    const first = firstText(heading);
    if (first) first.data = first.data.replace(/^[\s\u00a0]*(?:\d+\.)*\d+[.)]?(?:\t|[^\S\u00a0]*\u00a0[\s\u00a0]+)[\s\u00a0]*/, "");
  }
  for (const heading of root.querySelectorAll("p[role=heading], div[role=heading], p[data-looks*='mso-outline-level']")) {
    const level = Number(heading.getAttribute("aria-level") ?? said(heading, "mso-outline-level"));
    if (level >= 1 && level <= 9 && heading.textContent.trim().length <= 200) {
      takeSign(heading);
      rename(heading, `h${Math.min(level, 6)}`);
    }
  }
}

function firstText(node) {
  const walker = node.ownerDocument.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) if (walker.currentNode.data.trim()) return walker.currentNode;
  return null;
}

/* Word's pages on the web write a list for each entry, which says how deep it stands and to which list it belongs. */
export function flattenedLists(root) {
  const known = new Map();
  for (const box of root.querySelectorAll(".ListContainerWrapper")) box.replaceWith(...box.childNodes);
  for (const list of [...root.querySelectorAll("ul, ol")]) {
    const items = [...list.children];
    if (!items.length || !items.every((item) => item.matches("li[data-aria-level]"))) continue;
    const start = Number(list.getAttribute("start") ?? 1);
    for (const [at, item] of items.entries()) {
      const type = { "lower-alpha": "a", "upper-alpha": "A", "lower-latin": "a", "lower-roman": "i", "upper-roman": "I" }[said(item, "list-style-type") || said(list, "list-style-type")] ?? "";
      const level = Number(item.dataset.ariaLevel);
      known.set(item, { key: item.dataset.listid ?? "", level, indent: level * 36, kind: list.localName, type, value: Number(item.dataset.ariaPosinset) || start + at });
    }
    list.replaceWith(...items);
  }
  for (const box of root.querySelectorAll("div.OutlineElement")) box.replaceWith(...box.childNodes);
  return known;
}

function entryFrom(node, sheet, before) {
  const [, list, level] = /mso-list:\s*(l\d+)\s+level(\d+)/i.exec(looks(node)) ?? [];
  const copy = /\blfo(\d+)/i.exec(looks(node))?.[1] ?? "";
  const marked = node.querySelector(MARK);
  if (!marked && node.parentElement.localName === "li") return null;
  if (!list && !marked && !CLASS.test(node.className)) return null;
  const sign = takeSign(node);
  if (!list && sign === null) return null;
  const format = KINDS[sheet.levels.get(`${list} ${level}`)];
  const read = meaning(sign ?? "", before);
  if (format && (sign === null || (read.kind === "ol" && format[0] === "ol" && /[a-z]/i.test(sign)))) [read.kind, read.type] = [format[0], format[1] ?? ""];
  return { ...read, key: list ? `${list} ${copy}` : "", level: Number(level ?? 1), indent: points(said(node, "margin-left")) ?? (list ? Number(level) * 36 : 36) };
}

export function listsFromMarks(root, known, sheet) {
  for (const start of root.querySelectorAll("p, div, li")) {
    if (!start.isConnected || (start.localName === "li" && !known.has(start)) || (start.localName === "div" && start.querySelector("p, div, ul, ol, table"))) continue;
    const open = [];
    let before = null;
    let node = start;
    while (node) {
      const next = node.nextElementSibling;
      const entry = known.get(node) ?? (node.matches("p, div") && !node.querySelector("p, div, table") ? entryFrom(node, sheet, before) : null);
      if (entry) add(open, entry, node);
      else if (!open.length || !goesOn(open, node)) break;
      before = entry ?? before;
      node = next;
    }
  }
}

/* A further paragraph of an entry, which has no sign of its own. */
function goesOn(open, node) {
  if (!FURTHER.test(node.className) || !node.textContent.trim()) return false;
  const indent = points(said(node, "margin-left")) ?? 36;
  const above = open.findLast((one) => one.indent <= indent + NARROW) ?? open.at(-1);
  above.node.lastElementChild.append(node);
  return true;
}

/* The entry goes into the list that it continues, into one of its own below an entry, or begins the next list. */
function add(open, entry, node) {
  const place = open.findLastIndex((one) => one.key === entry.key && (entry.key ? one.level === entry.level : Math.abs(one.indent - entry.indent) <= NARROW) && one.kind === entry.kind);
  const isAfter = place >= 0 && !(entry.value === 1 && entry.kind === "ol" && open[place].count > 0 && !entry.key);
  if (isAfter) open.length = place + 1;
  else {
    const deeper = (top) => (top.key === entry.key && entry.key ? entry.level > top.level : entry.indent > top.indent + NARROW);
    while (open.length && !deeper(open.at(-1))) open.pop();
    const list = node.ownerDocument.createElement(entry.kind);
    if (entry.type) list.setAttribute("type", entry.type);
    if (entry.kind === "ol" && entry.value > 1) list.setAttribute("start", String(entry.value));
    const above = open.at(-1)?.node.lastElementChild;
    if (above) above.append(list);
    else node.before(list);
    open.push({ ...entry, node: list, count: 0 });
  }
  const top = open.at(-1);
  top.count += 1;
  const item = rename(node, "li");
  top.node.append(item);
  const only = item.children.length === 1 && item.firstElementChild.localName === "p" && !firstLoose(item) ? item.firstElementChild : null;
  only?.replaceWith(...only.childNodes);
}

const firstLoose = (item) => [...item.childNodes].some((child) => child.nodeType === Node.TEXT_NODE && child.data.trim());

/* Bullets and tabbed numbers that stand before the words as letters, as Pages and old mails write them. */
export function listsFromSigns(root) {
  for (const start of root.querySelectorAll("p")) {
    if (!start.isConnected || start.closest("li")) continue;
    let list = null;
    let node = start;
    let value = 0;
    while (node?.localName === "p") {
      const next = node.nextElementSibling;
      const text = firstText(node);
      const bullet = text && BULLET.exec(text.data);
      const tabbed = text && !bullet && TABBED.exec(text.data);
      if (!bullet && !tabbed) break;
      const read = bullet ? { kind: "ul", type: "", value: 1 } : meaning(tabbed[1], list ? { type: list.getAttribute("type") ?? "", value } : null);
      if (list && (list.localName !== read.kind || (tabbed && read.value !== value + 1))) break;
      if (!list) {
        list = root.ownerDocument.createElement(read.kind);
        if (read.type) list.setAttribute("type", read.type);
        if (read.kind === "ol" && read.value > 1) list.setAttribute("start", String(read.value));
        node.before(list);
      }
      value = read.value;
      text.data = text.data.slice((bullet ?? tabbed)[0].length);
      list.append(rename(node, "li"));
      node = next;
    }
  }
}

/* Every list within an entry, every entry within a list; a list that goes on after a heading keeps its number. */
export function nestedLists(root) {
  for (const list of root.querySelectorAll("ul, ol")) {
    const first = list.querySelector(":scope > li[value]");
    if (list.localName === "ol" && first && first === list.firstElementChild && !list.hasAttribute("start")) list.setAttribute("start", first.getAttribute("value"));
    if (list.localName !== "ol" || !/^\d{1,4}$/.test(list.getAttribute("start") ?? "") || list.getAttribute("start") === "1") list.removeAttribute("start");
    if (list.localName !== "ol" || !/^[aAiI]$/.test(list.getAttribute("type") ?? "")) list.removeAttribute("type");
    const style = { "lower-alpha": "a", "upper-alpha": "A", "lower-latin": "a", "upper-latin": "A", "lower-roman": "i", "upper-roman": "I" }[said(list, "list-style-type") || said(first ?? list.querySelector(":scope > li") ?? list, "list-style-type")];
    if (list.localName === "ol" && style && !list.hasAttribute("type")) list.setAttribute("type", style);
    for (const child of [...list.childNodes]) {
      if (child.nodeType === Node.TEXT_NODE && !child.data.trim()) continue;
      if (child.localName === "li" || child.nodeType === Node.COMMENT_NODE) continue;
      const before = child.previousElementSibling;
      if (before && (child.localName === "ul" || child.localName === "ol")) before.append(child);
      else {
        const item = root.ownerDocument.createElement("li");
        child.before(item);
        item.append(child);
      }
    }
    continued(list);
  }
}

/* Lists of one entry each, whose numbers go on. */
function continued(list) {
  const before = list.previousElementSibling;
  if (!before || before.localName !== list.localName) return;
  const begun = Number(before.getAttribute("start") ?? 1) + before.querySelectorAll(":scope > li").length;
  const counts = list.localName === "ol" && Number(list.getAttribute("start") ?? 1) === begun && before.getAttribute("type") === list.getAttribute("type");
  if (!counts && !(list.classList.contains("bulleted-list") && before.classList.contains("bulleted-list"))) return;
  before.append(...list.childNodes);
  list.remove();
}

/* A heading that is numbered by way of a list is a heading. */
export function liftedHeadings(root) {
  for (const item of [...root.querySelectorAll("li")].reverse()) {
    if (!/^H[1-6]$/.test(item.firstElementChild?.tagName ?? "") || firstLoose(item)) continue;
    const list = item.parentElement;
    const rest = list.cloneNode(false);
    while (item.nextSibling) rest.append(item.nextSibling);
    rest.removeAttribute("start");
    list.after(...item.childNodes, ...(rest.querySelector("li") ? [rest] : []));
    item.remove();
    if (!list.querySelector("li")) list.remove();
  }
}
