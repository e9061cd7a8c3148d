// On every page, and never needed: menus close by themselves, a form is sent once, marks are given
// without leaving the place one reads at. Sends nothing a plain form would not send.

// Fields that suggest, and search boxes: what helps there is fetched by the first who comes to one.
const SEARCH = 'input[data-seek^="/search/"]';
const help = () => import("./seek/suggest.js").catch(() => {}); // no connection: a plain box
const remember = () => import("./seek/recent.js").catch(() => {});
const atBox = (element) => {
  if (element?.matches("[data-seek]")) help();
  if (element?.matches(SEARCH)) remember();
};
document.addEventListener("focusin", (event) => atBox(event.target));
atBox(document.activeElement);
if (document.querySelector("[data-recent]")) remember();

// A video is pressed, a link copied: by who has one before her. On a topic the links stay folded for most.
if (document.querySelector("a.youtube-link")) import("./youtube.js").catch(() => {});
const copy = () => import("./copy.js").catch(() => {});
if (document.querySelector("[data-act=print]")) copy();
for (const box of document.querySelectorAll("[data-copy]")) {
  const folded = box.closest("details:not([open])");
  if (folded) folded.addEventListener("toggle", copy, { once: true });
  else copy();
}

// Forms that keep drafts on the server.
if (document.querySelector("[data-keep]")) import("./compose/kept.js").catch(() => {});

// "/" jumps to the box; ฝ is the same key when the keyboard writes Thai.
document.addEventListener("keydown", (event) => {
  if (!["/", "ฝ"].includes(event.key) || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  event.preventDefault();
  const box = [...document.querySelectorAll(SEARCH)].find((each) => each.checkVisibility());
  if (box) box.select();
  else location.assign("/search/");
});

// Menus: one open at a time; Escape and a press elsewhere close it.
const close = (except) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(except)) menu.open = false;
  }
};
document.addEventListener("click", (event) => close(event.target));
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector("details.menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

// Marks (form="act"): the answer is the two buttons as they are now. A refusal is asked for again as a
// page, which explains; without a connection nothing happens, and one may press again.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  const button = event.submitter;
  const acts = form.id === "act" && button?.matches(".useful, .agree") && button.closest(".acts");
  if (!acts || form.dataset.plainly) return;
  event.preventDefault();
  if (acts.ariaBusy) return;
  acts.ariaBusy = "true";
  const body = new FormData(form);
  body.append(button.name, button.value);
  const headers = { "X-Requested-With": "fetch" };
  const answer = await fetch(button.formAction, { method: "POST", body, headers }).catch(() => null);
  acts.ariaBusy = null;
  if (answer?.ok && !answer.redirected) {
    const [mark] = button.classList;
    acts.querySelectorAll(":scope > :is(.useful, .agree)").forEach((old) => old.remove());
    acts.insertAdjacentHTML("afterbegin", await answer.text());
    acts.querySelector(`:scope > .${mark}`)?.focus();
  } else if (answer) {
    form.dataset.plainly = "1";
    form.requestSubmit(button);
  }
});

// A second press on the same button does nothing while the first is on its way. The server keeps
// doubles out too: this spares the waiting, and lets go after a while, or when one comes back.
const letGo = (form) => {
  delete form.dataset.sent;
  delete form.dataset.plainly;
  for (const button of form.elements) button.removeAttribute("aria-disabled");
};
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  event.submitter?.setAttribute("aria-disabled", "true");
  setTimeout(letGo, 10_000, form);
});
addEventListener("pageshow", (event) => {
  if (event.persisted) document.querySelectorAll("form[data-sent]").forEach(letGo);
});

// Whoever signs out leaves no half-written text behind on this device (see drafts.js), and nothing of
// what was searched for (see recent.js).
document.addEventListener("submit", (event) => {
  if (!new URL(event.target.action).pathname.endsWith("/logout/")) return;
  try {
    Object.keys(localStorage)
      .filter((key) => key.startsWith("draft:") || key === "searches")
      .forEach((key) => localStorage.removeItem(key));
  } catch {
    // No storage, nothing kept.
  }
});

// Without signal what was read lately can be read on, and what is written waits: asked for when the page stands.
if ("serviceWorker" in navigator) {
  addEventListener("load", () => import("./offline.js").catch(() => {}));
}
