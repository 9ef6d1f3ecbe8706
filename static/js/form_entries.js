// The answers of a form as pairs of name and value, and back into its fields.
const NOT_ANSWERS = new Set(["csrfmiddlewaretoken", "revision", "act"]);
const ROW = /^members-(\d+)-row$/;

/** Pairs in the order of the page, as a browser would post them. */
export function entriesOf(form) {
  return [...new FormData(form)].filter(([name]) => !NOT_ANSWERS.has(name));
}

/** Whether two lists of pairs say the same; which stored member a row came from says nothing, nor
 * does an empty field that the other page does not have. */
export function isSame(one, other) {
  const said = (entries) => JSON.stringify(entries.filter(([name, value]) => value !== "" && !ROW.test(name)));
  return said(one) === said(other);
}

/** Fill the form with pairs; the table of members gets their rows. Every changed part is told. */
export function fill(form, entries) {
  const keys = entries.map(([name]) => ROW.exec(name)?.[1]).filter((key) => key !== undefined);
  form.querySelector("#member-table").dispatchEvent(new CustomEvent("set-rows", { detail: keys }));
  const answers = new Map();
  for (const [name, value] of entries) answers.set(name, [...(answers.get(name) ?? []), value]);
  for (const field of form.elements) {
    if (!field.name || NOT_ANSWERS.has(field.name)) continue;
    const given = answers.get(field.name) ?? [];
    if (field.type === "radio" || field.type === "checkbox") field.checked = given.includes(field.value);
    else field.value = given[0] ?? "";
  }
  const told = form.querySelectorAll("#member-table tbody tr, #asked_for_review");
  for (const part of told) part.dispatchEvent(new Event("change", { bubbles: true }));
}
