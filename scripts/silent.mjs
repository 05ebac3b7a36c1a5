// Stands in for `debug`, which would print what ioredis sends, passwords too, wherever DEBUG is set.
const silent = () => undefined;
silent.enabled = false;

export default () => silent;
