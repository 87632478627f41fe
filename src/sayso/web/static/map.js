// The map: an offline basemap, and the same marks as the table below it. No outside request.
import * as maplibregl from "/static/vendor/maplibre-gl.mjs";

maplibregl.setWorkerUrl("/static/vendor/maplibre-gl-worker.mjs");
const box = document.getElementById("map");
const dark = matchMedia("(prefers-color-scheme: dark)").matches;
const paint = dark
  ? { sea: "#101417", land: "#22282d", line: "#5a646d", inner: "#39424a", mark: "#f0a35c", ink: "#e8e6e1", halo: "#14171a" }
  : { sea: "#dfe8ec", land: "#fbfaf7", line: "#8b939b", inner: "#d6d1c4", mark: "#b3560b", ink: "#1d2126", halo: "#ffffff" };
// Territories whose boundary is in dispute are outlined with dashes.
const disputed = ["ESH", "XKX", "TWN", "SOL", "PSE", "CYN", "KAS"];

const style = {
  version: 8,
  sources: {
    countries: { type: "geojson", data: "/static/vendor/countries.geojson" },
    admin1: { type: "geojson", data: "/static/vendor/admin1.geojson" },
    marks: { type: "geojson", data: box.dataset.src },
  },
  layers: [
    { id: "sea", type: "background", paint: { "background-color": paint.sea } },
    { id: "land", type: "fill", source: "countries", paint: { "fill-color": paint.land } },
    { id: "inner", type: "line", source: "admin1", minzoom: 3, paint: { "line-color": paint.inner, "line-width": 0.8 } },
    { id: "border", type: "line", source: "countries", filter: ["!", ["in", ["get", "a3"], ["literal", disputed]]],
      paint: { "line-color": paint.line, "line-width": 1 } },
    { id: "disputed", type: "line", source: "countries", filter: ["in", ["get", "a3"], ["literal", disputed]],
      paint: { "line-color": paint.line, "line-width": 1, "line-dasharray": [3, 2] } },
    { id: "country-name", type: "symbol", source: "countries", maxzoom: 6,
      layout: { "text-field": ["get", "name"], "text-size": 11, "text-font": ["sans-serif"] },
      paint: { "text-color": paint.line, "text-halo-color": paint.halo, "text-halo-width": 1 } },
    { id: "ring", type: "circle", source: "marks", filter: ["!", ["get", "pin"]],
      paint: { "circle-radius": 16, "circle-color": paint.mark, "circle-opacity": 0.12, "circle-stroke-color": paint.mark,
        "circle-stroke-width": 1, "circle-stroke-opacity": 0.8 } },
    { id: "mark", type: "circle", source: "marks",
      paint: { "circle-radius": 6, "circle-color": paint.mark, "circle-stroke-color": paint.mark, "circle-stroke-width": 2,
        "circle-opacity": ["case", ["all", ["in", ["get", "status"], ["literal", ["occurred", "ongoing", "historical"]]],
          ["==", ["get", "polarity"], "positive"]], 0.9, 0] } },
    { id: "mark-name", type: "symbol", source: "marks", minzoom: 4,
      layout: { "text-field": ["get", "place"], "text-size": 12, "text-offset": [0, 1.1], "text-anchor": "top", "text-font": ["sans-serif"] },
      paint: { "text-color": paint.ink, "text-halo-color": paint.halo, "text-halo-width": 1.5 } },
  ],
};

const map = new maplibregl.Map({ container: box, style, center: [37, 35], zoom: 4, attributionControl: false,
  keyboard: true, dragRotate: false, fadeDuration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 200 });
map.addControl(new maplibregl.NavigationControl({ showCompass: false }));

const data = await (await fetch(box.dataset.src)).json();
if (data.features.length) {
  const bounds = new maplibregl.LngLatBounds();
  for (const f of data.features) bounds.extend(f.geometry.coordinates);
  map.fitBounds(bounds, { padding: 60, maxZoom: 8, animate: false });
}
map.on("click", "mark", (event) => {
  const list = document.createElement("ul");
  list.style.paddingLeft = "1rem";
  const seen = new Set();
  for (const f of event.features) {
    if (seen.has(f.properties.event)) continue;
    seen.add(f.properties.event);
    const link = document.createElement("a");
    link.href = "/events/" + encodeURIComponent(f.properties.event);
    link.textContent = f.properties.when + ": " + f.properties.title;
    const item = document.createElement("li");
    item.append(link);
    list.append(item);
  }
  new maplibregl.Popup().setLngLat(event.lngLat).setDOMContent(list).addTo(map);
});
map.on("mouseenter", "mark", () => { map.getCanvas().style.cursor = "pointer"; });
map.on("mouseleave", "mark", () => { map.getCanvas().style.cursor = ""; });
map.once("idle", () => { box.dataset.ready = String(data.features.length); });
