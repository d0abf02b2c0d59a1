/* A passkey that was refused or stopped: say so in the page, where allauth only writes to the console. */
document.addEventListener("allauth.error", (event) => {
  const note = document.getElementById("passkey-trouble");
  if (!note) return;
  event.preventDefault();
  note.hidden = false;
});
