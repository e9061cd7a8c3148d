// What is being written is kept on the server too, for its writer's other devices; drafts.js keeps it on this
// one, with or without a connection. The form's field `draft` says which draft it writes into and which version
// of it this page has seen ("<key>.<version>"): what was written elsewhere meanwhile is never overwritten.

const PAUSE = 2500;
const random = (bytes) =>
  [...crypto.getRandomValues(new Uint8Array(bytes))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const page = random(8); // one's own saves may overtake each other
let nth = 0;

// Send a text to be kept: `fields` in the place of what the form holds. Null: no connection, or too late.
export const send = async (form, { fields, draft, keepalive } = {}) => {
  const body = new FormData(form);
  for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
  for (const [name, value] of Object.entries(fields ?? {})) body.set(name, value);
  body.set("draft", fields ? (draft ?? "") : form.elements.draft.value);
  body.set("draft_writer", page);
  body.set("draft_nth", ++nth);
  const { formAction } = form.querySelector("[data-keep]");
  const headers = { "X-Requested-With": "fetch", Accept: "application/json" };
  const answer = await fetch(formAction, { method: "POST", body, headers, keepalive }).catch(() => null);
  if (!answer || answer.redirected) return null;
  return { status: answer.status, ...(await answer.json().catch(() => ({}))) };
};

// What else waits at the form's place, and whether the draft this page knows is still there.
const ask = async (form, draft = form.elements.draft.value) => {
  const query = new URLSearchParams({ place: form.elements.draft_place.value, to: form.elements.to?.value ?? "", draft });
  const answer = await fetch(`${form.querySelector("[data-keep]").dataset.keep}?${query}`).catch(() => null);
  return answer?.ok && !answer.redirected ? answer.json() : null;
};

// Whether a text of this device is on the server, all of it, and was sent, thrown away or gone on with from
// another one since.
export const overtaken = async (form, { server, synced }) => {
  const there = server && synced && (await ask(form, server));
  if (!there || !(there.gone || there.offers.includes(server.split(".")[0]))) return false;
  form.querySelector("[data-offers]").innerHTML = there.offers;
  return true;
};

// What was brought back is not wanted: the form writes into what it was opened with again.
export const throwAway = (form, opened) => {
  const known = form.elements.draft;
  const [key] = known.value.split(".");
  if (known.value === opened) return;
  known.value = opened;
  const body = new FormData();
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  fetch(`/drafts/${key}/throw-away/`, { method: "POST", body, redirect: "manual" }).catch(() => null);
};

for (const button of document.querySelectorAll("[data-keep]")) {
  const { form } = button;
  const known = form.elements.draft;
  const writer = document.createElement("input");
  Object.assign(writer, { type: "hidden", name: "draft_writer", value: page });
  form.append(writer);
  let unsaved, sent, stopped, busy, timer;

  const say = (words) => {
    const [h, m] = new Date().toTimeString().split(":");
    const status = form.querySelector("[data-draft-status]");
    if (status) status.textContent = words.replace("{h}", +h).replace("{m}", m);
  };
  const save = async (keepalive = false) => {
    clearTimeout(timer);
    if (!unsaved || sent || (busy && !keepalive)) return;
    unsaved = false;
    busy = true;
    known.value ||= `${random(16)}.0`;
    const asked = known.value;
    const answer = await send(form, { keepalive });
    busy = false;
    if (answer?.draft) {
      if (known.value === asked || answer.beside) known.value = answer.draft;
      if (!unsaved) form.dispatchEvent(new Event("kept"));
      say(answer.beside || button.dataset.kept);
    } else if (answer?.status === 410) {
      known.value = ""; // sent or thrown away on another page; what is written here is another text
      unsaved = true;
    } else {
      unsaved = true;
      // Refused: said once, until she asks for it again.
      stopped = Boolean(answer) && answer.status !== 429;
      if (answer?.error) say(answer.error);
    }
    if (unsaved && !stopped && !sent) timer = setTimeout(save, 4 * PAUSE);
  };
  form.addEventListener("input", (event) => {
    if (!event.target.name || event.target.type === "file" || event.target.closest("[data-attach]")) return;
    unsaved = true;
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(save, PAUSE);
  });
  const leave = () => !stopped && save(true);
  document.addEventListener("visibilitychange", () => document.hidden && leave());
  addEventListener("pagehide", leave);
  form.addEventListener("submit", (event) => {
    sent = true;
    setTimeout(() => (sent = !event.defaultPrevented));
  });
  addEventListener("pageshow", (event) => event.persisted && (sent = false));
  button.addEventListener("click", (event) => {
    event.preventDefault();
    unsaved = true;
    stopped = false;
    save();
  });

  // Where the page was made without asking, it is asked when somebody comes to write.
  const offers = form.querySelector("[data-offers]");
  if (offers && "later" in offers.dataset) {
    form.addEventListener("focusin", async () => (offers.innerHTML = (await ask(form))?.offers ?? ""), { once: true });
  }
}
