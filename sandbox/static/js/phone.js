// One person's phone: loads and shows the talk, does what the person does.

import { get, post } from "./api.js";
import { bubble, typingBubble } from "./bubble.js";
import { Composer } from "./composer.js";
import { face, icon, make, roundButton, toast, view } from "./dom.js";
import { dayKey, longDay, seconds } from "./format.js";
import { known, say } from "./i18n.js";
import { acceptDrops, toggleMenu } from "./phone-extras.js";
import { Unread } from "./unread.js";

const NEAR = 90; // pixels from the end within which new messages scroll into sight
const TYPING = 5000; // milliseconds

export class Phone {
  constructor(person, world) {
    this.world = world;
    this.person = person;
    this.messages = new Map(); // talk key → Map of id → message
    this.after = 0;
    this.unread = new Unread(this);
    this.keyboards = new Map(); // talk key → the reply keyboard set there
    this.talkKey = "";
    this.element = make("section", { class: "phone", "data-person": person.id });
    this.element.addEventListener("pointerdown", () => this.unread.touched());
    this.element.addEventListener("focusin", () => this.unread.touched());
    this.build();
  }

  get talk() { return this.person.talks.find((talk) => talk.key === this.talkKey) || this.person.talks[0]; }
  get inGroup() { return Boolean(this.talk) && this.talk.kind !== "private"; }
  get messengerName() { return this.person.messenger === "zalo" ? "Zalo" : "Telegram"; }
  get roleName() { return known(this.person.role) ? say(this.person.role) : this.person.role; }

  build() {
    const { person } = this;
    this.chat = make("div", { class: "chat", role: "log", "aria-live": "polite", "aria-label": say("chat", person.name), tabindex: "0", onscroll: () => this.scrolled() });
    this.below = make("button", { type: "button", class: "below", hidden: true, "aria-label": say("toEnd"), title: say("toEnd"), onclick: () => this.toEnd() }, icon("down"));
    this.bar = make("header", { class: "app-bar" });
    this.composer = new Composer(this);
    this.foot = make("div");
    this.screen = make("div", { class: `screen ${person.messenger}`, "data-off": say("isDown", this.messengerName) }, this.bar, this.chat, this.below, this.foot);
    const about = [this.roleName, this.messengerName].filter(Boolean).join(" · ");
    this.element.setAttribute("aria-label", `${person.name}, ${about}`);
    this.element.replaceChildren(
      make("div", { class: "plate" }, face(person.name, person.id), make("div", { class: "who" }, make("h2", { text: person.name }), make("p", { text: about })), this.unread.badge),
      this.screen,
    );
    acceptDrops(this);
    new ResizeObserver(() => { if (this.atEnd) this.toEnd(); }).observe(this.chat);
    this.frame();
    this.redraw();
  }

  // What depends on the person's talks: the bar above and the foot below.
  frame() {
    const { talk } = this;
    const bot = this.world.botOf(this.person);
    const title = make("div", { class: "title" });
    if (this.person.talks.length > 1) {
      const choose = make("select", { "aria-label": say("talks"), onchange: (event) => this.turnTo(event.target.value) });
      for (const one of this.person.talks) {
        const count = this.unread.waiting.get(one.key);
        choose.append(make("option", { value: one.key, text: count ? `${one.title} (${count})` : one.title, selected: one === talk }));
      }
      title.append(choose);
    } else title.append(make("strong", { text: talk ? talk.title : bot ? bot.name : "…" }));
    this.status = make("small", { text: this.subtitle() });
    title.append(this.status);
    this.bar.replaceChildren(make("span", { class: "face" }, icon("bell")), title, roundButton("more", say("menu"), () => toggleMenu(this)));
    const fresh = this.person.messenger === "telegram" && !talk;
    const blocked = talk && talk.blocked;
    if (blocked) this.foot.replaceChildren(make("button", { type: "button", class: "begin", text: say("unblock"), onclick: () => this.act("unblock") }));
    else if (fresh) this.foot.replaceChildren(make("button", { type: "button", class: "begin", text: say("begin"), disabled: !bot, onclick: () => this.say("/start") }));
    else if (this.foot.firstChild !== this.composer.element) this.foot.replaceChildren(this.composer.element);
  }

