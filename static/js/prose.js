/* The rich text editor of forms, over a textarea that holds the HTML. It injects no style (the policy refuses inline
   ones; css/editor.css has them) and is named, described and marked as the textarea is. */
import * as prose from "django-prose-editor/editor";

const MARK = "data-django-prose-editor-site";

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
  return Object.entries(wanted).flatMap(([name, options]) => {
    const extension = prose[name];
    if (!extension || options === false) return [];
    return [options === true ? extension : extension.configure(options)];
  });
}

function createEditor(textarea) {
  if (textarea.closest(".prose-editor")) return;
  const disabled = textarea.hasAttribute("disabled");
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
    content: textarea.value,
    editorProps: { attributes },
    onUpdate({ editor: changed }) {
      textarea.value = changed.isEmpty ? "" : changed.getHTML();
      textarea.dispatchEvent(new Event("input", { bubbles: true }));
    },
  });
  for (const label of labels) label.addEventListener("click", () => editor.commands.focus());
}

prose.initializeEditors(createEditor, `[${MARK}]`);
