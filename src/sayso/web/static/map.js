// The map: an offline basemap, and the same marks as the table below it. No outside request.
// Two views: events, and who holds what on each day. Hue and letters say the side, the pattern how certain it is,
// a ring how exact the place is, fading how long nobody has said so.
import * as maplibregl from "/static/vendor/maplibre-gl.mjs";

maplibregl.setWorkerUrl("/static/vendor/maplibre-gl-worker.mjs");
const box = document.getElementById("map");
const held = box.dataset.view === "control";
const css = getComputedStyle(document.documentElement);
const colour = (name) => css.getPropertyValue(name).trim();
const dark = matchMedia("(prefers-color-scheme: dark)").matches;
const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
const paint = dark
  ? { sea: "#101417", land: "#22282d", line: "#6d7780", inner: "#39424a", ink: "#e8e6e1", halo: "#14171a" }
  : { sea: "#dfe8ec", land: "#fbfaf7", line: "#7b838b", inner: "#d6d1c4", ink: "#1d2126", halo: "#ffffff" };
paint.mark = colour("--event");

// A ring of a true radius in kilometres, as a polygon.
const ring = (lon, lat, km) => {
  const points = [];
  const across = Math.max(0.05, Math.cos((lat * Math.PI) / 180));
  for (let n = 0; n <= 48; n++) {
    const turn = (n / 48) * 2 * Math.PI;
    points.push([lon + ((km / 111.32) * Math.cos(turn)) / across, lat + (km / 110.57) * Math.sin(turn)]);
  }
  return { type: "Polygon", coordinates: [points] };
};
const REACH = { town: 2, near: 10, route: 15 };
const AREAS = ["admin2", "admin1", "region", "country", "sea"];
const rings = (data) => ({
  type: "FeatureCollection",
  features: data.features.flatMap((f) => {
    const [lon, lat] = f.geometry.coordinates;
    const km = f.properties.radius_km || REACH[held ? "town" : f.properties.precision];
    return km ? [{ type: "Feature", geometry: ring(lon, lat, km), properties: f.properties }] : [];
  }),
});

// A town's mark: a square of the side's hue, filled with the pattern, with the side's letters.
const drawn = (hue, kind, letters) => {
  const size = 52;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = size;
  const pen = canvas.getContext("2d");
  const ink = hue < 0 ? paint.line : colour(`--h${hue}`);
  pen.fillStyle = paint.halo;
  pen.fillRect(2, 2, size - 4, size - 4);
  pen.save();
  pen.beginPath();
  pen.rect(4, 4, size - 8, size - 8);
  pen.clip();
  pen.strokeStyle = pen.fillStyle = ink;
  if (kind === "solid") pen.fillRect(0, 0, size, size);
  for (let at = -size; kind === "wide" && at < size; at += 12) { pen.lineWidth = 5; pen.beginPath(); pen.moveTo(at, size); pen.lineTo(at + size, 0); pen.stroke(); }
  for (let at = 8; kind === "dense" && at < size; at += 7) { pen.lineWidth = 2.5; pen.beginPath(); pen.moveTo(0, at); pen.lineTo(size, at); pen.stroke(); }
  for (let x = 9; kind === "dots" && x < size; x += 9) for (let y = 9; y < size; y += 9) { pen.beginPath(); pen.arc(x, y, 2.4, 0, 7); pen.fill(); }
  for (let at = -size; kind === "cross" && at < 2 * size; at += 11) {
    pen.lineWidth = 2.5;
    pen.beginPath(); pen.moveTo(at, 0); pen.lineTo(at + size, size); pen.moveTo(at, size); pen.lineTo(at + size, 0); pen.stroke();
  }
  pen.restore();
  pen.lineWidth = 4;
  pen.strokeStyle = ink;
  if (hue < 0) pen.setLineDash([6, 5]);
  pen.strokeRect(4, 4, size - 8, size - 8);
  pen.setLineDash([]);
  pen.font = "bold 19px sans-serif";
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.lineWidth = 6;
  pen.strokeStyle = paint.halo;
  pen.strokeText(letters, size / 2, size / 2 + 1);
  pen.fillStyle = paint.ink;
  pen.fillText(letters, size / 2, size / 2 + 1);
  return pen.getImageData(0, 0, size, size);
};
const withIcons = (map, data) => {
  for (const f of data.features) {
    const p = f.properties;
    p.icon = `${p.hue}/${p.pattern}/${p.letters}`;
    if (!map.hasImage(p.icon)) map.addImage(p.icon, drawn(p.hue, p.pattern, p.letters), { pixelRatio: 2 });
  }
  return data;
};

