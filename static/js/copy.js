// Beside a read-only field: copying what it holds, or handing it on where the device can; printing the page.
// Without scripts the field is there to be copied by hand, and the browser prints.

document.querySelectorAll("[data-copy]").forEach((box) => {
  const field = document.getElementById(box.dataset.copy);
  const said = box.querySelector("[role=status]");
  const say = (words) => {
    said.textContent = words;
    setTimeout(() => said.textContent === words && (said.textContent = ""), 6000);
  };
  box.querySelector("[data-act=copy]").addEventListener("click", async () => {
    field.select(); // seen to be what is meant; where it may not be copied for her, she copies it herself
    const done = await navigator.clipboard?.writeText(field.value).then(() => true, () => false);
    say(done || document.execCommand("copy") ? box.dataset.done : box.dataset.by);
  });
  const share = box.querySelector("[data-act=share]");
  if (!share || !navigator.share) return;
  share.hidden = false;
  share.addEventListener("click", () => {
    navigator.share({ title: box.dataset.title, url: field.value }).catch(() => {}); // she changed her mind
  });
});

document.querySelector("[data-act=print]")?.addEventListener("click", () => print());
