// Formats the numbers and times of axes. The server formats all other numbers.

const nbsp = "\u00a0";

function scaled(v, base, names) {
  let i = 0;
  while (Math.abs(v) >= base && i < names.length - 1) {
    v /= base;
    i++;
  }
  const text = String(Number(v.toPrecision(3)));
  return names[i] ? text + nbsp + names[i] : text;
}

const compact = (v) => scaled(v, 1000, ["", "k", "M", "B", "T"]);

function seconds(v) {
  if (v === 0) return "0";
  if (v < 1) return Number((v * 1e3).toPrecision(3)) + nbsp + "ms";
  if (v < 120) return Number(v.toPrecision(3)) + nbsp + "s";
  if (v < 7200) return Number((v / 60).toPrecision(3)) + nbsp + "min";
  return Number((v / 3600).toPrecision(3)) + nbsp + "h";
}

const writers = {
  USD: (v) => "$" + compact(v),
  s: seconds,
  ms: (v) => seconds(v / 1e3),
  1: (v) => Number((v * 100).toPrecision(3)) + nbsp + "%",
  "%": (v) => Number(v.toPrecision(3)) + nbsp + "%",
  By: (v) => scaled(v, 1024, ["B", "KiB", "MiB", "GiB", "TiB"]),
};

export function axisNumber(v, unit) {
  return (writers[unit.split("/")[0]] ?? compact)(v);
}

// axisTimes returns a formatter for the times of an axis in the server's zone: days for
// steps of a day, else hours, with the day at its first tick.
export function axisTimes(zone) {
  const day = formatter(zone, { day: "numeric", month: "short" });
  const hour = formatter(zone, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  return (_, ticks, axis, space, step) => {
    let last = "";
    return ticks.map((tick) => {
      const date = new Date(tick * 1e3);
      const today = day.format(date);
      const text = step >= 86400 || today !== last ? today : hour.format(date);
      last = today;
      return text;
    });
  };
}

function formatter(zone, options) {
  try {
    return new Intl.DateTimeFormat("en-GB", { ...options, timeZone: zone });
  } catch {
    return new Intl.DateTimeFormat("en-GB", options); // the browser does not know the zone
  }
}
