/** The panel's few icons, drawn on a grid of 24. */

import { set } from "./dom.ts";

const SVG = "http://www.w3.org/2000/svg";

const paths = {
  more: "M5 12h.01M12 12h.01M19 12h.01",
  down: "M5 9l7 7 7-7",
  arrow: "M5 12h14M13 6l6 6-6 6",
  newest: "M12 5v14M6 13l6 6 6-6",
  sent: "M4 13l5 5L20 6",
  seen: "M1 13l5 5L17 6M12.5 17l1.5 1L23 8",
  smile: "M3 12a9 9 0 1018 0 9 9 0 10-18 0M8 14q4 4 8 0M9 9h.01M15 9h.01",
};

export function icon(name: keyof typeof paths, size = 20): SVGElement {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  set(path, { d: paths[name] });
  set(svg, { viewBox: "0 0 24 24", width: size, height: size, "aria-hidden": "true" });
  svg.append(path);
  return svg;
}
