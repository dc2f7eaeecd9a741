/** Builds and updates elements, node by node: no HTML strings, so no policy of a page stands in the way. */

export type Attributes = Record<string, string | number | boolean | undefined>;
export type Child = Node | string | false | undefined;

export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  set(element, attributes);
  element.append(...children.filter((child) => child !== false && child !== undefined));
  return element;
}

/** Only what differs is written: a live region speaks up at every change. */
export function set(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    const text = value === true ? "" : String(value);
    if (value === false || value === undefined) element.removeAttribute(name);
    else if (element.getAttribute(name) !== text) element.setAttribute(name, text);
  }
}

export function write(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

export function button(attributes: Attributes, onClick: () => void, ...children: Child[]): HTMLButtonElement {
  const element = h("button", { type: "button", ...attributes }, ...children);
  element.addEventListener("click", onClick);
  return element;
}

export interface Keyed {
  /** The same key means the same element. */
  key: string;
  /** All that may change in it; when this differs, it is dressed anew. */
  look?: string;
  build(): HTMLElement;
  dress?(element: HTMLElement): void;
}

/** A list that keeps the elements of rows that stay, so that nothing jumps or is read out twice. */
export class KeyedList {
  #held = new Map<string, { element: HTMLElement; look: string | undefined }>();

  constructor(private readonly list: HTMLElement) {}

  /** What comes `silently` is not read out by the live region around it. */
  show(rows: readonly Keyed[], silently = false): void {
    const shown = new Map(rows.map((row) => [row.key, this.#element(row, silently)]));
    for (const [key, { element }] of this.#held) if (!shown.has(key)) element.remove();
    let place = this.list.firstChild;
    for (const { element } of shown.values()) {
      if (element === place) place = place.nextSibling;
      else this.list.insertBefore(element, place);
    }
    this.#held = shown;
  }

  #element({ key, look, build, dress }: Keyed, silently: boolean) {
    const held = this.#held.get(key);
    const element = held?.element ?? build();
    if (!held && silently) element.ariaLive = "off";
    if (held?.look !== look) dress?.(element);
    return { element, look };
  }
}
