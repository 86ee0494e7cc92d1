// One message as it stands in the chat.

import { icon, make, roundButton, view } from "./dom.js";
import { hour, seconds, size } from "./format.js";
import { known, say } from "./i18n.js";
import { plain, rich } from "./rich.js";

export function bubble(phone, message) {
  const mine = message.person === phone.person.id;
  if (message.from === "service") return make("div", { class: "service", "data-id": message.id, text: service(message) });
  const element = make(
    "article",
    { class: `message${mine ? " mine" : ""}`, "data-id": message.id, "aria-label": mine ? say("you") : message.author },
    make(
      "div",
      { class: "bubble" },
      phone.inGroup && !mine ? make("span", { class: "author", text: message.author }) : null,
      quote(phone, message),
      ...message.files.map((file) => (file.kind === "photo" ? photo(file, message.text) : paper(file))),
      message.contact ? card(message.contact) : null,
      message.text ? words(phone, message) : null,
      stamp(message),
    ),
    buttons(phone, message),
    handles(phone, message, mine),
  );
  return element;
}

export function typingBubble() {
  return make("div", { class: "message first typing" }, make("div", { class: "bubble" }, make("i"), make("i"), make("i"), make("span", { class: "said", text: say("typing") })));
}

export function summary(message) {
  if (message.text) return message.text;
  if (message.contact) return say("contactCard");
  return message.files.length ? message.files[0].name || say("file") : "";
}

function words(phone, message) {
  return message.entities.length ? rich(message.text, message.entities, (command) => phone.say(command)) : plain(message.text);
}

function stamp(message) {
  const date = seconds(message.date);
  const edited = message.edited ? `${say("edited")} ` : "";
  return make("time", { class: "stamp", datetime: date.toISOString(), text: edited + hour(date) });
}

function quote(phone, message) {
  const original = message.reply_to && phone.find(message.talk, message.reply_to);
  if (!original) return null;
  return make(
    "button",
    { type: "button", class: "quote", onclick: () => phone.reveal(original.id) },
    make("b", { text: original.author }),
    make("span", { text: summary(original) }),
  );
}

function photo(file, caption) {
  const open = () => {
    const picture = make("img", { src: file.url, alt: caption || say("photo") });
    view(caption.slice(0, 90) || say("photo"), say("close"), picture);
  };
  return make(
    "button",
    { type: "button", class: "photo", onclick: open, "aria-label": `${say("photo")} ${caption}`.trim() },
    make("img", { src: file.url, alt: caption || say("photo"), width: file.width, height: file.height, loading: "lazy" }),
  );
}

function paper(file) {
  const ending = file.name.includes(".") ? file.name.split(".").pop().slice(0, 4) : "";
  return make(
    "a",
    { class: "file", href: file.url, download: file.name },
    make("span", { class: "sheet", "aria-hidden": "true" }, ending || icon("letter")),
    make("span", { class: "names" }, make("b", { text: file.name }), make("small", { text: size(file.size) })),
  );
}

function card(contact) {
  return make(
    "div",
    { class: "card" },
    icon("phone"),
    make("span", {}, make("b", { text: contact.first_name }), make("small", { text: contact.phone_number })),
  );
}

function buttons(phone, message) {
  if (!message.buttons.length) return null;
  const rows = message.buttons.map((row) => make("div", {}, ...row.map((one) => button(phone, message, one))));
  return make("div", { class: "buttons" }, ...rows);
}

function button(phone, message, one) {
  const element = make("button", { type: "button", text: one.text });
  if (one.url) {
    element.title = say("opensLink");
    element.addEventListener("click", () => window.open(one.url, "_blank", "noopener,noreferrer"));
  } else {
    element.addEventListener("click", () => phone.press(message, one, element));
  }
  return element;
}

function handles(phone, message, mine) {
  if (phone.person.messenger === "zalo") return null;
  const made = [roundButton("reply", say("reply"), () => phone.composer.replyTo(message))];
  if (mine && message.text && !message.files.length) made.push(roundButton("edit", say("edit"), () => phone.composer.edit(message)));
  return make("div", { class: "handles" }, ...made);
}

function service(message) {
  const { new_chat_members: came, left_chat_member: left } = message.service;
  if (came) return say("joined", came.map((user) => user.first_name).join(", "));
  if (left) return say("left", left.first_name);
  return known("migrated") ? say("migrated") : "";
}
