// Has the worker (/sw.js) keep what is read, and sees to it that a device keeps nothing of anybody but who reads now.
// What there is to say without signal is said by offline/notes.js, which few pages need.

const { reader, kept } = document.documentElement.dataset;

const begin = async () => {
  // A visitor's first page: she may want no second, and what the worker fetches weighs as much as half of it.
  const isFirst = reader === "0" && !(await caches.has("kept-0"));
  if (!isFirst && !navigator.serviceWorker.controller) await navigator.serviceWorker.register("/sw.js");
  const notes = () => import("./offline/notes.js");
  if (reader) {
    for (const name of await caches.keys()) {
      if (!/^(kept|waiting)-/.test(name) || name.endsWith(`-${reader}`)) continue;
      // Her session has ended elsewhere: what waits goes back among the texts this device shows to her alone.
      if (name.startsWith("waiting-") && reader === "0") await (await notes()).giveBack(name);
      await caches.delete(name);
    }
    await caches.open(`kept-${reader}`); // whose it is what is written next
  }
  const waiting = (await caches.keys()).find((name) => name.startsWith("waiting-"));
  const waits = waiting && (await (await caches.open(waiting)).keys()).length;
  if (kept || waits || document.querySelector("[data-kept-pages]")) (await notes()).show();
};
// A reply says who was signed in where it was written: in another tab somebody else may be by now.
document.querySelector("form#reply")?.addEventListener("formdata", ({ formData }) => formData.set("reader", reader));
begin().catch(() => {}); // no storage here: nothing is kept
