/* A form is sent once: a second press while the first one is under way does nothing. The server says so too, where
   money or days would go twice. */
const WAIT = 8000;  // milliseconds, after which somebody may try again

export function sendOnce(root) {
  root.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || form.target) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "true";
    setTimeout(() => { delete form.dataset.sent; }, WAIT);
  });
  addEventListener("pageshow", () => root.querySelectorAll("form[data-sent]").forEach((form) => { delete form.dataset.sent; }));
}
