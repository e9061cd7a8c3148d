"use strict";
{
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
document.addEventListener("submit", (event) => {
if (!new URL(event.target.action).pathname.endsWith("/logout/")) return;
try {
Object.keys(localStorage)
.filter((key) => key.startsWith("draft:") || key === "searches")
.forEach((key) => localStorage.removeItem(key));
} catch {
}
});
const boxes = [...document.querySelectorAll("input[data-seek]")];
const made = (name, attributes) => {
const element = document.createElement(name);
for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
return element;
};
boxes.forEach((input, place) => {
const id = `seek-${place}`;
const list = made("ul", { id, role: "listbox", class: "combo-list", "aria-label": input.dataset.list, hidden: "" });
const status = made("span", { class: "vh", "aria-live": "polite" });
input.after(list, status);
input.setAttribute("role", "combobox");
input.setAttribute("aria-autocomplete", "list");
input.setAttribute("aria-controls", id);
let chosen = -1;
const choose = (next) => {
list.children[chosen]?.setAttribute("aria-selected", "false");
chosen = next;
const option = list.children[chosen];
option?.setAttribute("aria-selected", "true");
option?.scrollIntoView({ block: "nearest" });
if (option) input.setAttribute("aria-activedescendant", option.id);
else input.removeAttribute("aria-activedescendant");
};
const open = (wish) => {
choose(-1);
list.hidden = !wish || !list.children.length;
input.setAttribute("aria-expanded", String(!list.hidden));
status.textContent = list.hidden ? "" : input.dataset.count.replace("{n}", list.children.length);
};
open(false);
let asking;
let timer;
const forget = () => {
clearTimeout(timer);
asking?.abort();
};
const ask = async () => {
const q = input.value.trim();
asking = new AbortController();
try {
if (q.length < 2) throw new RangeError("too short");
const address = `${input.dataset.seek}?${new URLSearchParams({ q })}`;
const answer = await fetch(address, { signal: asking.signal });
const { titles, tags } = await answer.json();
const rows = [
...titles.map(({ title, board, url }) => [title, board, url, ""]),
...tags.map(({ name, url }) => [`#${name}`, input.dataset.tag, url, "of-tag"]),
];
list.replaceChildren(
...rows.map(([text, note, url, kind], number) => {
const option = made("li", { id: `${id}-${number}`, role: "option", "aria-selected": "false", class: kind });
option.dataset.url = url;
const small = made("small", {});
small.textContent = note;
option.append(text, small);
return option;
}),
);
open(document.activeElement === input);
} catch (fault) {
if (fault.name !== "AbortError") open(false);
}
};
input.addEventListener("input", () => {
forget();
timer = setTimeout(ask, 180);
});
input.addEventListener("blur", () => {
forget();
open(false);
});
input.form.addEventListener("submit", forget);
input.addEventListener("keydown", (event) => {
if (event.isComposing) return;
const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
if (step) {
if (list.hidden) open(true);
if (list.hidden) return;
event.preventDefault();
const many = list.children.length + 1;
choose(((chosen + 1 + step + many) % many) - 1);
} else if (event.key === "Enter" && chosen >= 0) {
event.preventDefault();
location.assign(list.children[chosen].dataset.url);
} else if (event.key === "Escape" && !list.hidden) {
event.preventDefault();
open(false);
}
});
list.addEventListener("mousedown", (event) => event.preventDefault());
list.addEventListener("click", (event) => {
const option = event.target.closest("[data-url]");
if (option) location.assign(option.dataset.url);
});
});
document.addEventListener("keydown", (event) => {
if (!["/", "ฝ"].includes(event.key) || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
if (event.target.closest("input, textarea, select, [contenteditable]")) return;
event.preventDefault();
const box = boxes.find((each) => each.checkVisibility());
if (box) box.select();
else location.assign("/search/");
});
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
}
};
const without = (text) => searches().filter((each) => each !== text);
document.addEventListener("submit", (event) => {
const box = event.target.querySelector("input[data-seek]");
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
const next = recent.querySelectorAll("li button");
(next[Math.min(place, next.length - 1)] ?? document.querySelector("main input[data-seek]")).focus();
});
}
}
