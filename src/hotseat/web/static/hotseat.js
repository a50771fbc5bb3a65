// The page's only script, run by Gradio when the hidden `wire` component loads; `trigger`,
// `props` and `watch` come from Gradio. It turns links and forms into events for the server, and
// does what the server tells: { view, address, title } or { notice }.

const find = (selector, within = document) => within.querySelector(selector);
const settings = {
  read: (name) => localStorage.getItem(`hotseat.${name}`),
  write: (name, on) => localStorage.setItem(`hotseat.${name}`, on ? "on" : "off"),
};
let pending = null;
let draftTimer = 0;

const folds = new Map();

const record = () => find("form.say")?.dataset.record ?? "";
const go = (query) => trigger("go", { query });

function tell() {
  if (!props.value) return;
  const told = JSON.parse(props.value);
  const notice = find("#notice");
  notice.textContent = told.notice ?? "";
  notice.hidden = !told.notice;
  if (told.notice) {
    pending = null;
    settle();
    return;
  }
  const moved = document.body.dataset.view && told.address !== location.search;
  if (moved) folds.clear();
  document.body.dataset.view = told.view;
  document.title = told.title;
  document.documentElement.lang = "en-GB";
  if (told.address !== location.search) {
    history[moved ? "pushState" : "replaceState"]({}, "", location.pathname + told.address);
  }
  find("dialog[open]")?.close();
  requestAnimationFrame(() => requestAnimationFrame(() => {
    if (moved) window.scrollTo(0, 0);
    if (moved) find(told.view === "chat" ? "#reply" : "#page #title")?.focus({ preventScroll: true });
    settle();
  }));
}

// After anything on the page changed: the send button, the box, the scroll, the open folds.
function settle() {
  const form = find("form.say");
  const box = find("#reply");
  if (form && box) {
    if (pending && form.dataset.heard === pending.turn) {
      if (box.value.trim() === pending.text) box.value = "";
      pending = null;
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
    (find(".over") ?? find("#composer"))?.scrollIntoView({ block: "end" });
  }
}

function jump(id) {
  const goal = document.getElementById(id);
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
  if (box && record() && !pending) trigger("draft", { record: record(), text: box.value });
}

document.addEventListener("click", (event) => {
  const plain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.button);
  const link = event.target.closest(".hs a[href]");
  if (link && plain) {
    const href = link.getAttribute("href");
    if (href.startsWith("#")) { event.preventDefault(); jump(href.slice(1)); }
    else if (link.hasAttribute("data-go")) { event.preventDefault(); go(new URL(link.href).search); }
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
  if (!form) return;
  event.preventDefault();
  const data = Object.fromEntries(new FormData(form, event.submitter));
  form.closest("dialog")?.close();
  find("#notice").hidden = true;
  if (form.dataset.do !== "say") {
    trigger("act", { record: record(), ...data, do: form.dataset.do });
    return;
  }
  const text = data.text.trim();
  if (!text || form.dataset.busy || pending) return;
  const sent = { turn: data.turn_id, text, at: form.dataset.at };
  pending = sent;
  clearTimeout(draftTimer);
  settle();
  // If no answer comes at all, sending again is safe: the reply has an id and is stored once.
  setTimeout(() => { if (pending === sent) { pending = null; settle(); } }, 12000);
  const pace = find("[data-setting=pace]").checked ? "on" : "off";
  trigger("say", { ...data, pace, at: sent.at });
});

document.addEventListener("keydown", (event) => {
  if (event.target.id !== "reply" || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  event.target.form.requestSubmit();
});

document.addEventListener("input", (event) => {
  if (event.target.id !== "reply") return;
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
  if (document.hidden) keepDraft();
  else if (document.body.dataset.view === "chat" && !pending) trigger("look", { record: record() });
});
window.addEventListener("popstate", () => go(location.search));

new MutationObserver(settle).observe(document.body, {
  subtree: true, childList: true, characterData: true,
  attributeFilter: ["data-heard", "data-busy", "data-at", "disabled"],
});
watch("value", tell);
go(location.search);
