// The page: which phones are shown, what the town tells, language and looks.

import { get, listen, post } from "./api.js";
import { face, icon, make, toast } from "./dom.js";
import { language, say, sayPage, switchLanguage } from "./i18n.js";
import { Panel } from "./panel.js";
import { Phone } from "./phone.js";
import { TimeBar } from "./timebar.js";

const NARROW = 760; // pixels, as in the style sheets: one phone at a time
const SHOWN = 5; // phones on the screen until somebody chooses
const ROLES = ["admin", "owner", "contact", "leader"]; // in this order, a second of a kind at the end

class World {
  constructor() {
    this.people = [];
    this.bots = [];
    this.phones = new Map();
    this.current = 0;
    this.place = document.getElementById("phones");
    this.tabs = document.getElementById("tabs");
    this.timeBar = new TimeBar(this);
    this.panel = new Panel(this);
  }

  async begin() {
    this.config = await get("/config");
    await this.reload();
    await Promise.all([this.timeBar.begin(), this.panel.begin()]);
    listen((event) => this.happened(event), () => this.found(), () => this.lost());
  }

  found() {
    document.getElementById("lost").hidden = true;
    document.documentElement.removeAttribute("data-lost");
    return this.act(this.catchUp());
  }

  lost() {
    const alarm = document.getElementById("lost");
    if (!alarm.hidden) return;
    alarm.replaceChildren(icon("storm"), say("awayLong"));
    alarm.hidden = false;
    document.documentElement.setAttribute("data-lost", "");
  }

  async reload() {
    const found = await get("/people");
    this.people = found.people;
    this.bots = found.bots;
    this.arrange();
    this.panel.peopleChanged();
  }

  // The person's own bot, else the newest of the messenger.
  botOf(person) { return this.bots.findLast((bot) => bot.messenger === person.messenger); }
  personWithRole(role) { return this.people.find((person) => person.role === role) || this.people[0]; }

  get shown() {
    const { chosen } = this;
    const shown = this.people.filter((person, place) => (person.id in chosen ? chosen[person.id] : place < SHOWN));
    const first = (role) => shown.find((person) => person.role === role);
    const rank = (person) => (first(person.role) === person && ROLES.includes(person.role) ? ROLES.indexOf(person.role) : ROLES.length);
    return shown.sort((a, b) => rank(a) - rank(b) || a.id - b.id);
  }

  // Which phones somebody has put on the screen or away: person's number → shown; remembered for this town.
  get chosen() { return JSON.parse(localStorage.getItem(`shown ${this.config.town}`) || "{}"); }
  show(id) { this.choose(id, true); this.select(id); }
  hide(id) { this.choose(id, false); }

  choose(id, shown) {
    localStorage.setItem(`shown ${this.config.town}`, JSON.stringify({ ...this.chosen, [id]: shown }));
    this.arrange();
    this.panel.peopleChanged();
  }

  arrange() {
    const shown = this.shown;
    for (const [id, phone] of this.phones) {
      if (!shown.some((person) => person.id === id)) { phone.element.remove(); this.phones.delete(id); }
    }
    for (const person of shown) {
      const phone = this.phones.get(person.id);
      if (phone) { phone.person = person; phone.frame(); phone.refresh(); } else this.unpack(person);
    }
    const nobody = this.place.querySelector(".empty");
    if (nobody) nobody.remove();
    if (!shown.length) this.place.append(this.welcome());
    if (!this.phones.has(this.current) && shown.length) this.current = shown[0].id;
    shown.forEach((person, index) => {
      const { element } = this.phones.get(person.id);
      if (this.place.children[index] !== element) this.place.insertBefore(element, this.place.children[index]);
    });
    this.showTabs();
  }

  unpack(person) {
    const phone = new Phone(person, this);
    this.phones.set(person.id, phone);
    this.place.append(phone.element);
    phone.refresh();
  }