const happened = ["all", ["in", ["get", "status"], ["literal", ["occurred", "ongoing", "historical"]]], ["==", ["get", "polarity"], "positive"]];
const exact = ["get", "pin"];
const area = ["in", ["get", "precision"], ["literal", AREAS]];
const eventLayers = [
  { id: "ring", type: "line", source: "rings", paint: { "line-color": paint.mark, "line-width": 1, "line-dasharray": [3, 2], "line-opacity": 0.8 } },
  { id: "area", type: "symbol", source: "marks", filter: area,
    layout: { "text-field": "◇", "text-size": 22, "text-font": ["sans-serif"], "text-allow-overlap": true },
    paint: { "text-color": paint.mark, "text-halo-color": paint.halo, "text-halo-width": 1.5 } },
  { id: "mark", type: "circle", source: "marks", filter: ["!", area],
    paint: { "circle-radius": ["case", exact, 6, 4], "circle-color": paint.mark, "circle-stroke-color": paint.mark, "circle-stroke-width": 2,
      "circle-opacity": ["case", happened, ["case", exact, 0.9, 0.35], 0] } },
  { id: "mark-name", type: "symbol", source: "marks", minzoom: 4,
    layout: { "text-field": ["get", "place"], "text-size": 12, "text-offset": [0, 1.1], "text-anchor": "top", "text-font": ["sans-serif"] },
    paint: { "text-color": paint.ink, "text-halo-color": paint.halo, "text-halo-width": 1.5 } },
];
const heldLayers = [
  { id: "ring", type: "line", source: "rings", paint: { "line-color": paint.line, "line-width": 1, "line-dasharray": [3, 2] } },
  { id: "mark", type: "symbol", source: "marks",
    layout: { "icon-image": ["get", "icon"], "icon-allow-overlap": true, "text-field": ["get", "place"], "text-size": 12, "text-offset": [0, 1.3],
      "text-anchor": "top", "text-optional": true, "text-font": ["sans-serif"] },
    paint: { "icon-opacity": ["get", "opacity"], "text-color": paint.ink, "text-halo-color": paint.halo, "text-halo-width": 1.5 } },
];

const empty = { type: "FeatureCollection", features: [] };
const style = {
  version: 8,
  sources: {
    countries: { type: "geojson", data: "/static/vendor/countries.geojson" },
    borders: { type: "geojson", data: "/map/borders.geojson" },
    admin1: { type: "geojson", data: "/static/vendor/admin1.geojson" },
    rings: { type: "geojson", data: empty },
    marks: { type: "geojson", data: empty },
  },
  layers: [
    { id: "sea", type: "background", paint: { "background-color": paint.sea } },
    { id: "land", type: "fill", source: "countries", paint: { "fill-color": paint.land } },
    { id: "inner", type: "line", source: "admin1", minzoom: 3, paint: { "line-color": paint.inner, "line-width": 0.8 } },
    { id: "border", type: "line", source: "borders", filter: ["!", ["to-boolean", ["get", "disputed"]]], paint: { "line-color": paint.line, "line-width": 1 } },
    { id: "disputed", type: "line", source: "borders", filter: ["to-boolean", ["get", "disputed"]],
      paint: { "line-color": paint.line, "line-width": 1.2, "line-dasharray": [3, 2] } },
    { id: "country-name", type: "symbol", source: "countries", maxzoom: 6,
      layout: { "text-field": ["get", "name"], "text-size": 11, "text-font": ["sans-serif"] },
      paint: { "text-color": paint.line, "text-halo-color": paint.halo, "text-halo-width": 1 } },
    ...(held ? heldLayers : eventLayers),
  ],
};

