// The worker: what was read lately stays readable without signal. One script with the files beside it, joined in order
// of name by roypalang/offline.py, which says before them what SHELL is called, which FILES it holds, and which it takes
// in when a page asks for them (LATER).
//
// A page comes from the network where that answers; else its copy, which says from when it is. Only pages are kept that
// say whose they are (X-Keep, forums/base/offline.py), in a cache of that reader: "kept-12", "kept-0" a visitor's.

const MOST = 40; // pages
const LARGEST = 400_000; // characters a page
const OLDEST = 30 * 24 * 60 * 60 * 1000;
const PATIENCE = 4000; // milliseconds a page is waited for, where there is a copy

const offlinePage = () => new Request("/offline/", { cache: "reload" });

// A page open meanwhile loses nothing: its forms come here whichever version answers, and its files are on the server.
addEventListener("install", (event) => {
  skipWaiting();
  const begin = async () => {
    const asked = new Set(); // of the version before: its kept pages will ask for them again
    for (const name of await caches.keys()) {
      if (!name.startsWith("shell-")) continue;
      for (const { url } of await (await caches.open(name)).keys()) asked.add(plain(new URL(url).pathname));
    }
    const again = LATER.filter((path) => asked.has(plain(path)));
    await (await caches.open(SHELL)).addAll([...FILES, ...again, offlinePage()]);
  };
  event.waitUntil(begin());
});

addEventListener("activate", (event) => {
  const begin = async () => {
    await drop((name) => name.startsWith("shell-") && name !== SHELL);
    await registration.navigationPreload?.enable();
    await clients.claim();
  };
  event.waitUntil(begin());
});

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  const ours = request.referrer.startsWith(`${origin}/`);
  if (request.mode === "navigate" && request.method === "GET") event.respondWith(read(event));
  else if (pathname.startsWith("/static/")) event.respondWith(file(event));
  // Whoever signs out leaves nothing behind, whatever the server says to it; no other site's form signs her out.
  else if (ours && request.method === "POST" && pathname === "/accounts/logout/") event.waitUntil(forget());
});

const drop = async (which) => {
  for (const name of await caches.keys()) if (which(name)) await caches.delete(name);
};

let forgotten = 0; // times
const forget = () => {
  forgotten += 1;
  return drop((name) => /^(kept|waiting)-/.test(name));
};

const read = async (event) => {
  const { request } = event;
  const before = forgotten;
  const fromNetwork = async () => {
    const answer = (await event.preloadResponse) ?? (await fetch(request));
    if (answer.status) event.waitUntil(keep(request.url, answer.clone(), before)); // 0: it leads elsewhere
    return answer;
  };
  const network = fromNetwork();
  event.waitUntil(network.catch(() => {}));
  try {
    const patience = new Promise((enough) => setTimeout(enough, PATIENCE));
    const answer = await Promise.race([network, patience]);
    if (answer) return answer;
    const found = await copy(request.url);
    if (found) event.waitUntil(tell(event.resultingClientId, network));
    return found ?? (await network);
  } catch {
    return (await copy(request.url)) ?? instead();
  }
};

// A copy was shown because the network was slow: the page says when it has answered after all.
const tell = (id, network) =>
  network.then(async () => (await clients.get(id))?.postMessage("fresh")).catch(() => {});