  welcome() {
    const choices = [];
    if (this.config.control) choices.push(make("button", { type: "button", class: "pill main", onclick: () => this.panel.placeEverybody() }, icon("people"), say("placeAll")));
    choices.push(make("button", { type: "button", class: "pill", onclick: () => this.panel.open("people") }, icon("plus"), say("addPerson")));
    return make("div", { class: "empty" }, make("img", { src: "/static/icon.svg", alt: "", width: 64, height: 64 }),
      make("h2", { text: say("emptyTitle") }), make("p", { text: say("emptyText") }), make("div", { class: "choices" }, ...choices));
  }

  select(id) {
    this.current = id;
    this.showTabs();
    const phone = this.phones.get(id);
    if (!phone) return;
    phone.unread.seen();
    phone.element.scrollIntoView({ inline: "nearest", block: "nearest" });
    if (phone.chat.scrollHeight && innerWidth <= NARROW) phone.toEnd();
  }

  showTabs() {
    const made = [];
    for (const { id } of this.shown) {
      const phone = this.phones.get(id);
      if (!phone) continue;
      const chosen = id === this.current;
      phone.element.classList.toggle("current", chosen);
      const total = phone.unread.total;
      const count = total ? make("span", { class: "count", text: total }) : "";
      const unread = total ? make("span", { class: "said", text: say("unread", total) }) : "";
      const label = phone.person.name.split(" ").slice(-2).join(" ");
      made.push(make("button", { type: "button", class: "tab", role: "tab", "aria-selected": String(chosen), title: phone.person.name, onclick: () => this.select(id) },
        face(phone.person.name, id, count), make("span", { text: label }), unread));
    }
    this.tabs.replaceChildren(...made);
  }

  unreadChanged() {
    const all = [...this.phones.values()].reduce((sum, phone) => sum + phone.unread.total, 0);
    document.title = `${all ? `(${all}) ` : ""}Đôn đốc`;
    this.showTabs();
  }

  happened(event) {
    const holders = [...this.phones.values()].filter((phone) => phone.person.talks.some((talk) => talk.key === event.talk));
    if (event.type === "message") {
      if (holders.length) for (const phone of holders) phone.refresh();
      else this.soon();
    } else if (event.type === "deleted") for (const phone of holders) phone.deleted(event.talk, event.message);
    else if (event.type === "typing") for (const phone of holders) { if (phone.talk.key === event.talk) phone.refresh().then(() => phone.typing()); }
    else if (event.type === "notice" || event.type === "answered") {
      const phone = this.phones.get(event.person);
      if (phone) phone[event.type](event);
    } else if (event.type === "people" || event.type === "bots") this.soon();
    else if (event.type === "faults") this.panel.faultsChanged();
    else if (event.type === "lost") this.catchUp();
    else if (event.type === "clock") this.timeBar.refresh();
  }

  // New people and bots come in bursts: one look at the town serves them all.
  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.reload(), 60);
  }

  // What happened while nobody listened; from then on the page is live.
  async catchUp() {
    await this.reload();
    for (const phone of this.phones.values()) await phone.refresh();
    document.documentElement.dataset.live = "true";
  }

  // Faults that cut a messenger off are written across its phones.
  showOff(messengers) {
    for (const phone of this.phones.values()) phone.element.classList.toggle("off", messengers.has(phone.person.messenger));
  }

  async act(promise) {
    try {
      return await promise;
    } catch (error) {
      toast(error.message);
      return null;
    }
  }

  post(path, body) { return this.act(post(path, body)); }
}

function dress() {
  const chosen = localStorage.getItem("theme");
  const dark = chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.toggleAttribute("data-dark", dark);
  document.getElementById("theme").replaceChildren(icon(dark ? "sun" : "moon"));
  return dark;
}

document.getElementById("theme").addEventListener("click", () => {
  localStorage.setItem("theme", dress() ? "light" : "dark");
  dress();
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", dress);
document.getElementById("language").addEventListener("click", () => { switchLanguage(); location.reload(); });
document.getElementById("language").textContent = language() === "vi" ? "EN" : "VI";
dress();
sayPage();
new World().begin().catch((error) => {
  const again = make("button", { type: "button", class: "pill main", text: say("tryAgain"), onclick: () => location.reload() });
  document.getElementById("phones").replaceChildren(make("div", { class: "empty", role: "alert" }, make("h2", { text: error.message }), again));
});
