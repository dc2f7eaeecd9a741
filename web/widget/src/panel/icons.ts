/** The panel's few icons, drawn on a grid of 24. */

const SVG = "http://www.w3.org/2000/svg";

const paths = {
  down: "M5 9l7 7 7-7",
  arrow: "M5 12h14M13 6l6 6-6 6",
  newest: "M12 5v14M6 13l6 6 6-6",
  check: "M4 13l5 5L20 6",
  sound: "M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM15.5 9a4 4 0 010 6M18 6.5a8 8 0 010 11",
  silence: "M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM16 9.5l5 5M21 9.5l-5 5",
};

export function icon(name: keyof typeof paths, size = 20): SVGElement {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", paths[name]);
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("width", String(size));
  svg.setAttribute("height", String(size));
  svg.setAttribute("aria-hidden", "true");
  svg.append(path);
  return svg;
}
