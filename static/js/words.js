// Words as people write them, and which option of a list they mean.

/** Without accents and case. */
export function folded(words) {
  return words.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase().replace(/\s+/g, " ").trim();
}
