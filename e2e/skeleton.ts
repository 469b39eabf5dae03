// How a page is built, as far as the rules of accessibility see it. Pages of one build get one judgement.
import type { Page } from '@playwright/test';
import { createHash } from 'node:crypto';
import { routeOf } from './routes';

/** A name for how the page is built now: for its route, screen, colours and elements, but not for its words. */
export async function buildOf(page: Page): Promise<string> {
  const path = new URL(page.url()).pathname;
  const skeleton = await page.evaluate(describe);
  return createHash('sha256').update(`${routeOf(path) ?? path}\n${skeleton}`).digest('base64url');
}

/**
 * Writes the document down, in the page. Of words it tells whether there are any, of what refers to others whether it
 * finds them, of what is pressed whether there is room for a finger; everything else as it stands.
 */
function describe(): string {
  const REFERENCES = /^(for|list|headers|aria-(activedescendant|controls|describedby|details|errormessage|flowto|labelledby|owns))$/;
  const WORDS = /^(alt|aria-description|aria-label|aria-roledescription|aria-valuetext|content|label|placeholder|title|value)$/;
  const ADDRESSES = /^(href|src|srcset|action|datetime)$/;
  const UNHEARD = 'script, style, link, meta, base, noscript, template';
  const STATES = [':hover', ':focus', ':focus-visible', ':active', ':checked', ':disabled', ':invalid', ':placeholder-shown', ':modal'];
  const LANDMARKS = 'main, nav, aside, header, footer, section, form, search, [role]';
  const PRESSED = 'a[href], area[href], button, input, select, textarea, summary, [tabindex], [role], [contenteditable]';
  /** Pixels that a finger needs (WCAG 2.5.8). */
  const FINGER = 24;
  /** From so many on, there is nothing new in one more of a kind. */
  const MANY = 3;

  const amount = (text: string | null): string => {
    const words = (text ?? '').trim();
    const kind = /[\p{L}\p{N}]/u.test(words) ? 'w' : '.';
    return words === '' ? '' : [...words].length === 1 ? `${kind}1` : kind;
  };

  const owners = new Map<string, Element[]>();
  for (const owner of document.querySelectorAll('[id]')) {
    owners.set(owner.id, [...(owners.get(owner.id) ?? []), owner]);
  }
  const ownersOf = (ids: string): Element[][] => ids.split(/\s+/).filter(Boolean).map((id) => owners.get(id) ?? []);
  const found = (ids: string): string =>
    ownersOf(ids).map((all) => `${all.length}${all[0]?.localName ?? ''}${amount(all[0]?.textContent ?? '')}`).join('+');

  const attribute = (element: Element, { name, value }: Attr): string => {
    if (name === 'id') {
      return `id=${owners.get(value)?.length}`;
    }
    if (REFERENCES.test(name)) {
      return `${name}=${found(value)}`;
    }
    if (name === 'alt') {
      const beside = element.closest('a, button')?.textContent?.trim() === value.trim();
      return `alt=${amount(value)}${beside ? ' twice' : ''}`;
    }
    if (WORDS.test(name)) {
      return `${name}=${amount(value)}`;
    }
    if (ADDRESSES.test(name)) {
      return `${name}=${value.startsWith('#') ? `#${found(value.slice(1))}` : amount(value)}`;
    }
    return `${name}=${value}`;
  };

  // Two landmarks of one kind have two names.
  const landmarks = new Set<string>();
  const landmark = (element: Element): string => {
    if (!element.matches(LANDMARKS)) {
      return '';
    }
    const labels = ownersOf(element.getAttribute('aria-labelledby') ?? '').map((all) => all[0]?.textContent ?? '');
    const name = labels.join(' ').trim() || (element.getAttribute('aria-label') ?? element.getAttribute('title') ?? '').trim();
    const key = `${element.getAttribute('role') ?? element.localName} ${name}`;
    const isKnown = landmarks.has(key);
    landmarks.add(key);
    return isKnown ? ' again' : '';
  };

  const overflow = (element: Element): string => {
    const isWide = element.scrollWidth > element.clientWidth;
    const isHigh = element.scrollHeight > element.clientHeight;
    if (!isWide && !isHigh) {
      return '';
    }
    const { overflowX, overflowY } = getComputedStyle(element);
    const scrolls = (is: boolean, how: string): boolean => is && how !== 'visible';
    return `${scrolls(isWide, overflowX) ? ` x-${overflowX}` : ''}${scrolls(isHigh, overflowY) ? ` y-${overflowY}` : ''}`;
  };

  // What is small, and what lies upon another, with its neighbours.
  const boxes = new Map<Element, DOMRect>();
  for (const target of document.querySelectorAll(PRESSED)) {
    const box = target.getBoundingClientRect();
    if (box.width > 0 && box.height > 0) {
      boxes.set(target, box);
    }
  }
  const room = (element: Element): string => {
    const own = boxes.get(element);
    if (own === undefined) {
      return element.matches(PRESSED) ? ' unseen' : '';
    }
    const isSmall = own.width < FINGER || own.height < FINGER;
    const reach = isSmall ? FINGER : 0;
    const near = [...boxes].filter(
      ([other, box]) =>
        other !== element &&
        !other.contains(element) &&
        !element.contains(other) &&
        box.left < own.right + reach &&
        box.right > own.left - reach &&
        box.top < own.bottom + reach &&
        box.bottom > own.top - reach,
    );
    const places = near.map(([, box]) => [box.left - own.left, box.top - own.top, box.width, box.height].map(Math.round).join());
    const size = isSmall ? `${Math.round(own.width)}x${Math.round(own.height)}` : '';
    return size || places.length > 0 ? ` room ${size} ${places.join(' ')}` : '';
  };

  const written = (node: Node): string => {
    if (node instanceof Text) {
      return amount(node.data);
    }
    if (!(node instanceof Element) || node.matches(UNHEARD)) {
      return '';
    }
    const attributes = [...node.attributes].map((one) => attribute(node, one)).sort();
    const states = STATES.filter((state) => node.matches(state));
    const is = [node.localName, ...attributes, ...states].join(' ') + landmark(node) + overflow(node) + room(node);
    return `<${is}>${children(node)}</>`;
  };
  const children = (node: Node): string => {
    const parts: string[] = [];
    let [last, times] = ['', 0];
    for (const child of node.childNodes) {
      const part = written(child);
      if (part === '') {
        continue;
      }
      times = part === last ? times + 1 : 1;
      last = part;
      if (times <= MANY) {
        parts.push(part);
      }
    }
    return parts.join('');
  };

  const media = ['(prefers-color-scheme: dark)', 'print', '(prefers-contrast: more)', '(forced-colors: active)'];
  const seen = media.map((query) => matchMedia(query).matches);
  return `${innerWidth}x${innerHeight} ${seen.join()} ${written(document.documentElement)}`;
}
