// The town's HTTP interface. Every failure becomes an Error with the town's own sentence.

import { say } from "./i18n.js";

const AGAIN = 3000; // milliseconds

async function call(method, path, body) {
  const options = { method };
  if (body instanceof FormData) options.body = body;
  else if (body !== undefined) {
    options.body = JSON.stringify(body);
    options.headers = { "Content-Type": "application/json" };
  }
  const answer = await fetch(path, options).catch(() => { throw new Error(say("away")); });
  const json = (answer.headers.get("Content-Type") || "").includes("json");
  const content = json ? await answer.json() : await answer.text();
  if (!answer.ok) throw new Error((json && content.error) || `${answer.status}`);
  return content;
}

export const get = (path) => call("GET", path);
export const post = (path, body = {}) => call("POST", path, body);
export const remove = (path) => call("DELETE", path);

// Calls back for every event; `onOpen` whenever the stream opens, at first and after it was lost; `onLost` at every failure.
export function listen(onEvent, onOpen, onLost) {
  const source = new EventSource("/events");
  source.onmessage = (event) => onEvent(JSON.parse(event.data));
  source.onopen = onOpen;
  source.onerror = () => {
    onLost();
    // The browser tries again by itself, but not after an answer that is no stream (a proxy's error page).
    if (source.readyState === EventSource.CLOSED) setTimeout(() => listen(onEvent, onOpen, onLost), AGAIN);
  };
}
