// Changes of review forms that the server does not have yet, kept in this browser for one user.
// localStorage, because it is written before the keystroke's event ends: a killed tab loses nothing.
const PREFIX = "povreg:unsent:";

function keyOf(user, survey) {
  return `${PREFIX}${user}:${survey}`;
}

/** The kept copy {revision, at, entries}, or null. */
export function read(user, survey) {
  try {
    const copy = JSON.parse(localStorage.getItem(keyOf(user, survey)));
    return Array.isArray(copy?.entries) ? copy : null;
  } catch {
    return null;
  }
}

/** Whether the browser took the copy. */
export function write(user, survey, copy) {
  try {
    localStorage.setItem(keyOf(user, survey), JSON.stringify(copy));
    return true;
  } catch {
    return false;
  }
}

export function remove(user, survey) {
  try {
    localStorage.removeItem(keyOf(user, survey));
  } catch {
    // A browser that keeps nothing has nothing to remove.
  }
}

/** The keys of all copies of a user. */
export function keysOf(user) {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(`${PREFIX}${user}:`));
  } catch {
    return [];
  }
}

export function removeAllOf(user) {
  for (const key of keysOf(user)) localStorage.removeItem(key);
}
