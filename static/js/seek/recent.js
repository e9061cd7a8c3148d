// What was searched for: kept on this device, shown under the empty box, told nobody. Whoever signs out
// leaves none behind (see site.js). Where storage is not allowed there is simply nothing to show.

const SEARCHES = "searches";
const MOST = 8;
const searches = () => {
  try {
    const kept = JSON.parse(localStorage.getItem(SEARCHES));
    return Array.isArray(kept) ? kept.filter((each) => typeof each === "string").slice(0, MOST) : [];
  } catch {
    return [];
  }
};
const keep = (wanted) => {
  try {
    if (wanted.length) localStorage.setItem(SEARCHES, JSON.stringify(wanted.slice(0, MOST)));
    else localStorage.removeItem(SEARCHES);
  } catch {
    // Not allowed, or full.
  }
};
const without = (text) => searches().filter((each) => each !== text);

document.addEventListener("submit", (event) => {
  const box = event.target.querySelector('input[data-seek^="/search/"]');
  const asked = box?.value.trim();
  if (asked) keep([asked, ...without(asked)]);
});

const recent = document.querySelector("[data-recent]");
const show = () => {
  const kept = searches();
  recent.hidden = !kept.length;
  recent.querySelector("ul").replaceChildren(
    ...kept.map((text) => {
      const row = recent.querySelector("template").content.cloneNode(true);
      const link = row.querySelector("a");
      const button = row.querySelector("button");
      link.textContent = text;
      link.href = `?${new URLSearchParams({ q: text })}`;
      button.setAttribute("aria-label", button.getAttribute("aria-label").replace("{text}", text));
      return row;
    }),
  );
};
if (recent) {
  show();
  addEventListener("pageshow", show);
  recent.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const place = [...recent.querySelectorAll("li button")].indexOf(button);
    keep(place < 0 ? [] : without(searches()[place]));
    show();
    // The focus does not fall into nothing: the next one, or the box.
    const next = recent.querySelectorAll("li button");
    (next[Math.min(place, next.length - 1)] ?? document.querySelector('main input[data-seek^="/search/"]')).focus();
  });
}
