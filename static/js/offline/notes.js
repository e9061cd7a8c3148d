// What a page says without signal: from when it is, what waits to be sent, what became of that, what else can be read.
// The words stand on the page /offline/, which the worker keeps: so no other page carries them.

const { lang, dataset } = document.documentElement;
const { kept } = dataset;
const main = document.querySelector("main > .wrap");

const words = (async () => {
  const found = await caches.match("/offline/");
  return found ? new DOMParser().parseFromString(await found.text(), "text/html") : document;
})();
const from = async (id) => document.importNode((await words).getElementById(id).content, true).firstElementChild;
// Of the parts with data-<name>, those for another value are hidden.
const choose = (within, name, value) => {
  for (const part of within.querySelectorAll(`[data-${name}]`)) part.hidden = part.dataset[name] !== value;
};
const yes = (holds) => (holds ? "yes" : "no");

const there = { timeZone: "Asia/Bangkok" };
const when = async (at) => {
  const time = new Date(Number(at));
  const [h, m] = time.toLocaleTimeString("en-GB", there).split(":");
  const hour = (await words).querySelector("[data-hour]").dataset.hour.replace("{h}", Number(h)).replace("{m}", m);
  if (time.toLocaleDateString("en-GB", there) === new Date().toLocaleDateString("en-GB", there)) return hour;
  const day = { day: "numeric", month: "short", year: "numeric", ...there };
  return `${time.toLocaleDateString(lang === "th" ? "th-TH" : "en-GB", day)} ${hour}`;
};

// -- from when this page is ------------------------------------------------------------------------------------------

const sayAge = async () => {
  const note = await from("note-kept");
  note.querySelector("[data-time]").textContent = await when(kept);
  note.querySelector("a").href = location.href;
  main.prepend(note);
};
const sayFresh = () => choose(main, "signal", "yes");

// -- what was written without signal ---------------------------------------------------------------------------------

const replies = async () => {
  const name = (await caches.keys()).find((each) => each.startsWith("waiting-"));
  const cache = name && (await caches.open(name));
  const keys = cache ? await cache.keys() : [];
  return Promise.all(keys.map(async (key) => ({ key, cache, ...(await (await cache.match(key)).json()) })));
};
const takeOut = ({ cache, key }) => cache.delete(key);
const text = ({ fields }, name) => fields.find(([each]) => each === name)?.[1] ?? "";
const deliver = async () => (await navigator.serviceWorker.ready).active.postMessage("deliver");

const form = document.querySelector("form#reply");
const isHere = ({ action }) => form && new URL(form.action).pathname === action;

// Back into its form: after what stands there, answering whom it answered, from where it was said.
const edit = async (reply) => {
  const { answer } = await import("../compose/answering.js");
  const { body, speak_from: place, draft, to } = form.elements;
  const answered = text(reply, "to");
  if (answered !== to.value) answer(answered, document.querySelector(`#p${answered} .name`)?.textContent.trim());
  if (place && text(reply, "speak_from")) place.value = text(reply, "speak_from");
  draft.value ||= text(reply, "draft");
  body.value = [body.value.trim(), text(reply, "body")].filter(Boolean).join("\n\n");
  body.dispatchEvent(new Event("input", { bubbles: true }));
  body.focus();
  await takeOut(reply);
};
const sendAgain = async ({ key, cache, ...reply }) => {
  await cache.put(key, new Response(JSON.stringify({ ...reply, state: "waiting" })));
  await deliver();
};

// To the texts this device keeps, from where compose/drafts.js brings it back into its form, for its writer only.
export const giveBack = async (name) => {
  for (const reply of await replies()) {
    if (reply.state === "sent") continue;
    const [topic] = reply.action.match(/\d+/);
    const key = `draft:${name.slice("waiting-".length)}:reply-${topic}-:${reply.action}`;
    const before = JSON.parse(localStorage.getItem(key));
    const fields = Object.fromEntries(reply.fields);
    fields.body = [before?.fields.body, fields.body].filter(Boolean).join("\n\n");
    const { submission } = reply;
    const draft = { at: Date.now(), fields, given: "", submission, sent: !before, to: fields.to, name: "" };
    localStorage.setItem(key, JSON.stringify(draft));
  }
};

const note = async (reply) => {
  const line = await from(`note-${reply.state}`);
  choose(line, "sync", yes("SyncManager" in window));
  choose(line, "form", yes(isHere(reply)));
  line.querySelector("[data-time]").textContent = await when(reply.at);
  line.querySelector("[data-text]")?.append(text(reply, "body"));
  line.querySelector("[data-why]")?.append(reply.why);
  line.querySelector("a").href = reply.url ?? `${reply.page}#waiting`;
  const acts = { edit, sendAgain, takeOut };
  for (const button of line.querySelectorAll("[data-act]")) {
    button.addEventListener("click", () => acts[button.dataset.act](reply).then(showReplies));
  }
  return line;
};

// On the thread before the box of its topic, elsewhere above the page. That one was sent is told once.
const list = document.createElement("div");
list.id = "waiting";
list.setAttribute("role", "status");
const told = [];
const showReplies = async () => {
  const all = [...told, ...(await replies())];
  list.replaceChildren(...(await Promise.all(all.map(note))));
  if (list.isConnected || !all.length) return tellOnce(all);
  if (all.some(isHere)) {
    list.className = "on-thread";
    form.before(list);
  } else main.prepend(list);
  return tellOnce(all);
};
const tellOnce = async (all) => {
  if (kept || document.hidden) return;
  for (const reply of all) {
    if (reply.state !== "sent" || told.includes(reply)) continue;
    told.push(reply);
    await takeOut(reply);
  }
};

// -- what can be read ------------------------------------------------------------------------------------------------

const showPages = async (rows) => {
  const name = (await caches.keys()).find((each) => each.startsWith("kept-"));
  const cache = name && (await caches.open(name));
  const keys = cache ? (await cache.keys()).reverse() : [];
  for (const { url } of keys) {
    const { headers } = await cache.match(url);
    const row = await from("row-kept");
    const title = new DOMParser().parseFromString(decodeURIComponent(headers.get("X-Title")), "text/html").body;
    const link = row.querySelector("a");
    link.href = url;
    link.textContent = title.textContent.replace(/\s*· ร้อยพลัง$/, "").replace(/\s+/g, " ");
    row.querySelector("[data-time]").textContent = await when(headers.get("X-Kept-At"));
    rows.append(row);
  }
  choose(document, "any", yes(keys.length));
  choose(document, "missing", yes(location.pathname !== "/offline/"));
  document.querySelector("a[data-again]").href = location.href;
};

export const show = async () => {
  if (kept) await sayAge();
  const rows = document.querySelector("[data-kept-pages]");
  if (rows) await showPages(rows);
  await showReplies();
  if (location.hash === "#waiting") list.scrollIntoView({ block: "center" });
  navigator.serviceWorker.addEventListener("message", ({ data }) => (data === "fresh" ? sayFresh() : showReplies()));
  navigator.serviceWorker.startMessages();
  const waits = async () => (await replies()).some(({ state }) => state === "waiting");
  const goes = async () => (await waits()) && deliver();
  addEventListener("online", () => {
    sayFresh();
    goes();
  });
  if (!kept) goes();
  setInterval(() => navigator.onLine && goes(), 60_000);
};
