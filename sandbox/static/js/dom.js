// Building elements without markup strings: text always goes in as text.

const SHAPES = {
  send: "M4 12 20 4l-5.5 16-3.5-6.5L4 12Zm7 1.5L20 4",
  clip: "m20 11-8.2 8.2a5 5 0 0 1-7.1-7.1l8.6-8.6a3.4 3.4 0 0 1 4.8 4.8L9.6 16.8a1.7 1.7 0 0 1-2.4-2.4l7.6-7.6",
  reply: "M9 7 4 12l5 5M4 12h10a6 6 0 0 1 6 6v1",
  edit: "M4 20h4L19 9l-4-4L4 16v4Zm9-13 4 4",
  close: "M6 6l12 12M18 6 6 18",
  more: "M12 5.5v.01M12 12v.01M12 18.5v.01",
  down: "m6 9 6 6 6-6",
  bell: "M12 3.5c-4 0-6.5 2.8-6.5 6.7v3.6L4 17h16l-1.5-3.2v-3.6c0-3.9-2.5-6.7-6.5-6.7ZM9.5 20a2.7 2.7 0 0 0 5 0",
  letter: "M6 3h8l4 4v14H6V3Zm8 0v4h4M9 12h6M9 16h6",
  calendar: "M5 6h14v14H5V6Zm0 5h14M9 3v5M15 3v5",
  chart: "M5 20V11M12 20V4M19 20v-6M3 20h18",
  storm: "M13 10h5l-7 11v-8H6l7-10v7Z",
  people: "M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2.5 20c0-3.6 2.9-6 6.5-6s6.5 2.4 6.5 6M16 5a3.3 3.3 0 0 1 0 6.2M17.5 14.3c2.4.6 4 2.7 4 5.7",
  panel: "M4 5h16v14H4V5Zm10 0v14",
  sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM12 2.5v2M12 19.5v2M4.2 4.2l1.4 1.4M18.4 18.4l1.4 1.4M2.5 12h2M19.5 12h2M4.2 19.8l1.4-1.4M18.4 5.6l1.4-1.4",
  moon: "M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5Z",
  phone: "M6 4h3.5l1.5 4.5-2 1.5a11 11 0 0 0 5 5l1.5-2L20 14.5V18a2 2 0 0 1-2 2A14 14 0 0 1 4 6a2 2 0 0 1 2-2Z",
  block: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM5.6 5.6l12.8 12.8",
  forward: "M5 5l7 7-7 7V5Zm9 0v14",
  plus: "M12 5v14M5 12h14",
  slash: "M5 4h14v16H5V4Zm9 4-4 8",
};

export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "text") element.textContent = value;
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name in element && typeof value === "boolean") element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", SHAPES[name]);
  svg.append(path);
  return svg;
}

export function roundButton(name, label, onclick, more = "") {
  return make("button", { type: "button", class: `round ${more}`.trim(), "aria-label": label, title: label, onclick }, icon(name));
}

const FACES = ["#3f6ea8", "#7a52a8", "#2d7d6f", "#a8553f", "#5a6b2f", "#8a3f6d", "#2f6b8a", "#6b5a2f"];

export function face(name, number, ...children) {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? words[0][0] + words[words.length - 1][0] : name.slice(0, 2);
  const element = make("span", { class: "face", "aria-hidden": "true", text: letters.toUpperCase() });
  element.style.setProperty("--face", FACES[number % FACES.length]);
  element.append(...children);
  return element;
}

export function toast(text) {
  const element = document.getElementById("toast");
  element.textContent = text;
  element.classList.add("shown");
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => element.classList.remove("shown"), 4500);
}

// A dialog with a heading, any content and buttons; closes on Escape and on its cross.
export function view(title, closeLabel, content, ...buttons) {
  const viewer = document.getElementById("viewer");
  viewer.replaceChildren(
    make("header", {}, make("h2", { text: title }), roundButton("close", closeLabel, () => viewer.close())),
    content,
  );
  if (buttons.length) viewer.append(make("footer", {}, ...buttons));
  viewer.showModal();
  return viewer;
}
