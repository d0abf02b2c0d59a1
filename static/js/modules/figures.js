/* Figures open large in a dialog. Without this they open by themselves: each is a link to its picture. */
export function openFigures(root) {
  const links = root.querySelectorAll("a.zoom");
  if (!links.length || !window.HTMLDialogElement) return;
  const dialog = made(root);
  for (const link of links) {
    link.addEventListener("click", (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
      event.preventDefault();
      show(dialog, link);
    });
  }
}

function made(root) {
  const dialog = document.createElement("dialog");
  dialog.className = "zoomed";
  dialog.setAttribute("aria-label", "Figure");
  dialog.innerHTML = `<p class="row"><button type="button" class="btn btn--quiet" data-close>Close</button>
    <button type="button" class="btn btn--quiet" data-large aria-pressed="false">Full size</button>
    <a class="btn btn--quiet" download>Download</a></p><img alt=""><div class="caption"></div>`;
  root.append(dialog);
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
  const large = dialog.querySelector("[data-large]");
  large.addEventListener("click", () => large.setAttribute("aria-pressed", String(dialog.classList.toggle("is-large"))));
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  return dialog;
}

function show(dialog, link) {
  const small = link.querySelector("img");
  const picture = dialog.querySelector("img");
  picture.src = link.href;
  picture.alt = small?.alt ?? "";
  dialog.querySelector("a").href = link.href;
  const caption = link.closest("figure")?.querySelector("figcaption");
  dialog.querySelector(".caption").textContent = caption?.textContent ?? "";
  dialog.classList.remove("is-large");
  dialog.querySelector("[data-large]").setAttribute("aria-pressed", "false");
  dialog.showModal();
}
