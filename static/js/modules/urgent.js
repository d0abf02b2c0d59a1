/* Help for an emergency, for scripts that hear one while somebody types: the same box that the server's pages show. */
export function urgentNote(kinds) {
  const box = document.createElement("div");
  box.className = "note note--bad urgent urgent--live";
  for (const kind of kinds) {
    const help = document.createElement("div");
    help.className = "urgent-kind";
    help.innerHTML = kind.help; // sanitized on the server when staff stored it
    box.append(help);
  }
  return box;
}