const map = new maplibregl.Map({ container: box, style, center: [37, 35], zoom: 4, attributionControl: false,
  keyboard: true, dragRotate: false, fadeDuration: still ? 0 : 200 });
map.addControl(new maplibregl.NavigationControl({ showCompass: false }));
const loaded = new Promise((done) => map.once("load", done));
await loaded;

// Streets from a PMTiles file on this machine, by range requests; its own boundaries are left out (the policy is ours).
const withTiles = async () => {
  const pm = await import("/static/vendor/pmtiles.mjs");
  const protocol = new pm.Protocol();
  maplibregl.addProtocol("pmtiles", protocol.tile);
  const address = new URL(box.dataset.tiles, location.href).href;
  const file = new pm.PMTiles(address);
  protocol.add(file);
  const head = await file.getHeader();
  const raster = head.tileType !== pm.TileType.Mvt;
  map.addSource("tiles", { type: raster ? "raster" : "vector", url: "pmtiles://" + address, ...(raster ? { tileSize: 256 } : {}) });
  if (raster) { map.addLayer({ id: "tiles", type: "raster", source: "tiles", paint: { "raster-opacity": 0.8, "raster-saturation": -1 } }, "inner"); return; }
  const has = new Set(((await file.getMetadata()).vector_layers || []).map((l) => l.id));
  const add = (layer, type, paints, more) => {
    if (has.has(layer)) map.addLayer({ id: "tiles-" + layer, type, source: "tiles", "source-layer": layer, paint: paints, ...more }, "border");
  };
  for (const name of ["landuse", "landcover", "earth"]) add(name, "fill", { "fill-color": paint.inner, "fill-opacity": 0.2 });
  add("water", "fill", { "fill-color": paint.sea }, { filter: ["==", ["geometry-type"], "Polygon"] });
  for (const name of ["buildings", "building"]) add(name, "fill", { "fill-color": paint.inner });
  for (const name of ["roads", "transportation"]) add(name, "line", { "line-color": paint.line, "line-width": 0.9, "line-opacity": 0.7 });
};
if (box.dataset.tiles) await withTiles();

const put = (data) => {
  map.getSource("marks").setData(held ? withIcons(map, data) : data);
  map.getSource("rings").setData(rings(data));
  map.once("idle", () => { box.dataset.ready = String(data.features.length); });
  map.triggerRepaint();
};
const asked = async (address) => (await fetch(address)).json();
const first = await asked(box.dataset.src);
if (first.features.length) {
  const bounds = new maplibregl.LngLatBounds();
  for (const f of first.features) bounds.extend(f.geometry.coordinates);
  map.fitBounds(bounds, { padding: 60, maxZoom: 8, animate: false });
}
put(first);

const popup = (event) => {
  const list = document.createElement("ul");
  list.className = "popup";
  const seen = new Set();
  for (const f of event.features) {
    const p = f.properties;
    if (!p.event || seen.has(p.event)) continue;
    seen.add(p.event);
    const link = document.createElement("a");
    link.href = "/events/" + encodeURIComponent(p.event);
    link.dataset.event = p.event;
    link.textContent = held ? `${p.place}: ${p.holder}${p.certainty ? `, ${p.certainty}` : ""}` : `${p.when}: ${p.title}`;
    const item = document.createElement("li");
    item.append(link);
    list.append(item);
  }
  if (list.children.length) new maplibregl.Popup().setLngLat(event.lngLat).setDOMContent(list).addTo(map);
};
for (const layer of held ? ["mark"] : ["mark", "area"]) {
  map.on("click", layer, popup);
  map.on("mouseenter", layer, () => { map.getCanvas().style.cursor = "pointer"; });
  map.on("mouseleave", layer, () => { map.getCanvas().style.cursor = ""; });
}

