/* Menus are details elements. Escape closes them and gives the focus back; so does a click or a step outside. */
const MENUS = "details.menu, details.sub";

export function closeDisclosures(root) {
  const opened = () => root.querySelectorAll(`:is(${MENUS})[open]`);
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const inner = event.target.closest?.(`:is(${MENUS})[open]`);
    for (const menu of inner ? [inner] : opened()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  const leave = (event) => {
    for (const menu of opened()) if (!menu.contains(event.target)) menu.open = false;
  };
  root.addEventListener("click", leave);
  root.addEventListener("focusin", leave);
}
