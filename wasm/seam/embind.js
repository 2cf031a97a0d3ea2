// Replaces Embind's JavaScript half, reduced to what wasm/seam/bindings.cpp uses: free functions of strings and
// doubles.
//
// A function looks up its types at its first call, because another translation unit may register them later than the
// function. It looks up its code then too, which may be in a file that is loaded later (tools/split.mjs).

addToLibrary({
  $seamDecoder: "new TextDecoder('utf-8', { ignoreBOM: true })",
  $seamText: (from, end) => seamDecoder.decode(HEAPU8.subarray(from, end)),
  $seamText__deps: ['$seamDecoder'],
  $seamTypes: {}, // by type id: reads a result from C++, writes an argument for C++

  _embind_register_void: (type) => {
    seamTypes[type] = { read: () => {} };
  },
  _embind_register_void__deps: ['$seamTypes'],

  _embind_register_float: (type) => {
    seamTypes[type] = { read: (value) => value };
  },
  _embind_register_float__deps: ['$seamTypes'],

  // A std::string crosses as {size_t length; char bytes[length]} on the heap. JavaScript frees results and arguments.
  // An argument may be a Uint8Array of UTF-8, so that a network reply never becomes a JavaScript string.
  _embind_register_std_string: (type) => {
    if ((seamTypes[type] = seamTypes.text)) return; // std::string and std::string_view share one converter
    const encoder = new TextEncoder();
    seamTypes[type] = seamTypes.text = {
      read(at) {
        const length = HEAPU32[at >> 2];
        const text = length ? seamText(at + 4, at + 4 + length) : '';
        _free(at);
        return text;
      },
      write(text) {
        const isBytes = text.byteLength >= 0;
        const at = _malloc(4 + text.length * (isBytes ? 1 : 3)); // a UTF-16 unit becomes at most three bytes
        const from = at + 4;
        let length = isBytes ? text.length : 0;
        if (isBytes) HEAPU8.set(text, from);
        else {
          // Names and ids are short and ASCII: this loop is faster than a call of the native encoder.
          if (text.length < 64) for (let c; (c = text.charCodeAt(length)) < 128; length++) HEAPU8[from + length] = c;
          if (length < text.length)
            length = encoder.encodeInto(text, HEAPU8.subarray(from, from + text.length * 3)).written;
        }
        HEAPU32[at >> 2] = length;
        return at;
      },
      free: (at) => _free(at),
    };
  },
  _embind_register_std_string__deps: ['$seamTypes', '$seamText', 'malloc', 'free'],

  // `types` points at `count` type ids: first the result's, then those of the arguments.
  _embind_register_function: (name, count, types, _signature, invoker, target) => {
    let invoke;
    let known;
    const call = (...args) => {
      if (args.length !== count - 1) throw TypeError(`${args.length} arguments for ${count - 1}`);
      invoke ||= wasmTable.get(invoker);
      if (!known) for (known = []; known.length < count; ) known.push(seamTypes[HEAPU32[(types >> 2) + known.length]]);
      for (let i = 1; i < count; i++) if (known[i].write) args[i - 1] = known[i].write(args[i - 1]);
      const result = invoke(target, ...args);
      for (let i = 1; i < count; i++) if (known[i].free) known[i].free(args[i - 1]);
      return known[0].read(result);
    };
    call.argCount = count - 1;
    Module[seamText(name, HEAPU8.indexOf(0, name))] = call;
  },
  _embind_register_function__deps: ['$seamTypes', '$wasmTable', '$seamText', 'free'],

  // Replaces Emscripten's, which is four times as long. Grows the memory by a fifth, or by what is asked for where that
  // is more or where a fifth is refused.
  emscripten_resize_heap: (wanted) => {
    for (const share of [1.2, 0]) {
      try {
        const missing = Math.max(wanted >>> 0, HEAPU8.length * share) - HEAPU8.length;
        wasmMemory.grow(Math.ceil(missing / 65536));
        updateMemoryViews();
        return true;
      } catch {}
    }
    return false;
  },
});
