// The core as JavaScript, in a module of its own, for npm pages, which pass it to usePlainCore.

export { default } from 'vitrine:plain';
