/* The rich text editor of forms, over a textarea that holds the HTML. It injects no style (the policy refuses inline
   ones; css/editor.css has them) and is named, described and marked as the textarea is. */
import * as prose from "django-prose-editor/editor";
import { own } from "./prose/extensions.js";
import { tidied } from "./prose/html.js";
import { cleanPasted } from "./prose/paste.js";
import { toolbarFor } from "./prose/toolbar.js";

const MARK = "data-django-prose-editor-site";
// Made by this site instead, or not wanted: the library's menu and dialogs.
const REPLACED = new Set(["Menu", "HTML", "Figure", "Caption", "Image", "Paragraph", "Link", "Table", "TableHeader", "TableCell"]);

function spokenAs(textarea) {
  const said = { role: "textbox", "aria-multiline": "true" };
  const label = textarea.labels?.[0];
  if (label) {
    label.id ||= `${textarea.id}_label`;
    said["aria-labelledby"] = label.id;
  }
  for (const name of ["aria-describedby", "aria-invalid"]) {
    if (textarea.hasAttribute(name)) said[name] = textarea.getAttribute(name);
  }
  return said;
}

function extensionsOf(textarea) {
  const wanted = JSON.parse(textarea.getAttribute(MARK)).extensions ?? {};
  const known = Object.entries(wanted).flatMap(([name, options]) => {
    const extension = prose[name];
    if (!extension || options === false || REPLACED.has(name)) return [];
    return [options === true ? extension : extension.configure(options)];
  });
  return [...known, ...own];
}

/* Where forms work without an editor too, the textarea holds plain words, and the HTML of them stands beside. What a
   browser or a session that ended has put back goes before both. */
function contentOf(textarea) {
  if (textarea.dataset.html === undefined) return textarea.value;
  if (textarea.value === textarea.defaultValue) return textarea.dataset.html;
  if (textarea.value.trimStart().startsWith("<")) return textarea.value;
  const lines = document.createElement("div");
  lines.append(...textarea.value.split(/\n\s*\n/).map((words) => Object.assign(document.createElement("p"), { textContent: words })));
  return lines.innerHTML;
}

function sayThatItIsHtml(textarea, editor) {
  const kind = textarea.form?.elements.namedItem(`${textarea.name}-as`);
  if (!kind) return;
  kind.value = "html";
  textarea.value = editor.isEmpty ? "" : tidied(editor.getHTML());
}

/* Pictures do not come along with words: whoever pasted them is told, and where they can be added. */
function sayLeftBehind(box, pictures, hasLibrary) {
  const said = box.querySelector(".prose-said") ?? Object.assign(document.createElement("p"), { className: "prose-said" });
  said.setAttribute("role", "status");
  if (!said.isConnected) box.append(said);
  const them = pictures === 1 ? "One picture was" : `${pictures} pictures were`;
  const add = hasLibrary ? "Add what you need with “Picture”, with words for those who cannot see it." : "This text holds words and tables only.";
  said.textContent = pictures ? `${them} left behind. ${add}` : "";
}

function createEditor(textarea) {
  if (textarea.closest(".prose-editor")) return;
  const disabled = textarea.hasAttribute("disabled");
  const tools = JSON.parse(textarea.dataset.editorTools ?? "{}");
  const box = document.createElement("div");
  box.className = disabled ? "prose-editor disabled" : "prose-editor";
  const labels = [...(textarea.labels ?? [])];
  const attributes = spokenAs(textarea);
  textarea.before(box);
  box.append(textarea);
  const editor = new prose.Editor({
    element: box,
    editable: !disabled,
    injectCSS: false,
    extensions: extensionsOf(textarea),
    content: contentOf(textarea),
    editorProps: { attributes, transformPastedHTML: (html, view) => cleanPasted(html, { view, tell: (pictures) => sayLeftBehind(box, pictures, Boolean(tools.pictures)) }) },
    onUpdate({ editor: changed }) {
      textarea.value = changed.isEmpty ? "" : tidied(changed.getHTML());
      textarea.dispatchEvent(new Event("input", { bubbles: true }));
    },
  });
  editor.storage.tools = tools;
  textarea.addEventListener("putback", () => editor.commands.setContent(contentOf(textarea)));
  sayThatItIsHtml(textarea, editor);
  for (const label of labels) label.addEventListener("click", () => editor.view.focus());
  if (!disabled) box.prepend(toolbarFor(editor, { tools, label: labels[0]?.textContent.replace(/[\s:*]+$/, "").trim() ?? "Text" }));
}

prose.initializeEditors(createEditor, `[${MARK}]`);
