// The side panel with its tabs; what each tab shows stands in panes.js and people.js.

import { get, post, remove } from "./api.js";
import { icon, make, roundButton, toast } from "./dom.js";
import { say } from "./i18n.js";
import { faultsPane, lettersPane, nextPane, picturePane } from "./panes.js";
import { peoplePane, placed } from "./people.js";

const ICONS = { letters: "letter", upcoming: "calendar", picture: "chart", faults: "storm", people: "people" };
const NEEDS_CONTROL = ["letters", "upcoming", "picture"];
const PHONE = 264; // pixels of one phone and of the panel's width: it stands open at first where every phone still has its place
const WIDTH = 304;

export class Panel {
  constructor(world) {
    this.world = world;
    this.element = document.getElementById("panel");
    this.toggle = document.getElementById("panel-toggle");
    this.alarm = document.getElementById("alarm");
    this.next = [];
    this.faults = [];
    this.letters = [];
    this.demo = [];
    this.limited = false;
  }

  async begin() {
    this.names = Object.keys(ICONS).filter((name) => this.world.config.control || !NEEDS_CONTROL.includes(name));
    this.chosen = this.names[0];
    this.toggle.replaceChildren(icon("panel"));
    this.toggle.addEventListener("click", () => (this.element.hidden ? this.open(this.chosen) : this.close()));
    if (this.world.config.control) {
      [this.letters, this.demo] = await Promise.all([this.fetched("letters"), this.fetched("people")]);
    }
    await this.faultsChanged();
    const room = innerWidth - WIDTH - Math.max(2, this.world.shown.length) * PHONE;
    if (room > 0 && innerWidth > 1180 && this.world.config.control) this.open(this.chosen);
  }

  async fetched(what) { return (await this.world.act(get(`/control/${what}`))) || []; }

  open(name) {
    this.chosen = name;
    this.element.hidden = false;
    this.toggle.setAttribute("aria-expanded", "true");
    this.draw();
  }

  close() {
    this.element.hidden = true;
    this.toggle.setAttribute("aria-expanded", "false");
    this.toggle.focus();
  }

  draw() {
    if (this.element.hidden) return;
    const pane = make("div", { class: "pane", id: "pane", role: "tabpanel", "aria-label": say(this.chosen) });
    const shows = { letters: lettersPane, upcoming: nextPane, picture: picturePane, faults: faultsPane, people: peoplePane };
    this.element.replaceChildren(this.tabs(), pane);
    shows[this.chosen](pane, this);
  }

  tabs() {
    const move = (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const place = (this.names.indexOf(this.chosen) + step + this.names.length) % this.names.length;
      this.open(this.names[place]);
      this.element.querySelector("[aria-selected=true]").focus();
    };
    const made = this.names.map((name) => {
      const on = name === this.chosen;
      return make("button", { type: "button", role: "tab", "aria-selected": String(on), "aria-controls": "pane", tabindex: on ? "0" : "-1", onclick: () => this.open(name) }, icon(ICONS[name]), say(name));
    });
    return make("div", { class: "panel-tabs", role: "tablist", onkeydown: move }, ...made, roundButton("close", say("close"), () => this.close(), "only-narrow"));
  }

  redraw(...names) { if (names.includes(this.chosen)) this.draw(); }

  clockChanged(next) {
    const same = JSON.stringify(next) === JSON.stringify(this.next);
    this.next = next;
    if (!same) this.redraw("upcoming", "picture");
  }

  peopleChanged() { if (this.names) this.redraw("people"); }

  async faultsChanged() {
    this.faults = (await get("/faults")).faults;
    this.limited = Boolean((await get("/limits")).limits.telegram);
    this.redraw("faults");
    const down = new Set(this.faults.filter((fault) => fault.kind === "down").map((fault) => fault.messenger));
    this.world.showOff(down);
    this.alarm.hidden = !this.faults.length;
    const names = [...down].map((one) => (one === "zalo" ? "Zalo" : "Telegram")).join(", ");
    const text = names ? say("isDown", names) : say("someFaults", this.faults.length);
    this.alarm.replaceChildren(icon("storm"), text, make("button", { type: "button", text: say("allClear"), onclick: () => this.clear() }));
  }

  async clear() { await this.world.act(remove("/faults")); await this.faultsChanged(); }

  // Codes are made anew at every asking: those known from the start may have run out.
  async placeEverybody(only) {
    this.demo = await this.fetched("people");
    for (const person of this.demo) {
      if (!placed(this.world, person) && (!only || only.name === person.name)) await this.give(person);
    }
  }

  // A phone for an invented person: it opens the talk with the code that links it.
  async give(person) {
    const messenger = person.messenger || "telegram";
    const wish = { name: person.name, role: person.role, phone: person.phone || "", messenger };
    const made = await this.world.post("/people", wish);
    if (!made) return;
    if (person.link_code) await this.world.post(`/people/${made.id}/say`, { text: `/start ${person.link_code}` });
  }

  async sendLetter(letter, text) {
    const admin = this.world.personWithRole("admin");
    if (!admin) { toast(say("nobody")); return; }
    const sent = admin.messenger === "zalo" ? await this.asText(admin, text) : await this.asFile(admin, letter, text);
    if (!sent) return;
    toast(say("letterSent", letter.title, admin.name));
    this.world.select(admin.id);
    if (innerWidth <= 1180) this.close();
  }

  asFile(admin, letter, text) {
    const form = new FormData();
    form.append("file", new Blob([text], { type: "text/plain" }), `${letter.slug}.txt`);
    form.append("caption", "/nap");
    return this.world.act(post(`/people/${admin.id}/file`, form));
  }

  async asText(admin, text) {
    await this.world.post(`/people/${admin.id}/say`, { text: "/nap" });
    await this.world.post(`/people/${admin.id}/say`, { text });
    return this.world.post(`/people/${admin.id}/say`, { text: "đủ" });
  }
}
