/* Looks that carry meaning: bold, italic, raised and struck words by style, in classes too, and signs of symbol fonts. */

/* The policy refuses inline styles even to a document that nobody sees, so they are read under another name; a style sheet
   that came along is read as words. Our own name in the words themselves is put back by unlooked(). */
const SHEET = /<style\b[^>]*>([\s\S]*?)<\/style\s*>/gi;
const RULE = /([^{}]+)\{([^{}]*)\}/g;
const MEANS = /(?:^|;)\s*(?:font|font-weight|font-style|vertical-align|text-decoration(?:-line)?|display|mso-hide|mso-outline-level|margin-left)\s*:/i;

export function asLooks(html) {
  const sheet = { classes: new Map(), levels: new Map() };
  const written = html.replace(SHEET, (_, rules) => {
    for (const [, selectors, declared] of rules.replace(/<!--|-->|\/\*[\s\S]*?\*\//g, "").matchAll(RULE)) {
      for (const selector of selectors.split(",")) {
        const [, tag, name] = /^\s*([a-z][a-z0-9]*)?\.([\w-]+)\s*$/i.exec(selector) ?? [];
        if (name && MEANS.test(declared)) sheet.classes.set(name, [...(sheet.classes.get(name) ?? []), [(tag ?? "").toUpperCase(), declared.replace(/\s+/g, " ")]]);
        const [, list, level] = /@list\s+(l\d+):level(\d+)/.exec(selector) ?? [];
        if (list) sheet.levels.set(`${list} ${level}`, /mso-level-number-format:\s*([\w-]+)/.exec(declared)?.[1] ?? "decimal");
      }
    }
    return "";
  });
  return { written: written.replace(/([\s"'/])style(\s*=)/gi, "$1data-looks$2"), sheet };
}

export function unlooked(root) {
  const walker = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) if (walker.currentNode.data.includes("data-looks")) walker.currentNode.data = walker.currentNode.data.replace(/data-looks(\s*=)/g, "style$1");
}

export const looks = (node) => node.getAttribute?.("data-looks") ?? "";

export function said(node, property) {
  const written = looks(node);
  if (!written) return "";
  const found = [...written.matchAll(new RegExp(`(?:^|;)\\s*${property}\\s*:\\s*([^;]*)`, "gi"))];
  return found.length ? found.at(-1)[1].trim() : "";
}

export function looksOfClasses(root, { classes }) {
  if (!classes.size) return;
  for (const node of root.querySelectorAll("[class]")) {
    const rules = [...node.classList].flatMap((name) => classes.get(name) ?? []).filter(([tag]) => !tag || tag === node.tagName);
    if (rules.length) node.setAttribute("data-looks", `${rules.map(([, declared]) => declared).join(";")};${looks(node)}`);
  }
}

/* Signs that Word keeps as letters of another font: "m" in Symbol is µ, and "5 mg" is not "5 µg". */
const greek = (letters, signs) => Object.fromEntries([...letters].map((letter, at) => [letter, [...signs][at]]));
const SYMBOL = {
  ...greek("abgdezhqiklmnxoprstufcyw", "αβγδεζηθικλμνξοπρστυφχψω"), ...greek("ABGDEZHQIKLMNXOPRSTUFCYW", "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ"),
  j: "ϕ", J: "ϑ", v: "ϖ", V: "ς", "£": "≤", "³": "≥", "¹": "≠", "»": "≈", "´": "×", "¥": "∞", "®": "→", "¬": "←", "\u00ad": "↑", "¯": "↓", "«": "↔", "·": "•", "¸": "÷", "Ö": "√", "å": "∑", "Î": "∈", "º": "≡", "¶": "∂", "¢": "′", "²": "″",
};
const WINGDINGS = { "à": "→", "ß": "←", "á": "↑", "â": "↓", "ó": "↔", "è": "➔", J: "☺", L: "☹", K: "😐", "ü": "✓", "û": "✗", "þ": "☑", "ý": "☒", q: "☐", "¨": "☐", "o": "☐", "§": "▪", "Ø": "➢", l: "●", n: "■", v: "❖" };

function fontOf(text) {
  for (let node = text.parentElement; node; node = node.parentElement) {
    const font = said(node, "mso-symbol-font-family") || said(node, "font-family") || (node.tagName === "FONT" && node.getAttribute("face")) || "";
    if (font) return font.replace(/^["']/, "").toLowerCase();
  }
  return "";
}

/* Without a font that says what they are, the signs of old bullets and ticks alone are known. */
const PRIVATE = { "\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓", "\uf0e0": "→" };

export function drawnSigns(root) {
  const walker = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const font = fontOf(walker.currentNode);
    const signs = font.startsWith("symbol") ? SYMBOL : font.startsWith("wingdings") && !/^wingdings\s*[23]/.test(font) ? WINGDINGS : null;
    if (!signs) walker.currentNode.data = walker.currentNode.data.replace(/[\uf0a7\uf0b7\uf0d8\uf0e0\uf0fc]/g, (sign) => PRIVATE[sign]);
    else walker.currentNode.data = [...walker.currentNode.data].map((sign) => {
      const code = sign.codePointAt(0);
      const letter = code >= 0xf020 && code <= 0xf0ff ? String.fromCodePoint(code - 0xf000) : sign;
      return signs[letter] ?? (letter === sign ? sign : letter);
    }).join("");
  }
}

/* Docs wraps everything in <b style="font-weight:normal"> and says bold by style alone, Word says "mso-bidi-font-weight:
   normal" of what is bold indeed: so of every word the nearest element that says something decides. */
const PLAIN = new Set(["B", "STRONG", "I", "EM", "CITE", "DFN", "VAR", "U", "INS", "S", "STRIKE", "DEL", "SUP", "SUB", "CODE", "TT", "KBD", "SAMP", "A", "SPAN", "FONT", "BIG", "SMALL", "MARK", "ABBR", "ACRONYM", "LABEL", "TIME", "Q", "BDO", "BDI", "NOBR"]);
const STOPS = /^(H[1-6]|TH|TABLE|BODY)$/;

function nearest(text, answer) {
  for (let node = text.parentElement; node; node = node.parentElement) {
    const found = STOPS.test(node.tagName) ? false : node.tagName === "LI" ? null : answer(node);
    if (found !== null) return found;
  }
  return false;
}

const isBold = (node) => {
  const weight = said(node, "font-weight") || (/\b(bold|[6-9]00)\b/i.test(said(node, "font")) ? "bold" : "");
  return weight && !/^(inherit|unset)$/i.test(weight) ? /^(bold|bolder|[6-9]00)/i.test(weight) : /^(B|STRONG)$/.test(node.tagName) ? true : null;
};
const isItalic = (node) => {
  const style = said(node, "font-style") || (/\b(italic|oblique)\b/i.test(said(node, "font")) ? "italic" : "");
  return style && !/^(inherit|unset)$/i.test(style) ? /^(italic|oblique)/i.test(style) : /^(I|EM|CITE|DFN|VAR)$/.test(node.tagName) ? true : null;
};
const isInline = (node) => PLAIN.has(node.tagName);
const line = (node) => `${said(node, "text-decoration")} ${said(node, "text-decoration-line")}`;
const within = (text, answer) => nearest(text, (node) => (isInline(node) ? (answer(node) ? true : null) : false));

const MARKS = [
  ["code", (text) => within(text, (node) => /^(CODE|TT|KBD|SAMP)$/.test(node.tagName))],
  ["sup", (text) => within(text, (node) => node.tagName === "SUP" || /^super/i.test(said(node, "vertical-align")))],
  ["sub", (text) => within(text, (node) => node.tagName === "SUB" || /^sub/i.test(said(node, "vertical-align")))],
  ["s", (text) => within(text, (node) => /^(S|STRIKE|DEL)$/.test(node.tagName) || /line-through/i.test(line(node)))],
  ["u", (text) => within(text, (node) => node.tagName === "U" || /underline/i.test(line(node))) && !text.parentElement.closest("a[href]")],
  ["em", (text) => nearest(text, isItalic)],
  ["strong", (text) => !text.parentElement.closest("h1, h2, h3, h4, h5, h6") && nearest(text, isBold)],
];

export function marksFromLooks(root) {
  const inert = root.ownerDocument;
  const walker = inert.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT, (node) => (node.nodeType === Node.TEXT_NODE ? (node.data && !node.parentElement.closest("pre") ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_SKIP) : node.tagName === "IMG" ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_SKIP));
  const wanted = [];
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const isText = node.nodeType === Node.TEXT_NODE;
    const blank = isText && !node.data.trim();
    wanted.push([node, isText ? MARKS.filter(([, test]) => !blank && test(node)).map(([name]) => name) : [], linkOf(node)]);
  }
  for (const [node, names, link] of wanted) {
    let inner = node;
    for (const name of names) inner = wrapped(inner, inert.createElement(name));
    if (link) inner = wrapped(inner, link);
  }
  for (const pre of root.querySelectorAll("pre")) {
    for (const gap of pre.querySelectorAll("br")) gap.replaceWith("\n");
    pre.replaceChildren(pre.textContent);
  }
  const ours = new Set(wanted.flatMap(([node]) => above(node)));
  for (const node of [...root.querySelectorAll("*")].reverse()) {
    if (!ours.has(node) && (isInline(node) || node.tagName.includes(":") || node instanceof HTMLUnknownElement)) node.replaceWith(...node.childNodes);
  }
  joined(root);
}

const made = new WeakSet();

function wrapped(node, around) {
  made.add(around);
  node.replaceWith(around);
  around.append(node);
  return around;
}

function above(node) {
  const found = [];
  for (let at = node.parentElement; at && made.has(at); at = at.parentElement) found.push(at);
  return found;
}

function linkOf(node) {
  const href = node.parentElement.closest("a[href]");
  const address = href ? addressOf(href) : "";
  if (!address) return null;
  const link = node.ownerDocument.createElement("a");
  link.setAttribute("href", address);
  if (href.classList.contains("download")) link.className = "download";
  return link;
}

/* Neighbors of one kind become one, so that a word of five pieces is one bold word. */
function joined(root) {
  for (const node of root.querySelectorAll("a, strong, em, u, s, sub, sup, code")) {
    while (node.isConnected && node.nextSibling && same(node, node.nextSibling)) {
      node.append(...node.nextSibling.childNodes);
      node.nextSibling.remove();
    }
  }
  root.normalize();
}

const same = (one, other) => one.localName === other.localName && one.getAttribute("href") === other.getAttribute?.("href") && !other.id;

/* Where a link leads indeed: not by way of who counts or checks those who follow it, and without what tells on them. */
const BY_WAY_OF = [
  [/(^|\.)safelinks\.protection\.outlook\.com$/, "url"], [/^(www\.)?google\.[a-z.]+$/, "q", /^\/url/], [/^(www\.)?google\.[a-z.]+$/, "url", /^\/url/], [/^(l|lm)\.(facebook|instagram)\.com$/, "u"],
  [/(^|\.)linkedin\.com$/, "url", /^\/(redir|safety)/], [/^slack-redir\.net$/, "url"], [/^out\.reddit\.com$/, "url"], [/(^|\.)youtube\.com$/, "q", /^\/redirect/], [/^linkprotect\.cudasvc\.com$/, "a"],
  [/^duckduckgo\.com$/, "uddg", /^\/l\//], [/^(t\.umblr|href\.li)\.?(com)?$/, "z"], [/^vk\.com$/, "to", /^\/away/],
];
const TELLS = /^(utm_\w+|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid|ttclid|igshid|igsh|mc_[ce]id|_hsenc|_hsmi|mkt_tok|vero_id|oly_(anon|enc)_id|li_fat_id|s_kwcid|_ga|_gl)$/i;

function addressOf(link) {
  const address = direct((link.getAttribute("originalsrc") ?? link.getAttribute("href")).trim(), 0);
  if (/^#note-/.test(address) || /^(mailto|tel):/i.test(address) || /^\/(?!\/)/.test(address)) return address;
  if (!/^https?:\/\//i.test(address)) return "";
  const here = `${location.origin}/`;
  return untold(address.startsWith(here) ? address.slice(here.length - 1) : address);
}

function direct(address, depth) {
  let parts;
  try { parts = new URL(address); } catch { return address; }
  if (depth > 3) return address;
  const found = BY_WAY_OF.find(([host, name, path]) => host.test(parts.hostname) && (!path || path.test(parts.pathname)) && /^https?:\/\//i.test(parts.searchParams.get(name) ?? ""));
  if (found) return direct(parts.searchParams.get(found[1]), depth + 1);
  const inner = parts.hostname.endsWith("urldefense.proofpoint.com") ? fromDashes(parts.searchParams.get("u") ?? "") : /(^|\.)urldefense\.(com|us)$/.test(parts.hostname) ? fromStars(address) : "";
  return /^https?:\/\/./i.test(inner) ? direct(inner, depth + 1) : address;
}

function fromDashes(written) {
  try { return decodeURIComponent(written.replaceAll("_", "/").replace(/-([0-9A-Fa-f]{2})/g, "%$1")); } catch { return ""; }
}

/* Signs that are stars in the address stand after it, enciphered; a run of them says how long it is, and is left alone. */
function fromStars(written) {
  const [, inner, signs = ""] = /\/v3\/__(.+?)__;([\w-]*)!/.exec(written) ?? [];
  if (!inner || inner.includes("**")) return "";
  let kept;
  try { kept = [...new TextDecoder().decode(Uint8Array.from(atob(signs.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0)))]; } catch { return ""; }
  return inner.replace(/\*/g, () => kept.shift() ?? "*").replace(/^(https?):\/(?!\/)/i, "$1://");
}

function untold(address) {
  const [, start, query, mark = ""] = /^([^?#]*)\?([^#]*)(#.*)?$/.exec(address) ?? [];
  if (query === undefined) return address;
  const kept = query.split("&").filter((part) => !TELLS.test(part.split("=")[0]));
  return `${start}${kept.length ? `?${kept.join("&")}` : ""}${mark}`;
}
