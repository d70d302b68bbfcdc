// Translates what scripts show into the language of the page. A message stands in English where it is shown; a page in
// another language carries the translations that service/language.py writes.

const { lang, dataset } = document.documentElement;
const carried = JSON.parse(dataset.strings ?? '{"messages": {}}');
const categories = new Intl.PluralRules(lang);

// Returns a text with values in the places of its `%(name)s`.
export const fillIn = (text, values) => text.replace(/%%|%\((\w+)\)s/g, (place, name) => (name ? values[name] : "%"));

// Returns a message in the language of the page.
export const _ = (text, values = {}) => fillIn(carried.messages[text] ?? text, values);

// Returns the form of a message for a number, which replaces `%(num)s`.
export function ngettext(one, many, number, values = {}) {
  const forms = carried.messages[one];
  const english = number === 1 ? one : many;
  return fillIn(forms?.[carried.forms[categories.select(number)]] ?? english, { num: number, ...values });
}
