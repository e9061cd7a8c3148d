// What is pushed is shown, and leads to its page. It says what kind of thing waits, never whose words (push/saying.py).
self.addEventListener("push", (event) => {
  let said = {};
  try {
    said = event.data.json() ?? {};
  } catch {
    // Nothing in it, or nothing we know: there is something, and the page says what.
  }
  const { title = "ร้อยพลัง", body = "มีเรื่องใหม่", url = "/notifications/", icon } = said;
  // One line on the screen for all of them: the newest speaks, and the device makes itself heard again.
  const shown = { body, icon, lang: "th", tag: "told", renotify: true, data: { url } };
  event.waitUntil(self.registration.showNotification(title, shown));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const url = new URL(event.notification.data?.url ?? "/notifications/", self.location.origin);
  if (url.origin !== self.location.origin) return;
  event.waitUntil(lead(url.href));
});

// A new window, unless it is open there already: in another one somebody may be writing.
async function lead(url) {
  const open = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const there = open.find((each) => each.url === url);
  return there ? there.focus() : self.clients.openWindow(url);
}
