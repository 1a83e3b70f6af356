import type { Markup } from '../markup.js';

const svg = 'http://www.w3.org/2000/svg';

/** A live element. Attributes and texts are set as such: nothing in them is read as HTML. */
function create(markup: Markup | string, namespace: string | null): Node {
  if (typeof markup === 'string') return document.createTextNode(markup);
  const own = markup.tag === 'svg' ? svg : namespace;
  const element = own === null ? document.createElement(markup.tag) : document.createElementNS(own, markup.tag);
  for (const [name, value] of Object.entries(markup.attributes)) element.setAttribute(name, value);
  for (const child of markup.children) element.append(create(child, own));
  return element;
}

const isSame = (node: Node, markup: Markup | string): boolean => {
  if (typeof markup === 'string') return node.nodeType === Node.TEXT_NODE;
  if (!(node instanceof Element) || node.tagName.toLowerCase() !== markup.tag.toLowerCase()) return false;
  return node.getAttribute('data-key') === (markup.attributes['data-key'] ?? null);
};

/**
 * Makes the children of an element what the markup says, and changes no more than that: elements that stay keep the
 * focus and move where a style says so. Elements are told apart by their place, their tag and their `data-key`.
 */
export function patchChildren(parent: Element, children: readonly (Markup | string)[]): void {
  for (const [i, child] of children.entries()) {
    const found = parent.childNodes[i];
    if (!found) parent.append(create(child, namespaceOf(parent)));
    else if (!isSame(found, child)) found.replaceWith(create(child, namespaceOf(parent)));
    else if (typeof child === 'string') {
      if (found.textContent !== child) found.textContent = child;
    } else patchElement(found as Element, child);
  }
  while (parent.childNodes.length > children.length) parent.lastChild!.remove();
}

const namespaceOf = (element: Element): string | null => (element.namespaceURI === svg ? svg : null);

function patchElement(element: Element, { attributes, children }: Markup): void {
  for (const { name } of Array.from(element.attributes)) if (!(name in attributes)) element.removeAttribute(name);
  for (const [name, value] of Object.entries(attributes)) {
    if (element.getAttribute(name) !== value) element.setAttribute(name, value);
    // A slider that the reader has moved follows its property alone, no longer its attribute.
    if (name === 'value' && element instanceof HTMLInputElement && element.value !== value) element.value = value;
  }
  patchChildren(element, children);
}
