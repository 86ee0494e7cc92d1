// Who has a phone, whose is shown, and new ones.

import { face, make } from "./dom.js";
import { known, say } from "./i18n.js";

const ROLES = ["admin", "owner", "contact", "leader"];

const roleName = (role) => (known(role) ? say(role) : role);
const appName = (messenger) => (messenger === "zalo" ? "Zalo" : "Telegram");

export const placed = (world, person) => world.people.some((one) => one.name === person.name && one.messenger === (person.messenger || "telegram"));

export function peoplePane(pane, panel) {
  const { world } = panel;
  const waiting = panel.demo.filter((person) => !placed(world, person));
  if (waiting.length) {
    pane.append(make("h3", { text: say("demo") }));
    for (const person of waiting) pane.append(row(person, [roleName(person.role), person.unit], button("place", () => panel.placeEverybody(person))));
  }
  if (world.people.length) {
    pane.append(make("h3", { text: say("peopleTitle") }), make("p", { text: say("peopleHint") }));
    const shown = new Set(world.shown.map((person) => person.id));
    for (const person of world.people.slice(0, 200)) {
      const change = shown.has(person.id) ? button("hide", () => world.hide(person.id)) : button("show", () => world.show(person.id));
      pane.append(row(person, [roleName(person.role), appName(person.messenger)], change));
    }
  }
  pane.append(make("h3", { text: say("addPerson") }), form(world));
  if (world.shown.length) pane.append(make("h3", { text: say("group") }), make("p", { text: say("groupHint") }), groupForm(world));
}

// A group of everybody shown who uses the first one's messenger; the bot comes along.
function groupForm(world) {
  const [founder, ...others] = world.shown;
  const title = make("input", { required: true, maxlength: "120", autocomplete: "off" });
  const add = (event) => {
    event.preventDefault();
    const people = others.filter((person) => person.messenger === founder.messenger).map((person) => person.id);
    return world.post("/groups", { title: title.value, founder: founder.id, people });
  };
  return make("form", { class: "form", onsubmit: add }, make("label", {}, say("groupName"), title), make("button", { class: "pill", text: say("addGroup") }));
}

function row(person, about, action) {
  return make("div", { class: "row" }, face(person.name, person.id || 0), make("div", {}, make("b", { text: person.name }), make("small", { text: about.filter(Boolean).join(" · ") })), action);
}

const button = (key, onclick) => make("button", { type: "button", class: "pill", text: say(key), onclick });

function form(world) {
  const name = make("input", { required: true, maxlength: "200", autocomplete: "off" });
  const phone = make("input", { type: "tel", autocomplete: "off", placeholder: "+84…" });
  const messenger = make("select", {}, make("option", { value: "telegram", text: "Telegram" }), make("option", { value: "zalo", text: "Zalo" }));
  const role = make("select", {}, ...ROLES.map((one) => make("option", { value: one, text: roleName(one) })));
  const add = async (event) => {
    event.preventDefault();
    const made = await world.post("/people", { name: name.value, phone: phone.value, messenger: messenger.value, role: role.value });
    if (made) { await world.reload(); world.show(made.id); }
  };
  const label = (key, field) => make("label", {}, say(key), field);
  return make("form", { class: "form", onsubmit: add }, label("name", name), label("phoneNumber", phone),
    label("messenger", messenger), label("role", role), make("button", { class: "pill main", text: say("add") }));
}
