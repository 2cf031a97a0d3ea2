// Embind's JavaScript half, cut down to what wasm/bindings.cpp says: one class without relatives, whose methods take and give
// strings and doubles. Emscripten's own half is 5.4 kB (brotli) larger, for everything else that a class could be.
//
// A method binds its types at its first call: the types are registered by another translation unit, maybe later than the class.

addToLibrary({
  $seamTypes: {},  // by type id: how a value is written for C++ and read from it

  _embind_register_void: (type) => {
    seamTypes[type] = { read: () => {} };
  },
  _embind_register_void__deps: ['$seamTypes'],

  _embind_register_float: (type) => {
    seamTypes[type] = { read: (value) => value, write: (value) => value };
  },
  _embind_register_float__deps: ['$seamTypes'],

  // std::string travels as {size_t length; char bytes[length]} on the heap. Who receives it frees it, except that
  // arguments stay the caller's.
  _embind_register_std_string: (type) => {
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    seamTypes[type] = {
      read(at) {
        const text = decoder.decode(HEAPU8.subarray(at + 4, at + 4 + HEAPU32[at >> 2]));
        _free(at);
        return text;
      },
      write(text, lent) {
        const length = lengthBytesUTF8(text);
        const at = _malloc(length + 5);
        HEAPU32[at >> 2] = length;
        stringToUTF8(text, at + 4, length + 1);
        lent.push(at);
        return at;
      },
    };
  },
  _embind_register_std_string__deps: ['$seamTypes', '$lengthBytesUTF8', '$stringToUTF8', 'malloc', 'free'],

  // Writes `args` for C++ in place, calls, and takes back what was lent. `types` points at `count` type ids, the arguments' last.
  $seamCall: (call, args, types, count) => {
    const lent = [];
    const first = (types >> 2) + count - args.length;
    for (let i = 0; i < args.length; i++) args[i] = seamTypes[HEAPU32[first + i]].write(args[i], lent);
    const result = call(args);
    for (const at of lent) _free(at);
    return result;
  },
  $seamCall__deps: ['$seamTypes', 'free'],

  _embind_register_class: (type, pointer, constPointer, base, s1, f1, s2, f2, s3, f3, name, signature, destroy) => {
    const free = getWasmTableEntry(destroy);
    const forgotten = typeof FinalizationRegistry == 'function' && new FinalizationRegistry(free);
    Module[UTF8ToString(name)] = seamTypes[type] = class {
      constructor(...args) {
        this.at = new.target.make(args);
        if (forgotten) forgotten.register(this, this.at, this);
      }
      delete() {
        if (forgotten) forgotten.unregister(this);
        free(this.at);
        this.at = 0;
      }
    };
  },
  _embind_register_class__deps: ['$seamTypes', '$getWasmTableEntry', '$UTF8ToString'],

  _embind_register_class_constructor: (type, count, types, signature, invoker, construct) => {
    const invoke = getWasmTableEntry(invoker);
    seamTypes[type].make = (args) => seamCall((wired) => invoke(construct, ...wired), args, types, count);
  },
  _embind_register_class_constructor__deps: ['$seamTypes', '$seamCall', '$getWasmTableEntry'],

  _embind_register_class_function: (type, name, count, types, signature, invoker, context) => {
    const invoke = getWasmTableEntry(invoker);
    const argCount = count - 2;  // less the result and `this`
    const method = function (...args) {
      if (!this.at || args.length !== argCount) throw TypeError('bad call');
      return seamTypes[HEAPU32[types >> 2]].read(seamCall((wired) => invoke(context, this.at, ...wired), args, types, count));
    };
    seamTypes[type].prototype[UTF8ToString(name)] = Object.assign(method, { argCount });
  },
  _embind_register_class_function__deps: ['$seamTypes', '$seamCall', '$getWasmTableEntry', '$UTF8ToString'],

  // Builtin types that Embind registers unasked.
  _embind_register_bool: () => {},
  _embind_register_integer: () => {},
  _embind_register_bigint: () => {},
  _embind_register_std_wstring: () => {},
  _embind_register_emval: () => {},
  _embind_register_memory_view: () => {},
});