// The replay: one day after the other, in the map, the table and the address alike.
const slider = document.getElementById("slider");
if (held && slider) {
  const dayMs = 86400000;
  const [from, to] = [Date.parse(slider.dataset.first), Date.parse(slider.dataset.last)];
  const field = document.getElementById("day");
  const seen = document.getElementById("as");
  const play = document.getElementById("play");
  const text = (at) => new Date(at).toISOString().slice(0, 10);
  let wanted = 0;
  let timer = null;

  const cell = (label, ...inside) => {
    const td = document.createElement("td");
    td.dataset.label = label;
    td.append(...inside);
    return td;
  };
  const span = (words, name) => {
    const node = document.createElement("span");
    if (name) node.className = name;
    node.dir = "auto";
    node.textContent = words;
    return node;
  };
  const row = (t, placed) => {
    const tr = document.createElement("tr");
    tr.dataset.row = "";
    const link = document.createElement("a");
    link.href = "/control?place=" + encodeURIComponent(t.place_id);
    link.dataset.main = "";
    link.textContent = t.place;
    if (t.event) link.dataset.event = t.event;
    const since = t.days_since ? ` (${t.days_since} days before)` : "";
    tr.append(
      cell("Place", link, ...(placed ? [] : [" ", span("no coordinates", "chip")])),
      cell("Holder", ...(t.letters ? [span(t.letters, `badge h${t.hue}`), " "] : []), span(t.holder)),
      cell("How certain", t.certainty), cell("Last said", t.last_said + since), cell("Words", span(t.words)));
    return tr;
  };
  const go = async (at) => {
    const day = text(Math.min(Math.max(at, from), to));
    field.value = day;
    slider.value = String((Date.parse(day) - from) / dayMs);
    slider.setAttribute("aria-valuetext", day);
    const now = new URL(location.href);
    now.searchParams.set("day", day);
    now.searchParams.set("as", seen.value);
    history.replaceState(null, "", now);
    const turn = ++wanted;
    const data = await asked(now.href.replace("/map?", "/map.json?"));
    if (turn !== wanted) return;
    delete box.dataset.ready;
    box.dataset.day = day;
    document.getElementById("map-summary").textContent = data.summary;
    const towns = [...data.features.map((f) => [f.properties, true]), ...data.unplaced.map((t) => [t, false])];
    towns.sort((a, b) => (a[0].place < b[0].place ? -1 : 1));
    document.getElementById("towns").replaceChildren(...towns.map(([t, placed]) => row(t, placed)));
    put(data);
  };
  const shownDay = () => Date.parse(field.value) || to;
  slider.max = String(Math.round((to - from) / dayMs));
  slider.value = String((shownDay() - from) / dayMs);
  slider.setAttribute("aria-valuetext", field.value);
  slider.hidden = false;
  slider.addEventListener("input", () => go(from + Number(slider.value) * dayMs));
  field.addEventListener("change", () => go(shownDay()));
  seen.addEventListener("change", () => go(shownDay()));
  for (const link of document.querySelectorAll("[data-step]")) {
    link.addEventListener("click", (event) => { event.preventDefault(); go(shownDay() + Number(link.dataset.step) * dayMs); });
  }
  document.addEventListener("keydown", (event) => {
    if (event.key !== "{" && event.key !== "}") return;
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName)) return;
    go(shownDay() + (event.key === "{" ? -7 : 7) * dayMs);
  });
  const stop = () => { clearInterval(timer); timer = null; play.textContent = "Play"; };
  if (!still) {
    play.hidden = false;
    play.addEventListener("click", () => {
      if (timer) { stop(); return; }
      if (shownDay() >= to) go(from);
      play.textContent = "Stop";
      timer = setInterval(() => { if (shownDay() >= to) stop(); else go(shownDay() + dayMs); }, 900);
    });
  }
}
