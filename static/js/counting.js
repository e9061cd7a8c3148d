// How many characters are left in a field with a limit, counted as the server counts: as a reader does, ที่ is one
// (forums/base/limits.py). Without scripts the words beside the field say the limit.

const pieces = new Intl.Segmenter("th", { granularity: "grapheme" });
const length = (typed) => {
  const line = typed.normalize("NFC").trim().replace(/\s+/g, " ");
  return Math.max([...pieces.segment(line)].length, Math.ceil([...line].length / 4));
};
const NEAR = 20; // from here on it is said aloud too, after a pause

for (const field of document.querySelectorAll("[data-most]")) {
  const seen = document.createElement("p");
  const heard = document.createElement("p");
  seen.className = "count";
  seen.ariaHidden = "true";
  heard.className = "vh";
  heard.role = "status";
  let pause;
  const count = () => {
    const left = field.dataset.most - length(field.value);
    const words = field.dataset[left < 0 ? "over" : "left"].replace("{n}", Math.abs(left));
    seen.textContent = words;
    seen.classList.toggle("over", left < 0);
    clearTimeout(pause);
    if (left <= NEAR) pause = setTimeout(() => { heard.textContent = words; }, 1000);
    else heard.textContent = "";
  };
  field.after(seen, heard);
  field.addEventListener("input", count);
  count();
}
