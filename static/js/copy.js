// Beside a read-only field: copying what it holds, or handing it on where the device can; printing the page.
// Without scripts the field is there to be copied by hand, and the browser prints. The buttons show themselves
// here and not before: on a slow line this comes late, and a press would be lost.

document.querySelectorAll("[data-copy]").forEach((box) => {
  const field = document.getElementById(box.dataset.copy);
  const said = box.querySelector("[role=status]");
  const say = (words) => {
    said.textContent = words;
    setTimeout(() => said.textContent === words && (said.textContent = ""), 6000);
  };
  const copy = box.querySelector("[data-act=copy]");
  copy.addEventListener("click", async () => {
    field.select(); // seen to be what is meant; where it may not be copied for her, she copies it herself
    const done = await navigator.clipboard?.writeText(field.value).then(() => true, () => false);
    say(done || document.execCommand("copy") ? box.dataset.done : box.dataset.by);
  });
  copy.hidden = false;
  const share = box.querySelector("[data-act=share]");
  if (!share || !navigator.share) return;
  share.hidden = false;
  share.addEventListener("click", () => {
    navigator.share({ title: box.dataset.title, url: field.value }).catch(() => {}); // she changed her mind
  });
});

const paper = document.querySelector("[data-act=print]");
paper?.addEventListener("click", () => print());
paper?.removeAttribute("hidden");
