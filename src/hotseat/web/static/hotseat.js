// The page's only script, run by Gradio when the hidden `wire` component loads; `trigger`,
// `props` and `watch` come from Gradio. It turns links and forms into events for the server, and
// does what the server tells: { view, address, title } or { notice }.

const find = (selector, within = document) => within.querySelector(selector);
const settings = {
  read: (name) => localStorage.getItem(`hotseat.${name}`),
  write: (name, on) => localStorage.setItem(`hotseat.${name}`, on ? "on" : "off"),
};
let pending = null;  // the reply on its way: { turn, text, at, key }
let late = null;     // one that was given up on, and may have arrived all the same
let draftTimer = 0;

const folds = new Map();

const AWAY = "The server is not answering. Your text is kept; it will be sent when you press Send again.";
const LONGEST_SENT = 20000;

let visits = 0;      // every request for a view has a number: an answer to an older one is not shown
let going = false;   // the address was set when the link was followed, so an answer corrects it
let place = "";      // what is shown: address and title
let lastCard = null; // the ending that has had the focus

const record = () => find("form.say")?.dataset.record ?? "";
const heading = () => find(document.body.dataset.view === "chat" ? "#encounter-title" : "#page #title");

function send(event, data) {
  visits += 1;
  fields.edited = new WeakMap();
  quietly(event, data);
}

// Sends without a new visit: the answer may not take the place of what is shown.
function quietly(event, data) {
  trigger(event, { ...data, visit: visits });
  setTimeout(() => fetch("alive", { cache: "no-store" }).catch(away), 1500);
}

function go(query, push = false) {
  if (push && query !== location.search) history.pushState({}, "", location.pathname + query);
  going = true;
  send("go", { ...studio.typed(), query });
}

function say(notice) {
  const place = find("#notice");
  place.textContent = notice;
  place.hidden = !notice;
}

function away() {
  late = pending ?? late;
  pending = null;
  say(AWAY);
  settle();
}

// What is typed stays in this browser until the server says that it has it.
const drafts = {
  key: (form) => `hotseat.draft.${form.elements.turn_id.value}`,
  read: (form) => { try { return localStorage.getItem(drafts.key(form)); } catch { return null; } },
  write: (form, text) => { try { localStorage.setItem(drafts.key(form), text); } catch { /* full */ } },
  drop: (key) => { try { localStorage.removeItem(key); } catch { /* not allowed */ } },
};
let marked = null;   // the draft on its way to the server: { mark, key, text }
let marks = 0;

// The studio's editors: a form with `data-live` is kept as a draft while it is typed in. Only what
// was touched is sent; it goes along with whatever is asked for next, so that nothing is lost.
const studio = {
  timer: 0,
  touched: (field) => field.dataset.touched && (field.type !== "radio" || field.checked),
  typed: () => {
    const form = find("form[data-live]");
    const fields = form ? [...form.elements].filter((field) => field.name) : [];
    if (!fields.some(studio.touched)) return {};
    const sent = fields.filter((field) => field.type === "hidden" || studio.touched(field));
    return { ...Object.fromEntries(sent.map((field) => [field.name, field.value])), typed: form.dataset.live };
  },
  forget: () => document.querySelectorAll("[data-touched]").forEach((field) => delete field.dataset.touched),
  keep: () => {
    clearTimeout(studio.timer);
    studio.timer = 0;
    const typed = studio.typed();
    if (typed.typed) quietly("act", { ...typed, do: typed.typed });
  },
  // What the aside says of the draft is said in the page too, which is not rendered again.
  settle: () => {
    const said = find("#aside [data-saved]")?.dataset.saved, here = find("[data-saved-here]");
    if (said && here && here.textContent !== said) here.textContent = said;
  },
};

