/* A select marked data-autosubmit sends its form when it changes; its button, needed without scripts, hides. */
export function autoSubmit(root) {
  for (const field of root.querySelectorAll("select[data-autosubmit]")) {
    field.addEventListener("change", () => field.form.requestSubmit());
    const button = field.form.querySelector("button[data-autosubmit]");
    if (button) button.hidden = true;
  }
}
