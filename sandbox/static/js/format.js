// Dates, times and sizes as people here write them. The town's clock is Vietnam's, wherever the browser is.

import { language } from "./i18n.js";

const ZONE = "Asia/Ho_Chi_Minh";

function parts(date, options) {
  return new Intl.DateTimeFormat(language() === "vi" ? "vi-VN" : "en-GB", { timeZone: ZONE, ...options }).format(date);
}

export const hour = (date) => parts(date, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
export const dayKey = (date) => new Intl.DateTimeFormat("en-CA", { timeZone: ZONE }).format(date);
export const shortDay = (date) => parts(date, { day: "2-digit", month: "2-digit", year: "numeric" });
export const weekday = (date) => parts(date, { weekday: "long" });
export const longDay = (date) => `${weekday(date)}, ${shortDay(date)}`;
export const seconds = (number) => new Date(number * 1000);

// For <input type="datetime-local">: local time in Vietnam, without its zone.
export const inputTime = (date) => `${dayKey(date)}T${hour(date)}`;
export const fromInput = (text) => `${text}:00+07:00`;

export function size(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  const [number, unit] = bytes < 1024 * 1024 ? [bytes / 1024, "KB"] : [bytes / 1024 / 1024, "MB"];
  return `${number.toLocaleString(language(), { maximumFractionDigits: 1 })} ${unit}`;
}
