// Polls for new figures and replaces the parts of the page that changed. The scroll
// position, the focus and unfolded details are kept.

const longestInterval = 60_000;

export function pollForChanges(enhance) {
  const body = document.body;
  const every = Number(body.dataset.refresh);
  if (!every) return;
  const seen = { version: body.dataset.version, made: Date.now(), cost: 0, failures: 0, lost: false };
  let timer = 0;

  async function poll() {
    timer = 0;
    if (document.hidden) return; // visibilitychange resumes
    try {
      const state = await request(body.dataset.state).then((r) => r.json());
      if (seen.lost) announce("The collector responds again.");
      seen.failures = 0;
      seen.lost = false;
      if (!body.dataset.assets.includes(state.assets)) location.reload(); // the collector was upgraded
      if (String(state.version) !== seen.version) await update(seen, state, enhance);
      else seen.checked = Date.now();
    } catch {
      seen.failures++;
      if (seen.failures === 3) {
        seen.lost = true;
        announce("The collector does not respond. Figures are as of the last update.");
      }
    }
    showAge(seen);
    schedule();
  }
  // A page that takes long to render is requested less often, to spare the collector.
  const schedule = () => {
    const wait = Math.min(longestInterval, Math.max(every, seen.cost * 10) * 2 ** Math.min(seen.failures, 4));
    if (!timer) timer = setTimeout(poll, wait);
  };

  document.addEventListener("visibilitychange", () => {
    if (document.hidden || timer) return;
    poll();
  });
  setInterval(() => document.hidden || showAge(seen), 1000);
  showAge(seen);
  schedule();
}

async function request(address) {
  const response = await fetch(address, { credentials: "same-origin", signal: AbortSignal.timeout(30_000) });
  if (!response.ok) throw new Error(String(response.status));
  return response;
}

async function update(seen, state, enhance) {
  const began = performance.now();
  const text = await request(location.pathname + location.search).then((r) => r.text());
  const page = new DOMParser().parseFromString(text, "text/html");
  const parts = [...document.querySelectorAll("[data-part]")];
  const ids = (list) => list.map((part) => part.id).join();
  // The set of parts changed: reload, unless an input has the focus.
  if (ids(parts) !== ids([...page.querySelectorAll("[data-part]")])) {
    if (!document.activeElement?.matches("input")) location.reload();
    return;
  }
  const restorePosition = anchor(parts);
  for (const part of parts) replace(part, page.getElementById(part.id), enhance);
  await Promise.resolve(); // uPlot lays charts out in a microtask
  restorePosition();
  const foot = page.querySelector(".foot");
  if (foot) document.querySelector(".foot").replaceWith(document.importNode(foot, true));
  seen.version = String(state.version);
  seen.made = Date.now();
  seen.checked = seen.made;
  seen.cost = performance.now() - began;
}

// anchor returns a function that scrolls the first visible part back to its position.
// The style sheet disables the scroll anchoring of browsers, which reacts to each part.
function anchor(parts) {
  const top = (part) => part.getBoundingClientRect().top;
  const visible = (element) => element.getBoundingClientRect().bottom > 0;
  let seen = parts.find(visible);
  if (!seen) return () => {};
  // New rows of a list come above those that are read.
  if (top(seen) < 0) seen = [...seen.querySelectorAll("li[id]")].find(visible) ?? seen;
  const { id } = seen;
  const before = top(seen);
  return () => {
    const now = document.getElementById(id);
    if (now) scrollBy({ top: top(now) - before, behavior: "instant" });
  };
}

const source = new WeakMap(); // parts as the server sent them, before scripts changed them

// rememberParts records the parts of the page. It must run before other scripts.
export function rememberParts() {
  for (const part of document.querySelectorAll("[data-part]")) source.set(part, part.innerHTML);
}

function replace(old, updated, enhance) {
  if (source.get(old) === updated.innerHTML) return;
  const active = document.activeElement;
  if (old.contains(active) && active.matches("input, select")) return; // the user is typing
  const part = document.importNode(updated, true);
  const open = new Set([...old.querySelectorAll("details[open]")].map((d) => d.id));
  for (const d of part.querySelectorAll("details")) if (open.has(d.id)) d.open = true;
  const scrolled = [...old.querySelectorAll(".scroll")].map((s) => [s.scrollLeft, s.scrollTop]);
  const focus = path(old, active);
  source.set(part, updated.innerHTML);
  old.replaceWith(part);
  enhance(part);
  [...part.querySelectorAll(".scroll")].forEach((s, i) => scrolled[i] && s.scrollTo(...scrolled[i]));
  if (focus) (document.getElementById(active.id) ?? follow(part, focus))?.focus({ preventScroll: true });
}

// path returns the indices of the children from a part to an element in it.
function path(part, element) {
  if (!element || element === part || !part.contains(element)) return null;
  const indices = [];
  for (let e = element; e !== part; e = e.parentElement) indices.unshift([...e.parentElement.children].indexOf(e));
  return indices;
}

const follow = (part, indices) => indices.reduce((e, i) => e?.children[i], part);

function announce(text) {
  document.getElementById("say").textContent = text;
}

// showAge shows how old the figures are.
function showAge(seen) {
  const live = document.getElementById("live");
  if (!live) return;
  live.classList.toggle("on", !seen.lost);
  live.classList.toggle("off", seen.lost);
  const age = Math.max(0, Math.round((Date.now() - (seen.checked ?? seen.made)) / 1000));
  const text = seen.lost ? "no response for " + span(age) : age < 2 ? "up to date" : "updated " + span(age) + " ago";
  const place = document.getElementById("live-text");
  if (place.textContent !== text) place.textContent = text;
}

function span(seconds) {
  if (seconds < 60) return seconds + "\u00a0s";
  if (seconds < 3600) return Math.round(seconds / 60) + "\u00a0min";
  return Math.round(seconds / 3600) + "\u00a0h";
}
