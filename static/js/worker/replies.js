// The worker: a reply sent without signal waits here, and goes when there is one. Each waits in its writer's cache
// ("waiting-12") under its form's address and `submission`, by which the server makes one post of it however often it
// comes: also where the first try had arrived and only the answer was lost.

const LONGEST = 20_000; // milliseconds a reply is tried, before it waits
const FULL = 50; // replies

const JSON_HEADERS = { "Content-Type": "application/json" };

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname, searchParams } = new URL(request.url);
  if (origin !== location.origin) return;
  // From a page of ours only: what waits is sent with a token of hers, which another site's form must not come by.
  const ours = request.mode === "navigate" && request.referrer.startsWith(`${origin}/`);
  if (ours && request.method === "POST" && /^\/t\/\d+\/reply\/$/.test(pathname)) {
    event.respondWith(send(event));
  } else if (pathname === "/sent/") {
    event.respondWith(isSent(request, searchParams.get("submission")));
  }
});
addEventListener("sync", (event) => event.tag === "replies" && event.waitUntil(deliver(true)));
addEventListener("message", (event) => event.data === "deliver" && event.waitUntil(persist()));

const key = (action, submission) => `${action}?submission=${submission}`;
const nameOf = (kind) => caches.keys().then((names) => names.find((name) => name.startsWith(kind) && name !== `${kind}0`));
const write = async (cache, reply) => {
  await cache.put(key(reply.action, reply.submission), new Response(JSON.stringify(reply), { headers: JSON_HEADERS }));
  for (const client of await clients.matchAll()) client.postMessage("replies");
};

const send = async (event) => {
  const { request } = event;
  const form = request.clone().formData();
  try {
    const late = new Promise((_, enough) => setTimeout(enough, LONGEST));
    return await Promise.race([fetch(request), late]);
  } catch {
    const fields = [...(await form)];
    const page = request.referrer;
    const readable = (await caches.match(page)) ? page : "/offline/";
    const waits = await wait(new URL(request.url).pathname, fields, page).catch(() => false);
    // What cannot wait is brought back into its form by the page itself (compose/drafts.js).
    return Response.redirect(waits ? `${readable}#waiting` : page, 303);
  }
};

const wait = async (action, fields, page) => {
  const { submission, preview, attach, body, reader: writer } = Object.fromEntries(fields);
  const picture = fields.some(([, value]) => value instanceof File && value.size);
  const reader = (await nameOf("kept-"))?.slice("kept-".length);
  if (!submission || !body?.trim() || preview || attach || picture || !reader) return false;
  if (writer !== reader) return false; // it would be sent in the name of who came after her
  const cache = await caches.open(`waiting-${reader}`);
  if ((await cache.keys()).length >= FULL) return false;
  const texts = fields.filter(([, value]) => typeof value === "string");
  await write(cache, { action, submission, fields: texts, page, at: Date.now(), state: "waiting" });
  await registration.sync?.register("replies").catch(() => {});
  return true;
};

// A reply that waits counts as sent: no form brings its text back a second time.
const isSent = async (request, submission) => {
  const name = await nameOf("waiting-");
  const waiting = name ? await (await caches.open(name)).keys() : [];
  if (!waiting.some(({ url }) => url.endsWith(`?submission=${submission}`))) return fetch(request);
  return new Response('{"sent": true}', { headers: JSON_HEADERS });
};

// A page says that the signal is back a moment before this worker has it: what fails then is tried again, soon and then later.
const PAUSES = [500, 1500, 4000];
const persist = async () => {
  for (const pause of [...PAUSES, 0]) {
    try {
      return await deliver();
    } catch {
      if (pause) await new Promise((over) => setTimeout(over, pause));
    }
  }
};

let delivering;
const deliver = async (again = false) => {
  delivering ??= deliverAll().finally(() => (delivering = null));
  if ((await delivering) && again) throw new Error("some wait on"); // the browser tries once more, later
};

// Sends what waits, one after the other; whether some wait on.
const deliverAll = async () => {
  const name = await nameOf("waiting-");
  if (!name) return false;
  const cache = await caches.open(name);
  const replies = [];
  for (const each of await cache.keys()) replies.push(await (await cache.match(each)).json());
  const waiting = replies.filter(({ state }) => state === "waiting");
  if (!waiting.length) return false;
  const { reader, token } = await (await fetch("/offline/reader/")).json();
  // Signed out meanwhile, or another now: the next page sees to it (offline.js).
  if (name !== `waiting-${reader}`) return false;
  for (const reply of waiting) {
    const body = new FormData();
    for (const [field, value] of reply.fields) body.append(field, value);
    body.set("csrfmiddlewaretoken", token);
    const answer = await fetch(reply.action, { method: "POST", body, headers: { Accept: "application/json" } });
    const said = await answer.json().catch(() => ({}));
    if (!(await caches.has(name))) return false; // she has signed out
    if (said.url) await write(cache, { ...reply, state: "sent", at: Date.now(), url: said.url });
    else if (answer.status >= 400 && answer.status < 500 && ![408, 429].includes(answer.status)) {
      const taken = !(await cache.match(key(reply.action, reply.submission)));
      if (!taken) await write(cache, { ...reply, state: "refused", why: said.error ?? "" });
    } else return true;
  }
  return false;
};