const keep = async (address, answer, before) => {
  const reader = answer.headers.get("X-Keep");
  if (!answer.ok || reader === null || /no-store/.test(answer.headers.get("Cache-Control"))) {
    if (![200, 403, 404, 410].includes(answer.status)) return;
    // Nor under another of its addresses: its last page, its first.
    const all = { ignoreSearch: true };
    for (const name of await caches.keys()) if (name.startsWith("kept-")) await (await caches.open(name)).delete(address, all);
    return;
  }
  const text = await answer.text();
  if (text.length > LARGEST || before !== forgotten) return;
  const name = `kept-${reader}`;
  await drop((other) => other.startsWith("kept-") && other !== name); // one reader at a time
  const headers = new Headers(answer.headers);
  for (const each of ["Content-Encoding", "Content-Length", "Vary"]) headers.delete(each);
  headers.set("X-Kept-At", Date.now());
  headers.set("X-Title", encodeURIComponent(text.match(/<title>([^<]*)/)?.[1].trim() ?? ""));
  const cache = await caches.open(name);
  await cache.delete(address); // the newest stands last
  await cache.put(address, new Response(text, { headers }));
  const said = await caches.match("/offline/"); // in the language of then
  if (said?.headers.get("Content-Language") !== headers.get("Content-Language")) {
    await (await caches.open(SHELL)).add(offlinePage());
  }
  const pages = await cache.keys();
  for (const [nth, page] of pages.entries()) {
    const { headers: kept } = await cache.match(page);
    if (nth >= pages.length - MOST && kept.get("X-Kept-At") > Date.now() - OLDEST) break;
    await cache.delete(page);
  }
};

// A kept page, which says from when it is. What is written into its form each time is another text: it gets a name anew.
const copy = async (address) => {
  const found = (await caches.match(address)) ?? (await nearest(address));
  if (!found?.headers.has("X-Kept-At")) return null;
  const text = (await found.text())
    .replace("<html", `<html data-kept="${found.headers.get("X-Kept-At")}"`)
    .replace(/(name="submission" value="[^"]*)[^"]{8}"/g, (_all, start) => `${start}${crypto.randomUUID().slice(0, 8)}"`);
  return new Response(text, { headers: found.headers });
};

// Of a topic or an activity the page read last, where the short address is asked for that is sent on, or its last page,
// where lists lead.
const nearest = async (address) => {
  const { pathname, search } = new URL(address);
  const short = pathname.match(/^\/(?:t|activities)\/\d+\/(?=[^/]*\/?$)/)?.[0];
  if (!short || !["", "?page=last"].includes(search)) return null;
  const same = (there) => there === pathname || (pathname === short && there.startsWith(short) && there.split("/").length === 5);
  for (const name of await caches.keys()) {
    if (!name.startsWith("kept-")) continue;
    const cache = await caches.open(name);
    const found = (await cache.keys()).reverse().find(({ url }) => same(new URL(url).pathname));
    if (found) return cache.match(found);
  }
  return null;
};

// The page that says what can be read, in the colours and letters of the page read last.
const instead = async () => {
  const page = await caches.match("/offline/");
  const name = (await caches.keys()).find((each) => each.startsWith("kept-"));
  const kept = name && (await caches.open(name));
  const last = kept && (await kept.keys()).at(-1);
  const look = last && (await (await kept.match(last)).text()).match(/<html[^>]*>/)?.[0];
  const text = await page.text();
  // Without one it is nobody's: whose it was when it was kept may be another now.
  const here = look ? text.replace(/<html[^>]*>/, () => look) : text.replace(/ data-reader="\d+"/, "");
  return new Response(here, { headers: page.headers });
};

// Names of files change with what they hold, so one that is here is the right one. A page kept before a change of the
// site asks for those of then: without signal today's stand in.
const file = async (event) => {
  const { request } = event;
  const found = await caches.match(request);
  if (found) return found;
  try {
    const answer = await fetch(request);
    if (answer.ok && LATER.includes(new URL(request.url).pathname)) {
      const kept = answer.clone();
      event.waitUntil(caches.open(SHELL).then((shell) => shell.put(request, kept)));
    }
    return answer;
  } catch {
    return alike(request.url);
  }
};
const plain = (address) => address.replace(/\.[0-9a-f]{12}(?=\.\w+$)/, "");
const alike = async (address) => {
  const shell = await caches.open(SHELL);
  const found = (await shell.keys()).find(({ url }) => plain(url) === plain(address));
  return found ? shell.match(found) : Response.error();
};
