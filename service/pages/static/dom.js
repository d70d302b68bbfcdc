// Creates elements. Text is never parsed as markup.

const SVG = "http://www.w3.org/2000/svg";

export function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

export function draw(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

// Sets custom properties, from which the style sheet takes lengths and places: the page's policy forbids style attributes.
export function measure(element, measures) {
  for (const [name, value] of Object.entries(measures)) element.style.setProperty(`--${name}`, value);
  return element;
}
