// The town's HTTP interface. Every failure becomes an Error with the town's own sentence.

async function call(method, path, body) {
  const options = { method };
  if (body instanceof FormData) options.body = body;
  else if (body !== undefined) {
    options.body = JSON.stringify(body);
    options.headers = { "Content-Type": "application/json" };
  }
  const answer = await fetch(path, options);
  const json = (answer.headers.get("Content-Type") || "").includes("json");
  const content = json ? await answer.json() : await answer.text();
  if (!answer.ok) throw new Error((json && content.error) || `${answer.status}`);
  return content;
}

export const get = (path) => call("GET", path);
export const post = (path, body = {}) => call("POST", path, body);
export const remove = (path) => call("DELETE", path);

// Calls back for every event; `onOpen` whenever the stream opens, at first and after it was lost.
export function listen(onEvent, onOpen) {
  const source = new EventSource("/events");
  source.onmessage = (event) => onEvent(JSON.parse(event.data));
  source.onopen = onOpen;
}
