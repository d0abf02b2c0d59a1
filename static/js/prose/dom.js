/* Elements in one line: make("button", { type: "button", class: "x", onclick: act }, "Words", child). */
export function make(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

let counted = 0;
export const newId = (word) => `prose-${word}-${++counted}`;

/* The text has the keys again before the press ends: the library's own focus() waits for the next frame, and what is typed
   until then would be lost. */
export function chainIn(editor) {
  editor.view.focus();
  return editor.chain().focus();
}
