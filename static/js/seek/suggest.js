// Fields that suggest while one types (the combobox of the ARIA practices): what is asked and what choosing
// does stands on the field as data- attributes (`seeking` in forums/base/form_fields.py). Choosing goes to a
// page, or puts what the form reads in the place of what was typed, and may send the form with it.
// The form stays what it is: without a suggestion chosen, Enter does what it did.

// As in forums/text/markdown/names.py: behind a Latin letter, a digit or a stroke an @ belongs to an address.
const NAME = /(?:^|[^0-9A-Za-z@/])@([0-9A-Za-zก-ฮะ-ฺเ-ๅ็-๎๐-๙._-]{0,40})$/;

const made = (name, attributes) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
};

document.querySelectorAll("[data-seek]").forEach((input, place) => {
  const { seek, choose, by, along, list: label, count, put } = input.dataset;
  const id = `seek-${place}`;
  const list = made("ul", { id, role: "listbox", class: "combo-list", "aria-label": label, hidden: "" });
  const status = made("span", { class: "vh", "aria-live": "polite" });
  const under = made("div", { class: "combo-under" });
  under.append(list, status);
  input.after(under);
  // A text of several lines may not be called a combobox; it may have a list to choose from all the same.
  if (by) input.setAttribute("aria-haspopup", "listbox");
  else input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", id);

  // What is being typed, [from, to]: all of it, the line one is at, or what stands behind an @ (null: nothing does).
  const piece = () => {
    const { value, selectionStart: at } = input;
    if (!by) return [0, value.length];
    if (by === "name") {
      const found = value.slice(Math.max(0, at - 42), at).match(NAME);
      return found && [at - found[1].length, at];
    }
    const end = value.indexOf("\n", at);
    return [value.lastIndexOf("\n", at - 1) + 1, end < 0 ? value.length : end];
  };
  const typed = () => {
    const place = piece();
    return place && input.value.slice(...place).trim();
  };
  const others = () => {
    if (by !== "line") return [];
    const [from, to] = piece();
    return `${input.value.slice(0, from)}\n${input.value.slice(to)}`.split("\n").map((line) => line.trim());
  };

  let chosen = -1;
  const mark = (next) => {
    list.children[chosen]?.setAttribute("aria-selected", "false");
    chosen = next;
    const option = list.children[chosen];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
  };
  const open = (wish) => {
    mark(-1);
    list.hidden = !wish || !list.children.length;
    if (!by) input.setAttribute("aria-expanded", String(!list.hidden));
    status.textContent = list.hidden ? "" : count.replace("{n}", list.children.length);
    if (by === "name" && !list.hidden) list.scrollIntoView({ block: "nearest" }); // above a telephone's keyboard
  };
  open(false);

  // An older question is dropped when a newer one is asked.
  let asking;
  let asked;
  let timer;
  const forget = () => {
    clearTimeout(timer);
    asking?.abort();
  };
  const ask = async () => {
    asked = typed();
    asking = new AbortController();
    try {
      if (by === "name" ? asked === null : asked.length < 2) throw new RangeError("nothing to ask");
      const address = new URL(seek, location);
      address.searchParams.set("q", asked);
      if (along) address.searchParams.set(along, new FormData(input.form).get(along) ?? "");
      const answer = await fetch(address, { signal: asking.signal });
      const there = others();
      const rows = (await answer.json()).rows.filter(({ value }) => !there.includes(value));
      list.replaceChildren(
        ...rows.map(({ text, note, value, url, look }, number) => {
          const option = made("li", { id: `${id}-${number}`, role: "option", "aria-selected": "false", class: look });
          Object.assign(option.dataset, { text, value, url });
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
  const soon = () => {
    forget();
    asked = typed(); // what she types next, at the same place, is no going away
    timer = setTimeout(ask, 180);
  };
  const close = () => {
    forget();
    open(false);
  };
  input.addEventListener("input", soon);
  if (document.activeElement === input && input.value !== input.defaultValue) soon(); // she was quicker than this file
  input.addEventListener("blur", close);
  input.form.addEventListener("submit", forget);
  // Gone to another line, or name, she is offered nothing for the one before.
  if (by) document.addEventListener("selectionchange", () => !list.hidden && typed() !== asked && close());

  const take = ({ text, value, url }) => {
    if (choose === "go") return location.assign(url);
    input.setRangeText(by === "name" ? `${value} ` : value, ...piece(), "end");
    input.dispatchEvent(new Event("input", { bubbles: true })); // for what keeps drafts
    close();
    if (choose === "send") return input.form.requestSubmit();
    status.textContent = put.replace("{name}", () => text);
  };
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      if (list.hidden && !by) open(true); // among lines an arrow goes to the next
      if (list.hidden) return;
      event.preventDefault();
      // From the last back to what was typed, and round again.
      const many = list.children.length + 1;
      mark(((chosen + 1 + step + many) % many) - 1);
    } else if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      take(list.children[chosen].dataset);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    }
  });
  // The box keeps the focus while one presses on the list.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) take(option.dataset);
  });
});
