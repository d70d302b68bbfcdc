// What scripts say, in the language of the page. A message stands in English where it is shown; a page in another language
// carries what it is there, as service/language.py writes it.

const { lang, dataset } = document.documentElement;
const carried = JSON.parse(dataset.strings ?? '{"messages": {}}');
const categories = new Intl.PluralRules(lang);

const fillIn = (text, values) => text.replace(/%%|%\((\w+)\)s/g, (place, name) => (name ? values[name] : "%"));

// Returns a message with values in the places of its `%(name)s`.
export const _ = (text, values = {}) => fillIn(carried.messages[text] ?? text, values);

// Returns the form of a message that belongs to a number, which stands for `%(num)s`.
export function ngettext(one, many, number, values = {}) {
  const forms = carried.messages[one];
  const english = number === 1 ? one : many;
  return fillIn(forms?.[carried.forms[categories.select(number)]] ?? english, { num: number, ...values });
}
