/* Boxes become paragraphs, lines that stand apart paragraphs of their own, tables of one cell what is in it. */
const BLOCKS = new Set(["P", "H1", "H2", "H3", "H4", "H5", "H6", "UL", "OL", "LI", "DL", "DT", "DD", "TABLE", "THEAD", "TBODY", "TFOOT", "TR", "TD", "TH", "CAPTION", "BLOCKQUOTE", "PRE", "FIGURE", "FIGCAPTION", "ASIDE", "HR"]);
const MARKS = new Set(["A", "STRONG", "EM", "U", "S", "SUB", "SUP", "CODE", "BR", "IMG"]);
const HOLDS = new Set(["BODY", "BLOCKQUOTE", "ASIDE", "LI", "TD", "TH", "DD"]);
const SIGNS = /^[\s\u00a0]*[•●○◦▪■□‣⁃·➢➤►][\s\u00a0]/;
const isBlank = (node) => node.nodeType === Node.COMMENT_NODE || (node.nodeType === Node.TEXT_NODE && !node.data.replace(/[\u200b\ufeff]/g, "").trim());
const isBlock = (node) => node.nodeType === Node.ELEMENT_NODE && !MARKS.has(node.tagName);

export function blocksOf(root) {
  const inert = root.ownerDocument;
  for (const quote of root.querySelectorAll("p.MsoQuote, p.MsoIntenseQuote")) {
    const box = quote.previousElementSibling?.matches("blockquote.MsoQuote") ? quote.previousElementSibling : inert.createElement("blockquote");
    if (!box.isConnected) quote.before(box);
    box.className = "MsoQuote";
    box.append(quote);
  }
  for (const list of root.querySelectorAll("dl")) if (!list.querySelector(":scope > dt, :scope > div > dt")) { for (const one of list.children) rename(one, "div"); rename(list, "div"); }
  for (const figure of root.querySelectorAll("figure")) if (!figure.querySelector("img, table")) { for (const words of figure.querySelectorAll("figcaption")) rename(words, "p"); rename(figure, "div"); }
  for (const box of [...root.querySelectorAll("*"), root]) {
    if (box !== root && (BLOCKS.has(box.tagName) && !HOLDS.has(box.tagName) || MARKS.has(box.tagName))) continue;
    const loose = box.tagName !== "BODY" && HOLDS.has(box.tagName) && box.tagName !== "BLOCKQUOTE" && box.tagName !== "ASIDE";
    if (!loose || [...box.children].some((child) => isBlock(child) && !["UL", "OL"].includes(child.tagName)) || box.querySelector(":scope > br + br")) gathered(box);
  }
  for (const box of [...root.querySelectorAll("*")].reverse()) if (!BLOCKS.has(box.tagName) && !MARKS.has(box.tagName)) box.replaceWith(...box.childNodes);
  for (const block of root.querySelectorAll("p, h1, h2, h3, h4, h5, h6, td, th, li, dd, dt")) apart(block);
}

function rename(node, name) {
  const other = node.ownerDocument.createElement(name);
  other.append(...node.childNodes);
  node.replaceWith(other);
  return other;
}

/* Words that stand bare beside blocks get a paragraph. */
function gathered(box) {
  let line = null;
  for (const child of [...box.childNodes]) {
    if (isBlock(child)) line = null;
    else if (line) line.append(child);
    else if (!isBlank(child)) {
      line = box.ownerDocument.createElement("p");
      child.before(line);
      line.append(child);
    }
  }
}

/* An empty line ends a paragraph; lines that begin with bullets are paragraphs, too, until they are a list. */
function apart(block) {
  const parts = [[]];
  for (const child of [...block.childNodes]) {
    if (child.nodeName === "BR") parts.push([]);
    else parts.at(-1).push(child);
  }
  const isEmpty = (part) => part.every(isBlank);
  while (parts.length > 1 && isEmpty(parts.at(-1))) parts.pop();
  while (parts.length > 1 && isEmpty(parts[0])) parts.shift();
  const isListed = block.tagName === "P" && parts.length > 1 && parts.every((part) => SIGNS.test(part.map((node) => node.textContent).join("")));
  const lines = block.tagName === "P" ? parts.reduce((all, part, at) => {
    if (at && (isListed || isEmpty(part) || isEmpty(parts[at - 1]))) all.push([]);
    if (!isEmpty(part)) all.at(-1).push(part);
    return all;
  }, [[]]).filter((line) => line.length) : [parts.filter((part) => !isEmpty(part) || parts.length === 1)];
  const filled = lines.map((line) => line.flatMap((part, at) => (at ? [block.ownerDocument.createElement("br"), ...part] : part)));
  block.replaceChildren(...(filled[0] ?? []));
  let last = block;
  for (const line of filled.slice(1)) {
    const next = block.cloneNode(false);
    next.append(...line);
    last.after(next);
    last = next;
  }
}

export function plainTables(root) {
  for (const table of [...root.querySelectorAll("table")].reverse()) {
    for (const row of table.querySelectorAll("tr[height='0']")) if (!row.textContent.trim()) row.remove();
    const cells = table.querySelectorAll("td, th");
    if (cells.length > 1 && !table.querySelector("table") && table.getAttribute("role") !== "presentation") {
      for (const cell of table.querySelectorAll("thead td")) headed(cell);
      continue;
    }
    const inner = [...cells].filter((cell) => cell.closest("table") === table);
    for (const cell of inner) gathered(cell);
    table.replaceWith(...inner.flatMap((cell) => [...cell.childNodes]));
  }
}

/* A cell of a table's head is a heading cell, and no heading is bold once more. */
function headed(cell) {
  const head = rename(cell, "th");
  for (const name of ["colspan", "rowspan"]) if (cell.hasAttribute(name)) head.setAttribute(name, cell.getAttribute(name));
  for (const bold of head.querySelectorAll("strong")) bold.replaceWith(...bold.childNodes);
}

export function emptyOnes(root) {
  for (const node of [...root.querySelectorAll("a, strong, em, u, s, sub, sup, code, p, h1, h2, h3, h4, h5, h6, li, ul, ol, dl, dt, dd, blockquote, aside, figure, figcaption, pre")].reverse()) {
    if (!node.textContent.replace(/[\u00a0\u200b\ufeff]/g, " ").trim() && !node.querySelector("img, hr, table")) {
      if (/^(A|STRONG|EM|U|S|SUB|SUP|CODE)$/.test(node.tagName)) node.replaceWith(...node.childNodes);
      else node.remove();
    }
  }
  for (const list of root.querySelectorAll("ul, ol")) for (const child of [...list.childNodes]) if (child.nodeType === Node.TEXT_NODE) child.remove();
  for (const child of [...root.childNodes]) if (isBlank(child) || child.nodeName === "BR") child.remove();
}

/* The title stands above the text: its headings begin with the second level, and no level is left out on the way down. */
export function levelHeadings(root) {
  const heads = [...root.querySelectorAll("h1, h2, h3, h4, h5, h6")];
  const highest = Math.min(...heads.map((head) => Number(head.tagName[1])));
  const above = [];
  for (const head of heads) {
    const level = Number(head.tagName[1]);
    while (above.length && above.at(-1) >= level) above.pop();
    if (!above.length && level > highest) above.push(highest);
    above.push(level);
    const wanted = Math.min(4, Math.max(2, highest) + above.length - 1);
    if (wanted !== level) rename(head, `h${wanted}`);
  }
}