  turnTo(talkKey) {
    this.talkKey = talkKey;
    this.unread.waiting.delete(talkKey);
    this.frame();
    this.redraw();
  }

  subtitle() {
    if (this.talk && this.talk.blocked) return say("blocked");
    return this.inGroup ? say("members", Object.keys(this.talk.people).length) : say("bot");
  }

  // One look at the town after the other; a look that has not begun serves all who ask meanwhile.
  refresh() {
    if (this.queued) return this.work;
    this.queued = true;
    this.work = (this.work || Promise.resolve())
      .then(() => { this.queued = false; return this.fetch(); })
      .catch((error) => toast(error.message));
    return this.work;
  }

  async fetch() {
    const first = !this.loaded;
    const found = await get(`/people/${this.person.id}/messages?after=${this.after}`);
    this.after = found.last;
    this.loaded = true;
    if (first) {
      for (const message of found.messages) this.keep(message);
      if (found.messages.length) this.redraw();
    } else for (const message of found.messages) this.arrive(message);
  }

  keep(message) {
    if (message.from === "notice") return false;
    if (!this.messages.has(message.talk)) this.messages.set(message.talk, new Map());
    const kept = this.messages.get(message.talk);
    const known = kept.has(message.id);
    kept.set(message.id, message);
    if (message.keyboard) this.keyboards.set(message.talk, message.keyboard);
    if (this.talk && message.talk === this.talk.key) this.composer.showKeys(message.keyboard);
    return known;
  }

  arrive(message) {
    if (message.from === "notice") return;
    const changed = this.keep(message);
    const mine = message.person === this.person.id;
    if (!mine && !changed) this.unread.count(message);
    if (!this.talk || message.talk !== this.talk.key) return;
    this.stopTyping();
    const old = this.chat.querySelector(`[data-id="${message.id}"]`);
    if (old) this.replace(old, message);
    else this.append(message).classList.add("arrived");
    if (this.atEnd || mine) this.toEnd();
    else if (!changed) this.missOne();
  }

  redraw() {
    this.chat.setAttribute("aria-busy", "true"); // what is old is not read out
    this.chat.replaceChildren();
    this.last = null;
    const kept = this.talk ? [...(this.messages.get(this.talk.key) || new Map()).values()] : [];
    kept.sort((a, b) => a.id - b.id);
    for (const message of kept) this.append(message);
    if (!kept.length) this.chat.append(this.hello());
    this.composer.showKeys((this.talk && this.keyboards.get(this.talk.key)) || { remove: true });
    this.toEnd();
    this.chat.removeAttribute("aria-busy");
  }

  append(message) {
    if (!this.last) this.chat.replaceChildren();
    const day = dayKey(seconds(message.date));
    if (!this.last || dayKey(seconds(this.last.date)) !== day) this.chat.append(make("div", { class: "day", text: longDay(seconds(message.date)) }));
    const element = bubble(this, message);
    const author = (one) => (one ? `${one.bot}/${one.person}/${dayKey(seconds(one.date))}` : "");
    if (author(this.last) !== author(message)) element.classList.add("first");
    this.chat.append(element);
    this.last = message;
    return element;
  }

  replace(old, message) {
    const element = bubble(this, message);
    if (old.classList.contains("first")) element.classList.add("first");
    const focused = old.contains(document.activeElement);
    old.replaceWith(element);
    if (focused) (element.querySelector(".buttons button") || this.composer.field).focus();
  }

  deleted(talk, id) {
    if (this.messages.has(talk)) this.messages.get(talk).delete(id);
    const element = this.chat.querySelector(`[data-id="${id}"]`);
    if (element && this.talk && this.talk.key === talk) element.remove();
  }