// A page that is rendered again keeps its boxes, and in them what was typed, even where a box is
// another field now. Each is set to what the server says, but for what was typed since it was asked.
const fields = {
  edited: new WeakMap(),  // a field, and its name when it was typed in
  reset: () => {
    for (const form of document.querySelectorAll(`#page form:not(${views.forms})`)) {
      for (const field of form.elements) {
        if (!field.name || !field.matches("select, textarea, input:not([type=hidden], [type=file])")) continue;
        if (fields.edited.get(field) === field.name) {
          if (form.hasAttribute("data-live")) field.dataset.touched = "yes";
        } else if (field.options) {
          for (const option of field.options) option.selected = option.defaultSelected;
        } else if (["checkbox", "radio"].includes(field.type)) {
          field.checked = field.defaultChecked;
        } else if (field.value !== field.defaultValue) {
          field.value = field.defaultValue;
        }
      }
    }
  },
};

// What is typed into a form with `data-remember`, or the trainee's own view, until it is saved.
const views = {
  forms: "form.reflect, form[data-remember]",
  key: (field) => `hotseat.view.${field.form.dataset.remember ?? field.form.elements.record.value}.${field.name}`,
  restore: () => {
    for (const field of document.querySelectorAll(`:is(${views.forms}) textarea`)) {
      field.value = sessionStorage.getItem(views.key(field)) ?? field.value;
    }
  },
};

function tell() {
  if (!props.value) return;
  const told = JSON.parse(props.value);
  say(told.notice ?? "");
  if (told.notice) {
    pending = null;
    if (going) studio.forget();  // it could not be kept, and said so: the next link leads away
    going = false;
    settle();
    return;
  }
  const now = `${told.address} ${told.title}`;
  const entered = now !== place;
  const moved = entered && place;
  place = now;
  if (moved) folds.clear();
  document.body.dataset.view = told.view;
  document.title = told.title;
  document.documentElement.lang = "en-GB";
  if (told.address !== location.search) {
    history[going ? "replaceState" : "pushState"]({}, "", location.pathname + told.address);
  }
  going = false;
  find("dialog[open]")?.close();
  studio.forget();
  requestAnimationFrame(() => requestAnimationFrame(() => {
    fields.reset();
    if (moved) window.scrollTo(0, 0);
    if (entered) restore(told.view);
    if (moved) (told.view === "chat" ? find("#reply") ?? heading() : heading())?.focus({ preventScroll: true });
    const goal = find("#page [data-jump]")?.dataset.jump;
    if (goal) jump(goal);
    if (!moved && told.view === "studio" && document.activeElement === document.body) {
      find("#page [data-after], #page [data-saved-here]")?.focus({ preventScroll: true });
    }
    settle();
  }));
}

// The box of the encounter just entered, and nobody else's words in it.
function restore(view) {
  const form = find("form.say"), box = find("#reply");
  if (view !== "chat") views.restore();
  if (view !== "chat" || !box) return;
  const here = drafts.read(form);
  box.value = here ?? box.defaultValue;
  if (here !== null && here !== box.defaultValue) keepDraft();
}

// After anything on the page changed: the send button, the box, the scroll, the open folds.
function settle() {
  const form = find("form.say");
  const box = find("#reply");
  if (form && box) {
    const sent = pending ?? late;
    if (sent && form.dataset.heard === sent.turn) {
      if (box.value.trim() === sent.text) box.value = "";
      drafts.drop(sent.key);
      if (late) say("");
      pending = late = null;
    } else if (pending && form.dataset.at !== pending.at) {
      pending = null;
    }
    const send = find("button", form);
    const shut = Boolean(form.dataset.busy || pending || !box.value.trim());
    if (send.disabled !== shut) send.disabled = shut;  // setting it again would be news again
  }
  for (const fold of document.querySelectorAll("details[data-keep]")) {
    const wide = fold.hasAttribute("data-wide-open") && matchMedia("(min-width: 1081px)").matches;
    const open = folds.get(fold.dataset.keep) ?? wide;
    if (fold.open !== open) fold.open = open;
  }
  for (const tick of document.querySelectorAll("[data-setting]")) {
    const kept = settings.read(tick.dataset.setting);
    if (kept) tick.checked = kept === "on";
  }
  document.body.classList.toggle("no-mood", settings.read("mood") === "off");
  if (marked && find("#kept [data-mark]")?.dataset.mark === marked.mark) {
    if (localStorage.getItem(marked.key) === marked.text) drafts.drop(marked.key);
    marked = null;
  }
  if (find(".hint")?.dataset.wanted && !find("[data-do=hint]")) {
    delete find(".hint").dataset.wanted;
    find(".hint").focus({ preventScroll: true });
  }
  const card = find(".over h2");
  if (card && card !== lastCard && document.body.dataset.view === "chat") card.focus({ preventScroll: true });
  lastCard = card;
  studio.settle();
  follow();
}

