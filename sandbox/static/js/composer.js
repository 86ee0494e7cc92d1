// Where a person writes: text, attachments, quoted message, the bot's commands and its keyboard.

import { get, post } from "./api.js";
import { summary } from "./bubble.js";
import { make, roundButton, toast } from "./dom.js";
import { say } from "./i18n.js";

const TALLEST = 132; // pixels

export class Composer {
  constructor(phone) {
    this.phone = phone;
    this.files = [];
    this.quoted = null;
    this.edited = null;
    this.menu = [];
    this.chosen = -1;
    this.element = make("div", { class: "composer" });
    this.build();
  }

  build() {
    const { person } = this.phone;
    const id = `write-${person.id}`;
    this.field = make("textarea", {
      id, rows: 1, placeholder: say("write"), "aria-label": say("writeTo", person.name), autocomplete: "off",
      "aria-controls": `offers-${person.id}`, "aria-autocomplete": "list",
      oninput: () => this.typed(), onkeydown: (event) => this.key(event), onpaste: (event) => this.take(event.clipboardData.files, event),
    });
    this.picker = make("input", { type: "file", multiple: true, hidden: true, onchange: () => { this.take(this.picker.files); this.picker.value = ""; } });
    this.offers = make("ul", { class: "offers", id: `offers-${person.id}`, role: "listbox", "aria-label": say("commands"), hidden: true });
    this.context = make("div", { class: "context", hidden: true });
    this.parcels = make("div", { class: "parcels", hidden: true });
    this.keys = make("div", { class: "keys", hidden: true });
    const slash = person.messenger === "telegram" ? roundButton("slash", say("commands"), () => this.showAll()) : "";
    this.element.replaceChildren(
      this.offers, this.context, this.parcels,
      make("div", { class: "line" }, roundButton("clip", say("attach"), () => this.picker.click()), slash, this.field, roundButton("send", say("send"), () => this.send(), "send")),
      this.keys, this.picker,
    );
  }

  async send() {
    const text = this.field.value.trim();
    if (this.busy || (!text && !this.files.length)) return;
    this.busy = true;
    try {
      if (this.edited) await post(`/people/${this.phone.person.id}/edit`, { message_id: this.edited.id, talk: this.edited.talk, text });
      else if (this.files.length) await this.phone.sendFiles(this.files, text, this.asPhoto && this.asPhoto.checked, this.quoted);
      else if ((await this.phone.say(text, this.quoted)) === null) return; // not sent: the words stay
      this.clear();
    } catch (error) {
      toast(error.message);
    } finally {
      this.busy = false;
    }
  }

  clear() {
    this.field.value = "";
    this.files = [];
    this.quoted = this.edited = null;
    this.showContext();
    this.showParcels();
    this.typed();
  }

  replyTo(message) {
    this.quoted = message;
    this.edited = null;
    this.showContext();
    this.field.focus();
  }

  edit(message) {
    this.edited = message;
    this.quoted = null;
    this.field.value = message.text;
    this.showContext();
    this.typed();
    this.field.focus();
  }

  take(files, event) {
    if (!files || !files.length) return;
    if (event) event.preventDefault();
    this.files.push(...files);
    this.showParcels();
    this.field.focus();
  }

  showContext() {
    const about = this.quoted || this.edited;
    this.context.hidden = !about;
    if (!about) return;
    const cancel = () => { if (this.edited) this.field.value = ""; this.quoted = this.edited = null; this.showContext(); };
    const title = this.edited ? say("editing") : about.author;
    this.context.replaceChildren(make("div", {}, make("b", { text: title }), make("span", { text: summary(about) })), roundButton("close", say("cancel"), cancel));
  }

  showParcels() {
    this.parcels.hidden = !this.files.length;
    const chips = this.files.map((file) =>
      make("span", { class: "parcel" }, make("span", { text: file.name }), roundButton("close", say("takeOut", file.name), () => {
        this.files = this.files.filter((one) => one !== file);
        this.showParcels();
      })),
    );
    const pictures = this.files.length && this.files.every((file) => file.type.startsWith("image/"));
    this.asPhoto = pictures ? make("input", { type: "checkbox", checked: true }) : null;
    this.parcels.replaceChildren(...chips, pictures ? make("label", {}, this.asPhoto, say("asPhoto")) : "");
  }

  // The reply keyboard a bot has set; null leaves it as it is.
  showKeys(keyboard) {
    if (!keyboard) return;
    this.keys.hidden = !keyboard.rows;
    const press = (one) => { if (keyboard.once) this.keys.hidden = true; return this.phone.pressKey(one.text); };
    const rows = (keyboard.rows || []).map((row) => make("div", {}, ...row.map((one) => make("button", { type: "button", text: one.text, onclick: () => press(one) }))));
    this.keys.replaceChildren(...rows);
  }

  typed() {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, TALLEST)}px`;
    const text = this.field.value;
    if (this.phone.person.messenger !== "telegram" || !/^\/\w*$/.test(text)) return this.offer([]);
    if (text === "/" || !this.menu.length) this.loadMenu();
    return this.offerMatching();
  }

  offerMatching() {
    const text = this.field.value.toLowerCase();
    this.offer(/^\/\w*$/.test(text) ? this.menu.filter((one) => `/${one.command}`.startsWith(text)) : []);
  }

  async loadMenu() {
    const talk = encodeURIComponent(this.phone.talk ? this.phone.talk.key : "");
    this.menu = (await get(`/people/${this.phone.person.id}/commands?talk=${talk}`)).commands;
    this.offerMatching();
  }

  async showAll() {
    this.field.value = "/";
    this.field.focus();
    await this.loadMenu();
  }

  offer(commands) {
    this.offered = commands;
    this.chosen = commands.length ? 0 : -1;
    this.offers.hidden = !commands.length;
    this.offers.replaceChildren(...commands.map((one, number) => make(
      "li", { role: "option", id: `${this.offers.id}-${number}`, onmousedown: (event) => { event.preventDefault(); this.choose(number); } },
      make("b", { text: `/${one.command}` }), make("span", { text: one.description }),
    )));
    this.mark();
  }

  mark() {
    [...this.offers.children].forEach((item, number) => {
      item.setAttribute("aria-selected", String(number === this.chosen));
      if (number === this.chosen) item.scrollIntoView({ block: "nearest" });
    });
    this.field.setAttribute("aria-activedescendant", this.chosen < 0 ? "" : `${this.offers.id}-${this.chosen}`);
  }

  choose(number) {
    this.field.value = `/${this.offered[number].command} `;
    this.offer([]);
    this.field.focus();
  }

  key(event) {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.chosen >= 0) {
      event.preventDefault();
      this.chosen = (this.chosen + step + this.offered.length) % this.offered.length;
      this.mark();
    } else if (event.key === "Tab" && this.chosen >= 0 && !event.shiftKey) {
      event.preventDefault();
      this.choose(this.chosen);
    } else if (event.key === "Escape") {
      this.offer([]);
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      const exact = this.chosen >= 0 && `/${this.offered[this.chosen].command}` === this.field.value;
      if (this.chosen >= 0 && !exact) this.choose(this.chosen);
      else this.send();
    }
  }
}
