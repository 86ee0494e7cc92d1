// What the tabs about letters, reminders, the picture and faults show.

import { get, post, remove } from "./api.js";
import { icon, make, view } from "./dom.js";
import { hour, longDay } from "./format.js";
import { say } from "./i18n.js";

// The states of an assignment, as dondoc names them.
const ORDER = ["open", "received", "reported", "confirmed", "disputed", "waiting", "informed", "withdrawn"];
const FAULTS = [
  { key: "telegramDown", wish: { kind: "down", messenger: "telegram" } },
  { key: "zaloDown", wish: { kind: "down", messenger: "zalo" } },
  { key: "tooMany", wish: { kind: "429", messenger: "telegram", retry_after: 5 } },
  { key: "broken", wish: { kind: "502" } },
  { key: "lost", wish: { kind: "drop_after" } },
  { key: "slow", wish: { kind: "late", seconds: 3 } },
];

export function lettersPane(pane, panel) {
  pane.append(make("h3", { text: say("lettersTitle") }), make("p", { text: say("lettersHint") }));
  pane.append(make("ul", { class: "cards" }, ...panel.letters.map((letter) => letterCard(letter, panel))));
}

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

function letterCard(letter, panel) {
  const text = () => panel.world.act(get(`/control/letters/${encodeURIComponent(letter.slug)}`));
  const send = async () => { const found = await text(); if (found !== null) await panel.sendLetter(letter, found); };
  const read = async () => {
    const found = await text();
    if (found === null) return;
    const button = make("button", { type: "button", class: "pill main", onclick: () => { viewer.close(); send(); } }, icon("send"), say("sendLetter"));
    const viewer = view(letter.title, say("close"), make("pre", { text: found, tabindex: "0" }), button);
  };
  const issued = letter.issued ? longDay(new Date(`${letter.issued.slice(0, 10)}T08:00:00+07:00`)) : "";
  const about = [letter.number, issued].filter(Boolean).join(" · ");
  return make("li", { class: "letter" }, make("b", { text: capital(letter.title) }), make("small", { text: about }),
    make("div", {}, make("button", { type: "button", class: "pill", onclick: read, text: say("read") }), make("button", { type: "button", class: "pill main", onclick: send }, icon("send"), say("sendLetter"))));
}

const COMING = { remind: "comingRemind", send: "comingSend", open: "comingOpen" };

function who(one) {
  const people = one.people === 1 && one.name ? one.name : one.people ? say("comingPeople", one.people) : "";
  return [people, one.nobodys ? say("comingNobodys", one.nobodys) : ""].filter(Boolean);
}

export function nextPane(pane, panel) {
  pane.append(make("h3", { text: say("upcomingTitle") }));
  if (!panel.next.length) { pane.append(make("p", { text: say("upcomingNone") })); return; }
  const lines = panel.next.map((one) => {
    const at = new Date(one.at);
    return make("div", { class: "next" }, make("b", { text: `${longDay(at)} · ${hour(at)}` }), make("span", { text: [say(COMING[one.kind], one.items), ...who(one)].join(" · ") }));
  });
  pane.append(make("p"), ...lines);
}

export async function picturePane(pane, panel) {
  pane.append(make("h3", { text: say("pictureTitle") }));
  const state = await panel.world.act(get("/control/state"));
  const found = (state && state.counts) || {};
  const counts = ORDER.filter((key) => found[key]).map((key) => [key, found[key]]);
  if (!counts.length) { pane.append(make("p", { text: say("pictureNone") })); return; }
  const tiles = counts.map(([key, number]) => make("div", { class: "tile" }, make("b", { text: number }), make("span", { text: say(key) })));
  const address = `/control/picture.png?at=${Date.now()}`;
  const picture = make("img", { src: address, alt: say("pictureAlt") });
  const enlarge = () => view(say("pictureTitle"), say("close"), make("img", { src: address, alt: say("pictureAlt") }));
  const frame = make("button", { type: "button", class: "picture", onclick: enlarge, "aria-label": say("pictureTitle") }, picture);
  picture.addEventListener("error", () => frame.remove());
  pane.append(make("p"), make("div", { class: "tiles" }, ...tiles), frame, make("h3", { text: say("directives") }));
  pane.append(make("ul", { class: "cards" }, ...state.directives.map((one) => make("li", { class: "letter" }, make("b", { text: capital(one.subject || one.number) }), make("small", { text: one.subject ? one.number : "" })))));
}

export function faultsPane(pane, panel) {
  pane.append(make("h3", { text: say("faultsTitle") }), make("p", { text: say("faultsHint") }));
  for (const fault of FAULTS) {
    const on = panel.faults.find((one) => one.kind === fault.wish.kind && (one.messenger || "") === (fault.wish.messenger || ""));
    const press = () => (on ? panel.world.act(remove(`/faults/${on.id}`)) : panel.world.act(post("/faults", fault.wish)));
    pane.append(switchRow(fault.key, Boolean(on), press));
  }
  const wish = panel.limited ? {} : { telegram: { overall: 30, per_chat: 1, group_per_min: 20 } };
  pane.append(switchRow("limits", panel.limited, async () => { await panel.world.post("/limits", wish); await panel.faultsChanged(); }, "plain"));
}

function switchRow(key, on, press, more = "") {
  return make("button", { type: "button", class: `switch ${more}`, role: "switch", "aria-checked": String(on), onclick: press },
    make("span", {}, say(key), make("small", { text: say(`${key}Hint`) })), make("i", { "aria-hidden": "true" }));
}