let talkLength = 0;
function follow() {
  const scroll = find("#scroll");
  if (!scroll) return;
  const length = scroll.textContent.length + scroll.querySelectorAll("li, .over").length;
  if (length === talkLength) return;
  talkLength = length;
  scroll.scrollTop = scroll.scrollHeight;
  if (document.body.dataset.view === "chat" && scroll.scrollHeight === scroll.clientHeight) {
    [...scroll.querySelectorAll("li, .over")].pop()?.scrollIntoView({ block: "end" });
  }
}

function jump(id) {
  const goal = id === "title" ? heading() : document.getElementById(id);
  if (!goal) return;
  for (let fold = goal.closest("details"); fold; fold = fold.parentElement.closest("details")) {
    fold.open = true;
  }
  document.querySelectorAll(".lit").forEach((lit) => lit.classList.remove("lit"));
  goal.classList.add("lit");
  goal.scrollIntoView({ block: "center" });
  goal.focus({ preventScroll: true });
}

function keepDraft() {
  clearTimeout(draftTimer);
  const box = find("#reply");
  if (!box || !record() || pending || document.body.dataset.view !== "chat") return;
  marks += 1;
  marked = { mark: `${visits}.${marks}`, key: drafts.key(box.form), text: box.value };
  const data = { record: record(), text: box.value.slice(0, LONGEST_SENT), mark: marked.mark };
  if (box.value.length > LONGEST_SENT) marked = null;  // the server keeps less than this browser
  trigger("draft", { ...data, visit: visits });
}

document.addEventListener("click", (event) => {
  const plain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.button);
  const link = event.target.closest(".hs a[href]");
  if (link && plain) {
    const href = link.getAttribute("href");
    if (href.startsWith("#")) { event.preventDefault(); jump(href.slice(1)); }
    else if (link.hasAttribute("data-go")) { event.preventDefault(); go(new URL(link.href).search, true); }
  }
  const opener = event.target.closest("[data-open]");
  if (opener) find(`#${opener.dataset.open}`).showModal();
  if (event.target.closest("[data-close]")) {
    event.target.closest("dialog").close();
    find("#reply")?.focus();
  }
});

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-do]");
  if (event.target.closest("form[data-live]")) event.preventDefault();
  if (!form) return;
  event.preventDefault();
  const data = Object.fromEntries(new FormData(form, event.submitter));
  if (form.hasAttribute("data-with-typed")) Object.assign(data, { ...studio.typed(), ...data });
  form.closest("dialog")?.close();
  find("#notice").hidden = true;
  if (Object.values(data).some((value) => value instanceof File)) {
    sendFiles(form.dataset.do, data);
    return;
  }
  if (form.dataset.do !== "say") {
    if (form.dataset.do === "hint") find(".hint").dataset.wanted = "yes";
    if (form.dataset.do === "again") find("#reply")?.focus();  // this button is about to go
    send("act", { record: record(), ...data, do: form.dataset.do });
    return;
  }
  const text = data.text.trim();
  if (!text || form.dataset.busy || pending) return;
  if (text.length > LONGEST_SENT) {
    say(`The reply has ${text.length.toLocaleString("en-GB")} characters; 4,000 is the most. Shorten it; nothing was sent, and all of it is still in the box. Leaving the page keeps the first ${LONGEST_SENT.toLocaleString("en-GB")}.`);
    return;
  }
  const sent = { turn: data.turn_id, text, at: form.dataset.at, key: drafts.key(form) };
  pending = sent;
  late = null;
  clearTimeout(draftTimer);
  settle();
  // If no answer comes at all, sending again is safe: the reply has an id and is stored once.
  setTimeout(() => { if (pending === sent) { late = sent; pending = null; settle(); } }, 12000);
  const pace = find("[data-setting=pace]").checked ? "on" : "off";
  send("say", { ...data, pace, at: sent.at });
});

