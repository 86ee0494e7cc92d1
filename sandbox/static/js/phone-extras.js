// A phone's menu, and files dropped on it.

import { icon, make } from "./dom.js";
import { say } from "./i18n.js";

export function toggleMenu(phone) {
  if (phone.menu) { phone.menu.remove(); return; }
  const away = () => { document.removeEventListener("click", away); menu.remove(); phone.menu = null; };
  const entry = (name, key, action) => make("button", { type: "button", onclick: () => { away(); action(); } }, icon(name), say(key));
  const entries = privateEntries(phone, entry);
  entries.push(entry("close", "closePhone", () => phone.world.hide(phone.person.id)));
  const menu = make("div", { class: "menu", onkeydown: (event) => { if (event.key === "Escape") away(); } }, ...entries);
  phone.menu = menu;
  phone.screen.append(menu);
  entries[0].focus();
  setTimeout(() => document.addEventListener("click", away));
}

function privateEntries(phone, entry) {
  const { talk, person } = phone;
  if (!talk || talk.kind !== "private") return [];
  if (talk.blocked) return [entry("block", "unblock", () => phone.act("unblock"))];
  const made = [entry("block", "block", () => phone.act("block"))];
  if (person.messenger === "telegram" && person.phone) made.push(entry("phone", "shareContact", () => phone.act("contact", { own: true })));
  return made;
}

export function acceptDrops(phone) {
  let cover = null;
  const leave = () => { if (cover) cover.remove(); cover = null; };
  phone.screen.addEventListener("dragover", (event) => {
    event.preventDefault();
    if (!cover) phone.screen.append(cover = make("div", { class: "drop", text: say("dropHere") }));
  });
  phone.screen.addEventListener("dragleave", (event) => { if (!phone.screen.contains(event.relatedTarget)) leave(); });
  phone.screen.addEventListener("drop", (event) => { event.preventDefault(); leave(); phone.composer.take(event.dataTransfer.files); });
}
