/** The logged-in user. In this demo any address opens an account, without a password. */
import { forget, onChangeElsewhere, read, write } from './saved.js';

/** Returns {id, email, name}, or null. */
export const account = () => read('account', null);

/** Returns the id that services receive instead of the address: a 53-bit hash, the same in every browser. */
function idFor(email) {
  let [high, low] = [0xdeadbeef, 0x41c6ce57];
  for (const char of email.trim().toLowerCase()) {
    high = Math.imul(high ^ char.codePointAt(0), 2654435761);
    low = Math.imul(low ^ char.codePointAt(0), 1597334677);
  }
  return 'u_' + (4294967296 * (2097151 & (low ^ (low >>> 15))) + ((high ^ (high >>> 13)) >>> 0)).toString(36);
}

export function logIn(email, name) {
  const user = { id: idFor(email), email: email.trim(), name: name.trim() || email.split('@')[0] };
  write('account', user);
  window.vitrine('identify', user.id);
  return user;
}

export function logOut() {
  forget('account');
  window.vitrine('reset');
}

/** Orders made in this browser, newest first. */
export const orders = () => read('orders', []);
export const keepOrder = (order) => write('orders', [order, ...orders()].slice(0, 10));

export const onChange = (callback) => onChangeElsewhere('account', callback);