// A chosen file goes ahead on its own; what is asked for then names it.
async function sendFiles(what, data) {
  try {
    for (const [name, file] of Object.entries(data)) {
      if (!(file instanceof File)) continue;
      data[name] = "";
      if (!file.size) continue;
      if (file.size > 2 * 1024 * 1024) return say(`${file.name} has more than 2 MiB. Split it, or paste the part you need.`);
      const to = `studio/file?name=${encodeURIComponent(file.name)}`;
      const answer = await fetch(to, { method: "POST", body: file, cache: "no-store" });
      const told = await answer.json();
      if (!answer.ok) return say(told.detail);
      data[name] = told.file;
    }
  } catch { return away(); }
  send("act", { ...data, do: what });
}

// Words selected in a document of the studio are the quote that is about to be added.
document.addEventListener("selectionchange", () => {
  const picked = getSelection(), box = find("#quote");
  const from = picked.anchorNode?.parentElement?.closest("[data-quotable]");
  if (!box || !from || picked.isCollapsed) return;
  box.value = picked.toString().trim().split(/\s+/).slice(0, 12).join(" ");
  box.form.elements.document.value = from.dataset.quotable;
});

document.addEventListener("keydown", (event) => {
  if (event.target.id !== "reply" || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  event.target.form.requestSubmit();
});

// Reviewing and labelling: words selected in a reply become the quote, and a key that a button or
// a link names presses it, unless somebody is typing.
document.addEventListener("selectionchange", () => {
  const words = String(getSelection()).trim(), box = find("[data-quote]");
  const from = getSelection().anchorNode?.parentElement?.closest("[data-quote-from]");
  if (words && box && from) box.value = words;
});
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("textarea, select, input[type=text]");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  find(`#desk [data-key="${CSS.escape(event.key.toLowerCase())}"]`)?.click();
});

document.addEventListener("input", (event) => {
  fields.edited.set(event.target, event.target.name);
  if (event.target.form?.hasAttribute("data-live")) {
    event.target.dataset.touched = "yes";
    clearTimeout(studio.timer);
    studio.timer = setTimeout(studio.keep, 600);
  }
  if (event.target.closest(views.forms)) sessionStorage.setItem(views.key(event.target), event.target.value);
  if (event.target.id !== "reply") return;
  drafts.write(event.target.form, event.target.value);
  settle();
  clearTimeout(draftTimer);
  draftTimer = setTimeout(keepDraft, 600);
});

document.addEventListener("change", (event) => {
  const tick = event.target.closest("[data-setting]");
  if (tick) { settings.write(tick.dataset.setting, tick.checked); settle(); }
});

document.addEventListener("toggle", (event) => {
  if (event.target.dataset?.keep) folds.set(event.target.dataset.keep, event.target.open);
}, true);

document.addEventListener("visibilitychange", () => {
  if (document.hidden && studio.timer) studio.keep();
  if (document.hidden) keepDraft();
  else if (document.body.dataset.view === "chat" && !pending) send("look", { record: record() });
});
window.addEventListener("popstate", () => go(location.search));

new MutationObserver(settle).observe(document.body, {
  subtree: true, childList: true, characterData: true,
  attributeFilter: ["data-heard", "data-busy", "data-at", "disabled"],
});
watch("value", tell);
go(location.search);
