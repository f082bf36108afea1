// Asks whether there is something new, and puts new parts in the place of old ones
// without taking from a reader what they do: where they are, what they have opened.

const longest = 60_000;

export function keepFresh(enhance) {
  const body = document.body;
  const every = Number(body.dataset.refresh);
  if (!every) return;
  const seen = { version: body.dataset.version, made: Date.now(), cost: 0, failures: 0, lost: false };
  let timer = 0;

  async function look() {
    timer = 0;
    if (document.hidden) return; // begins again when it is seen
    try {
      const state = await answer("/api/state").then((r) => r.json());
      if (seen.lost) say("The collector answers again.");
      seen.failures = 0;
      seen.lost = false;
      if (!body.dataset.assets.includes(state.assets)) location.reload(); // another version is served
      if (String(state.version) !== seen.version) await renew(seen, state, enhance);
      else seen.checked = Date.now();
    } catch {
      seen.failures++;
      if (seen.failures === 3) {
        seen.lost = true;
        say("The collector does not answer. Figures are as of the last update.");
      }
    }
    tell(seen);
    again();
  }
  // A page that takes long to make is asked for less often: the pipeline comes first.
  const again = () => {
    const wait = Math.min(longest, Math.max(every, seen.cost * 10) * 2 ** Math.min(seen.failures, 4));
    if (!timer) timer = setTimeout(look, wait);
  };

  document.addEventListener("visibilitychange", () => {
    if (document.hidden || timer) return;
    look();
  });
  setInterval(() => document.hidden || tell(seen), 1000);
  tell(seen);
  again();
}

async function answer(address) {
  const response = await fetch(address, { credentials: "same-origin", signal: AbortSignal.timeout(30_000) });
  if (!response.ok) throw new Error(String(response.status));
  return response;
}

async function renew(seen, state, enhance) {
  const began = performance.now();
  const text = await answer(location.pathname + location.search).then((r) => r.text());
  const fresh = new DOMParser().parseFromString(text, "text/html");
  const parts = [...document.querySelectorAll("[data-part]")];
  const ids = (list) => list.map((part) => part.id).join();
  // Parts that came or went: the page is laid out anew, unless a reader is in a field.
  if (ids(parts) !== ids([...fresh.querySelectorAll("[data-part]")])) {
    if (!document.activeElement?.matches("input")) location.reload();
    return;
  }
  const stay = anchor(parts);
  for (const part of parts) replace(part, fresh.getElementById(part.id), enhance);
  await Promise.resolve(); // charts are laid out in a microtask
  stay();
  const foot = fresh.querySelector(".foot");
  if (foot) document.querySelector(".foot").replaceWith(document.importNode(foot, true));
  seen.version = String(state.version);
  seen.made = Date.now();
  seen.checked = seen.made;
  seen.cost = performance.now() - began;
}

// anchor keeps what a reader looks at where it is, whatever grows above it. A browser's
// own way, which the style sheet turns off, follows each part that is put in.
function anchor(parts) {
  const top = (part) => part.getBoundingClientRect().top;
  const seen = parts.find((part) => part.getBoundingClientRect().bottom > 0);
  if (!seen) return () => {};
  const { id } = seen;
  const before = top(seen);
  return () => scrollBy({ top: top(document.getElementById(id)) - before, behavior: "instant" });
}

const source = new WeakMap(); // a part as the server wrote it, before a script touched it

// remember is called before anything else: what has not changed is never replaced.
export function remember() {
  for (const part of document.querySelectorAll("[data-part]")) source.set(part, part.innerHTML);
}

function replace(old, fresh, enhance) {
  if (source.get(old) === fresh.innerHTML) return;
  const active = document.activeElement;
  if (old.contains(active) && active.matches("input, select")) return; // somebody writes in it
  const part = document.importNode(fresh, true);
  const open = new Set([...old.querySelectorAll("details[open]")].map((d) => d.id));
  for (const d of part.querySelectorAll("details")) if (open.has(d.id)) d.open = true;
  const scrolled = [...old.querySelectorAll(".scroll")].map((s) => [s.scrollLeft, s.scrollTop]);
  const focus = path(old, active);
  source.set(part, fresh.innerHTML);
  old.replaceWith(part);
  enhance(part);
  [...part.querySelectorAll(".scroll")].forEach((s, i) => scrolled[i] && s.scrollTo(...scrolled[i]));
  if (focus) follow(part, focus)?.focus({ preventScroll: true });
}

// The way from a part to an element in it, by place.
function path(part, element) {
  if (!element || element === part || !part.contains(element)) return null;
  const way = [];
  for (let e = element; e !== part; e = e.parentElement) way.unshift([...e.parentElement.children].indexOf(e));
  return way;
}

const follow = (part, way) => way.reduce((e, i) => e?.children[i], part);

function say(text) {
  document.getElementById("say").textContent = text;
}

function tell(seen) {
  const live = document.getElementById("live");
  if (!live) return;
  live.classList.toggle("on", !seen.lost);
  live.classList.toggle("off", seen.lost);
  const age = Math.max(0, Math.round((Date.now() - (seen.checked ?? seen.made)) / 1000));
  const text = seen.lost ? "no answer for " + span(age) : age < 2 ? "up to date" : "updated " + span(age) + " ago";
  const place = document.getElementById("live-text");
  if (place.textContent !== text) place.textContent = text;
}

function span(seconds) {
  if (seconds < 60) return seconds + "\u00a0s";
  if (seconds < 3600) return Math.round(seconds / 60) + "\u00a0min";
  return Math.round(seconds / 3600) + "\u00a0h";
}