  hello() {
    const bot = this.world.botOf(this.person);
    const text = bot ? say(this.person.messenger === "zalo" ? "helloZalo" : "helloTelegram") : say("noBot");
    return make("div", { class: "hello" }, make("b", { text: bot ? bot.name : this.messengerName }), make("span", { text }));
  }

  typing() {
    this.stopTyping();
    this.dots = typingBubble();
    this.chat.append(this.dots);
    this.status.textContent = say("typing");
    if (this.atEnd) this.toEnd();
    this.typingTimer = setTimeout(() => this.stopTyping(), TYPING);
  }

  stopTyping() {
    clearTimeout(this.typingTimer);
    if (this.dots) this.dots.remove();
    this.dots = null;
    this.status.textContent = this.subtitle();
  }

  notice(event) {
    this.answered();
    if (event.alert) { view(this.person.name, say("close"), make("pre", { text: event.text })); return; }
    const element = make("div", { class: "notice", role: "status", text: event.text });
    this.screen.append(element);
    setTimeout(() => element.remove(), 4000);
  }

  answered() {
    for (const element of this.chat.querySelectorAll(".waiting")) element.classList.remove("waiting");
  }

  find(talk, id) { return this.messages.has(talk) ? this.messages.get(talk).get(id) : undefined; }

  reveal(id) {
    const element = this.chat.querySelector(`[data-id="${id}"]`);
    if (!element) return;
    element.scrollIntoView({ block: "center", behavior: "smooth" });
    element.classList.remove("found");
    requestAnimationFrame(() => element.classList.add("found"));
  }

  get near() { return this.chat.scrollHeight - this.chat.scrollTop - this.chat.clientHeight < NEAR; }
  get shape() { return `${this.chat.scrollHeight} ${this.chat.clientHeight}`; }

  // The browser scrolls by itself when the text is laid out anew: that is not the person leaving the end.
  scrolled() {
    if (this.atEnd && this.shape !== this.lastShape) { this.toEnd(); return; }
    this.atEnd = this.near;
    if (this.atEnd) this.atTheEnd();
    else this.below.hidden = false;
  }

  // Somebody who reads further up is not pulled away: the button at the end counts what has come.
  missOne() {
    this.missed += 1;
    this.below.hidden = false;
    this.below.setAttribute("aria-label", say("newOnes", this.missed));
    this.below.replaceChildren(icon("down"), make("span", { class: "count", "aria-hidden": "true", text: this.missed }));
  }

  atTheEnd() {
    this.missed = 0;
    this.below.hidden = true;
    this.below.setAttribute("aria-label", say("toEnd"));
    this.below.replaceChildren(icon("down"));
  }

  toEnd() {
    this.atEnd = true;
    this.chat.scrollTop = this.chat.scrollHeight;
    this.lastShape = this.shape;
    this.atTheEnd();
  }

  say(text, quoted) { return this.act("say", { text, reply_to: quoted ? quoted.id : 0 }); }

  sendFiles(files, caption, asPhoto, quoted) {
    const form = new FormData();
    for (const file of files) form.append("file", file, file.name);
    form.append("caption", caption);
    form.append("photo", asPhoto ? "true" : "false");
    form.append("talk", this.talk ? this.talk.key : "");
    if (quoted) form.append("reply_to", quoted.id);
    return post(`/people/${this.person.id}/file`, form);
  }

  async act(what, body = {}) {
    try {
      return await post(`/people/${this.person.id}/${what}`, { talk: this.talk ? this.talk.key : "", ...body });
    } catch (error) {
      toast(error.message);
      return null;
    }
  }

  async press(message, one, element) {
    element.classList.add("waiting");
    setTimeout(() => element.classList.remove("waiting"), 15000);
    await this.act("press", { button: one.data, message_id: message.id });
  }

  pressKey(text) { return this.act("press", { button: text }); }
}
