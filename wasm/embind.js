// Embind's JavaScript half, cut down to what wasm/bindings.cpp says: free functions of strings and doubles.
//
// A function looks its types up when it is called: they are registered by another translation unit, maybe later than it is.

addToLibrary({
  $seamTypes: {},  // by type id: how a value is read from C++ and written for it

  _embind_register_void: (type) => {
    seamTypes[type] = { read: () => {} };
  },
  _embind_register_void__deps: ['$seamTypes'],

  _embind_register_float: (type) => {
    seamTypes[type] = { read: (value) => value, write: (value) => value };
  },
  _embind_register_float__deps: ['$seamTypes'],

  // std::string travels as {size_t length; char bytes[length]} on the heap. A result becomes the caller's; arguments stay its.
  // An argument may be a Uint8Array of its bytes: a reply of the network never becomes a JavaScript string.
  _embind_register_std_string: (type) => {
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    seamTypes[type] = {
      read(at) {
        const length = HEAPU32[at >> 2];
        const text = length ? decoder.decode(HEAPU8.subarray(at + 4, at + 4 + length)) : '';
        _free(at);
        return text;
      },
      write(text, lent) {
        const length = text.byteLength ?? lengthBytesUTF8(text);
        const at = _malloc(length + 5);  // stringToUTF8 ends what it writes with a zero
        HEAPU32[at >> 2] = length;
        if (text.byteLength >= 0) HEAPU8.set(text, at + 4);
        else stringToUTF8(text, at + 4, length + 1);
        lent.push(at);
        return at;
      },
    };
  },
  _embind_register_std_string__deps: ['$seamTypes', '$lengthBytesUTF8', '$stringToUTF8', 'malloc', 'free'],

  // `types` points at `count` type ids: of the result, then of the arguments.
  _embind_register_function: (name, count, types, signature, invoker, target) => {
    const invoke = wasmTable.get(invoker);
    const call = (...args) => {
      if (args.length !== count - 1) throw TypeError(`${args.length} arguments for ${count - 1}`);
      const lent = [];
      for (let i = 1; i < count; i++) args[i - 1] = seamTypes[HEAPU32[(types >> 2) + i]].write(args[i - 1], lent);
      const result = invoke(target, ...args);
      for (const at of lent) _free(at);
      return seamTypes[HEAPU32[types >> 2]].read(result);
    };
    call.argCount = count - 1;
    Module[UTF8ToString(name)] = call;
  },
  _embind_register_function__deps: ['$seamTypes', '$wasmTable', '$UTF8ToString', 'free'],
});
