// Small helps; every page works without them.
"use strict";

const typing = (node) => node && (node.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(node.tagName));
const goTo = { o: "/", p: "/pages", e: "/events", f: "/forecasts", c: "/control", d: "/claims", a: "/actors", r: "/review", m: "/map", t: "/timeline" };
let waiting = false;

document.addEventListener("keydown", (event) => {
  if (typing(document.activeElement) || event.ctrlKey || event.metaKey || event.altKey) return;
  if (waiting) {
    waiting = false;
    if (goTo[event.key]) location.href = goTo[event.key];
    return;
  }
  const answer = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (answer) {
    event.preventDefault();
    answer.click();
    return;
  }
  if (event.key === "/") {
    const box = document.getElementById("q");
    if (box) { event.preventDefault(); box.focus(); }
  } else if (event.key === "g") {
    waiting = true;
    setTimeout(() => { waiting = false; }, 1200);
  } else if (event.key === "?") {
    location.href = "/help";
  } else if (event.key === "j" || event.key === "k") {
    const rows = [...document.querySelectorAll("[data-row] a[data-main]")];
    if (!rows.length) return;
    const at = rows.indexOf(document.activeElement);
    const next = event.key === "j" ? Math.min(at + 1, rows.length - 1) : Math.max(at - 1, 0);
    rows[next].focus();
  }
});

// One event drawer everywhere: a link to an event opens it beside the view; the address says so.
const drawer = document.getElementById("card");
let opener = null;
const clocks = (from) => {
  const now = new URLSearchParams();
  for (const name of ["known_by", "basis"]) if (from.get(name)) now.set(name, from.get(name));
  return now;
};
const show = async (id) => {
  const frame = document.querySelector(".frame");
  if (!id) {
    drawer.hidden = true;
    drawer.replaceChildren();
    frame.classList.remove("with-card");
    if (opener && opener.isConnected) opener.focus();
    return;
  }
  const ask = clocks(new URLSearchParams(location.search));
  ask.set("view", "card");
  const answer = await fetch(`/events/${encodeURIComponent(id)}?${ask}`);
  if (!answer.ok) { location.href = `/events/${encodeURIComponent(id)}`; return; }
  drawer.innerHTML = await answer.text();
  drawer.hidden = false;
  frame.classList.add("with-card");
  document.getElementById("card-title").focus();
};
const move = (id) => {
  const now = new URL(location.href);
  if (id) now.searchParams.set("open", id); else now.searchParams.delete("open");
  history.pushState(null, "", now);
  show(id);
};
document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (event.target.closest("#close-card")) { event.preventDefault(); move(null); return; }
  const link = event.target.closest("a[data-event]");
  if (!link || !drawer) return;
  event.preventDefault();
  if (!drawer.contains(link)) opener = link;
  move(link.dataset.event);
});
addEventListener("popstate", () => show(new URLSearchParams(location.search).get("open")));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && drawer && !drawer.hidden && !typing(document.activeElement)) move(null);
});

// The kinds of highlight can be switched; what is on is kept in the address.
for (const box of document.querySelectorAll("[data-layer]")) {
  const text = document.querySelector(".captured");
  const address = new URL(location.href);
  const off = new Set((address.searchParams.get("off") || "").split(",").filter(Boolean));
  if (off.has(box.dataset.layer)) box.checked = false;
  const apply = () => {
    text.classList.toggle("on-" + box.dataset.layer, box.checked);
    const now = new URL(location.href);
    const set = new Set((now.searchParams.get("off") || "").split(",").filter(Boolean));
    if (box.checked) set.delete(box.dataset.layer); else set.add(box.dataset.layer);
    if (set.size) now.searchParams.set("off", [...set].sort().join(",")); else now.searchParams.delete("off");
    history.replaceState(null, "", now);
  };
  apply();
  box.addEventListener("change", apply);
}

// Pointing at an item lights its words, and the other way round.
const light = (ids, on) => {
  for (const run of document.querySelectorAll(".run[data-a]")) {
    if (run.dataset.a.split(" ").some((id) => ids.includes(id))) run.classList.toggle("lit", on);
  }
};
for (const item of document.querySelectorAll("[data-lights]")) {
  const ids = item.dataset.lights.split(" ");
  for (const [name, on] of [["mouseenter", true], ["mouseleave", false], ["focusin", true], ["focusout", false]]) {
    item.addEventListener(name, () => light(ids, on));
  }
}

// The job that reads pages: its progress, live.
const job = document.getElementById("job");
if (job && job.dataset.running === "yes") {
  const list = (id, rows, make) => {
    const box = document.getElementById(id);
    for (const row of rows.slice(box.children.length)) box.append(make(row));
  };
  const look = async () => {
    const now = await (await fetch("/read.json")).json();
    job.querySelector("progress").value = now.done;
    document.getElementById("job-count").textContent = `${now.done} of ${now.total}`;
    list("job-pages", now.pages, ([id, name]) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = "/pages/" + encodeURIComponent(id);
      link.textContent = name;
      item.append(link);
      return item;
    });
    list("job-failed", now.failed, (line) => {
      const item = document.createElement("li");
      item.textContent = "not read: " + line;
      return item;
    });
    if (now.running) setTimeout(look, 700);
    else location.reload();
  };
  setTimeout(look, 500);
}
