// Text with Telegram's entities as elements. Offsets count UTF-16 units, as JavaScript's strings do.

import { make } from "./dom.js";

const TAGS = { bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre", blockquote: "blockquote", expandable_blockquote: "blockquote" };
const ADDRESS = /^(https?:|mailto:|tel:)/i;

export function rich(text, entities, onCommand) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return make("span", { class: "words" }, ...pieces(text, sorted, 0, text.length, onCommand));
}

export function plain(text) {
  const links = [...text.matchAll(/https?:\/\/[^\s<>"]+/g)];
  return rich(text, links.map((link) => ({ type: "url", offset: link.index, length: link[0].length })));
}

function pieces(text, entities, start, end, onCommand) {
  const made = [];
  let place = start;
  while (entities.length && entities[0].offset < end) {
    const entity = entities.shift();
    if (entity.offset < place) continue;
    made.push(text.slice(place, entity.offset));
    const stop = Math.min(end, entity.offset + entity.length);
    made.push(dressed(entity, text.slice(entity.offset, stop), pieces(text, entities, entity.offset, stop, onCommand), onCommand));
    place = stop;
  }
  made.push(text.slice(place, end));
  return made.filter((piece) => piece !== "");
}

function dressed(entity, words, children, onCommand) {
  if (entity.type in TAGS) return make(TAGS[entity.type], {}, ...children);
  if (entity.type === "spoiler") return make("span", { class: "spoiler", tabindex: "0" }, ...children);
  if (entity.type === "bot_command" && onCommand) {
    return make("button", { type: "button", class: "command", onclick: () => onCommand(words) }, ...children);
  }
  const address = { text_link: entity.url, url: words, email: `mailto:${words}`, phone_number: `tel:${words}` }[entity.type];
  if (address && ADDRESS.test(address)) {
    return make("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, ...children);
  }
  return make("span", {}, ...children);
}
