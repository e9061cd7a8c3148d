// The reply box comes to the post that is answered, and a quotation into the box: the same form, answering
// the same post, as on the page that the links lead to without this.

import { ask, editors, plainClick, put } from "./tools.js";

const editor = editors.find(({ form }) => form.id === "reply");
const { form, area } = editor ?? {};
const to = form?.elements.to;
const title = form?.querySelector("h2");
const home = document.querySelector("[data-home]");
const atHome = title?.textContent;
// The post that the page was made to answer. (The field itself forgets: what is written into a hidden field
// becomes its default.)
const first = form?.dataset.draft.split("-").at(-1);

// Answer the post `pk`, by `name`: under it, where it is on this page. Nothing: what the page was made for.
export const answer = (pk = first, name = "") => {
  const other = pk !== first;
  const post = other && document.getElementById(`p${pk}`);
  to.value = pk;
  form.dataset.name = name;
  title.textContent = other ? form.dataset.answer.replace("{name}", name) : atHome;
  if (post) post.append(form);
  else home.before(form);
  home.hidden = !post;
  form.querySelector("[data-back]").hidden = !other;
};
export const answered = (itsForm) => (itsForm === form && to ? { to: to.value, name: form.dataset.name } : {});

const nameIn = (post) => post?.querySelector(".name")?.textContent.trim() ?? "";

// What is chosen of a post's text. On a telephone a press takes the choice away, so it is kept from where
// the press begins until one begins elsewhere.
let kept = {};
const chosenIn = (post) => {
  const selection = getSelection();
  if (selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const around = range.commonAncestorContainer;
  const text = (around.closest ? around : around.parentElement).closest(".text");
  return text && post.contains(text) && !form.contains(text) ? { range, words: selection.toString() } : null;
};
document.addEventListener("pointerdown", (event) => {
  const post = event.target.closest?.(".acts")?.parentElement;
  const chosen = post && chosenIn(post);
  if (chosen) kept = { post, chosen };
  else if (post !== kept.post) kept = {};
});

// Markdown that shows just these words; what was hidden stays hidden.
const LONGEST = 2000;
const plain = (line) =>
  line.replace(/[\\`*_[\]<>|~&]/g, "\\$&").replace(/^([0-9]*)([-+=#:.)])/, "$1\\$2");
const asQuotation = ({ range, words }) => {
  const { commonAncestorContainer: around } = range;
  const within = (around.closest ? around : around.parentElement).closest(".spoiler, .spoiler-text");
  const parts = range.cloneContents();
  if (parts.querySelector(".spoiler")) return null;
  const hidden = [...parts.querySelectorAll(".spoiler-text")].map((each) => plain(each.textContent.trim()));
  const lines = words.slice(0, LONGEST).split("\n").map((line) => plain(line.trim())).filter(Boolean);
  for (const [n, line] of lines.entries()) {
    if (within) lines[n] = `||${line}||`;
    else for (const each of hidden) if (each) lines[n] = lines[n].replace(each, `||${each}||`);
  }
  return lines.map((line) => `> ${line}\n`).join(">\n");
};

// Whom one quotes, and her first words where none are chosen, is asked of the page the link leads to: there
// is one way to quote.
const quotation = async (link, chosen) => {
  const page = new DOMParser().parseFromString(await (await ask(link)).text(), "text/html");
  const quoted = page.querySelector("#reply textarea").value;
  const own = chosen && asQuotation(chosen);
  return own ? `${quoted.split("\n")[0]}\n>\n${own}\n` : quoted;
};

const come = async (event) => {
  const link = event.target.closest(".acts a[href*='/reply/?to=']");
  if (!link || !plainClick(event)) return;
  event.preventDefault();
  const post = link.closest("[id^=p]");
  const pk = post.id.slice(1);
  const menu = link.closest("details");
  const chosen = chosenIn(post) ?? (kept.post === post || post.contains(kept.post) ? kept.chosen : null);
  try {
    const quoted = "quote" in link.dataset ? await quotation(link.href, chosen) : "";
    if (menu) menu.open = false;
    answer(pk, nameIn(post));
    area.focus();
    const end = area.value.trimEnd().length;
    if (quoted) put(area, end, area.value.length, (end ? "\n\n" : "") + quoted);
    form.scrollIntoView({ block: "nearest" });
  } catch {
    location.assign(link.href);
  }
};

if (to) {
  document.addEventListener("click", come);
  for (const button of document.querySelectorAll("[data-back]")) {
    button.addEventListener("click", () => {
      answer();
      area.focus();
    });
  }
  // A browser that comes back to the page has put back what the fields held.
  if (to.value !== first) answer(to.value, nameIn(document.getElementById(`p${to.value}`)));
}
