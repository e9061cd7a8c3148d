// Turns notifications on for this device. The browser asks whether it may when the button is pressed, and never before.

const form = document.querySelector("[data-push]");
const note = form?.querySelector("[role=status]");
const isAble = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

if (form) form.querySelector("[data-without-scripts]").hidden = true;

const say = (what) => {
  note.textContent = form.dataset[what];
  note.hidden = false;
};

// The key as the browser wants it.
const bytes = (key) => Uint8Array.from(atob(key.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));

async function subscribe() {
  if ((await Notification.requestPermission()) !== "granted") return "denied";
  await navigator.serviceWorker.register(form.dataset.worker);
  const { pushManager } = await navigator.serviceWorker.ready;
  // An address of before may be another member's, or made with another key of the site.
  await (await pushManager.getSubscription())?.unsubscribe();
  const applicationServerKey = bytes(form.dataset.push);
  const { endpoint, keys } = (await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey })).toJSON();
  for (const [name, value] of Object.entries({ endpoint, ...keys })) {
    if (form.elements[name]) form.elements[name].value = value;
  }
  return "";
}

form?.addEventListener("submit", async (event) => {
  if (form.elements.endpoint.value) return; // all is there: it is sent
  event.preventDefault();
  if (!isAble) return say("unable");
  note.hidden = true;
  const problem = await subscribe().catch(() => "failed");
  if (problem) say(problem);
  else form.requestSubmit();
});

// The site holds this device for one it is on at, but the browser has forgotten it: the button is offered again.
async function look() {
  const worker = await navigator.serviceWorker.getRegistration();
  if (!(await worker?.pushManager.getSubscription()) || Notification.permission !== "granted") form.hidden = false;
}
if (form?.hidden && isAble) look();
