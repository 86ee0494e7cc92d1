// The simulated clock: what time it is in the town, and moving it.

import { get } from "./api.js";
import { icon, make } from "./dom.js";
import { fromInput, hour, inputTime, longDay, shortDay } from "./format.js";
import { say } from "./i18n.js";

const LOOK_AGAIN = 5000; // milliseconds: dondoc may move its clock by itself
const STEADY = 1000;

export class TimeBar {
  constructor(world) {
    this.world = world;
    this.element = document.getElementById("time");
    this.next = [];
    this.offset = 0;
  }

  async begin() {
    if (!this.world.config.control) return;
    this.day = make("b");
    this.narrow = innerWidth <= 760;
    this.note = make("span");
    const show = make("button", { type: "button", class: "now", title: say("pickDate"), "aria-haspopup": "dialog", onclick: () => this.pick() }, icon("calendar"), make("span", {}, this.day, this.note));
    this.forward = make("button", { type: "button", class: "pill main", onclick: () => this.move({ to_next: true }) }, icon("forward"), say(this.narrow ? "toNextShort" : "toNext"));
    this.element.replaceChildren(show, this.step("plusHour", 3600), this.step("plusDay", 86400), this.forward);
    this.element.hidden = false;
    setInterval(() => this.tick(), STEADY);
    setInterval(() => this.refresh(), LOOK_AGAIN);
    await this.refresh();
  }

  step(key, seconds) {
    return make("button", { type: "button", class: `pill ${key}`, text: say(key), onclick: () => this.move({ advance_seconds: seconds }) });
  }

  async refresh() {
    if (!this.day) return;
    try {
      this.take(await get("/control/clock"));
    } catch {
      this.element.classList.add("away");
    }
  }

  async move(where) {
    if (this.busy) return;
    this.busy = true;
    this.element.setAttribute("aria-busy", "true");
    const clock = await this.world.post("/control/clock", where);
    this.busy = false;
    this.element.removeAttribute("aria-busy");
    if (clock) this.take(clock);
  }

  take(clock) {
    this.ahead = new Date(clock.now) - Date.now();
    this.offset = clock.offset_seconds;
    this.next = clock.next || [];
    this.forward.disabled = !this.next.length;
    const next = this.next.length ? new Date(this.next[0].at) : null;
    const coming = next && !this.narrow ? say("nextAt", `${hour(next)} ${shortDay(next)}`) : "";
    this.note.textContent = [say(Math.abs(this.offset) >= 1 ? "simulated" : "real"), coming].filter(Boolean).join(" · ");
    this.tick();
    this.world.panel.clockChanged(this.next);
  }

  get now() { return new Date(Date.now() + (this.ahead || 0)); }

  tick() { this.day.textContent = `${(this.narrow ? shortDay : longDay)(this.now)} · ${hour(this.now)}`; }

  pick() {
    if (this.box) { this.closePick(); return; }
    const field = make("input", { type: "datetime-local", value: inputTime(this.now), "aria-label": say("pickDate"), required: true });
    const go = (event) => { event.preventDefault(); this.closePick(); this.move({ to: fromInput(field.value) }); };
    this.box = make("form", { class: "datebox popover", onsubmit: go, onkeydown: (event) => { if (event.key === "Escape") this.closePick(); } },
      field, make("button", { class: "pill main", text: say("go") }));
    document.body.append(this.box);
    field.focus();
  }

  closePick() { this.box.remove(); this.box = null; }
}
