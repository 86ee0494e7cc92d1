// What a person has not looked at yet: the number on the phone, the line in the chat.

import { make } from "./dom.js";
import { say } from "./i18n.js";

const LINGER = 2500; // milliseconds the line stays after the person has looked

export class Unread {
  constructor(phone) {
    this.phone = phone;
    this.total = 0;
    this.waiting = new Map(); // talk key → unread there, for talks that are not on the screen
    this.badge = make("span", { class: "count", hidden: true });
  }

  count(message) {
    const { phone } = this;
    const onScreen = phone.talk && message.talk === phone.talk.key;
    if (onScreen && phone.world.current === phone.person.id && !document.hidden) return;
    if (onScreen && !this.line) {
      this.line = make("div", { class: "fresh", text: say("fresh") });
      phone.chat.append(this.line);
    }
    this.total += 1;
    if (!onScreen) {
      this.waiting.set(message.talk, (this.waiting.get(message.talk) || 0) + 1);
      phone.frame();
    }
    this.show();
  }

  // Touched: this is the phone that is looked at now.
  touched() {
    const { world, person } = this.phone;
    if (world.current === person.id) this.seen();
    else world.select(person.id);
  }

  seen() {
    if (!this.total) return;
    this.total = 0;
    if (this.line) setTimeout((line) => line.remove(), LINGER, this.line);
    this.line = null;
    this.show();
  }

  show() {
    this.badge.hidden = !this.total;
    this.badge.textContent = this.total;
    this.badge.setAttribute("aria-label", say("unread", this.total));
    this.phone.world.unreadChanged();
  }
}
