// The queue by keys: J and K down and up, Enter opens (it is a link), R or C takes. Without scripts all of it is there.

const rows = [...document.querySelectorAll("[data-case]")];
document.querySelectorAll("[data-keys]").forEach((hint) => (hint.hidden = false));

const at = () => rows.findIndex((row) => row.contains(document.activeElement));
const go = (step) => {
  const now = at();
  const next = now < 0 ? 0 : Math.min(Math.max(now + step, 0), rows.length - 1);
  rows[next]?.querySelector("[data-open]").focus();
};

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !rows.length) return;
  if (event.target.closest("input, select, textarea, [contenteditable]")) return;
  switch (event.code) { // where the key is, so that a Thai keyboard does as well
    case "KeyJ":
      go(1);
      break;
    case "KeyK":
      go(-1);
      break;
    case "KeyR":
    case "KeyC":
      rows[at()]?.querySelector("[data-take]")?.click();
      break;
    default:
      return;
  }
  event.preventDefault();
});
