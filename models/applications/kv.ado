// The key-value store as one object: the value and the metadata of a key stand in one entry, so they cannot diverge.
// This is what every other store in this folder must look like from outside.

ADO KV {
  shared kv : [string * int] := [];

  method set(k, v)  { this.kv[hash(k)] := (v, len(v)); }
  method get(k)     { return this.kv[hash(k)][0]; }
  method getmeta(k) { return this.kv[hash(k)][1]; }
}

DApp KVDirect(store: KV) {
  proc set(k, v)  { store.set(k, v)!!; }
  proc get(k)     { return store.get(k)!!; }
  proc getmeta(k) { return store.getmeta(k)!!; }
}

// Setting twice is setting once, so repeating a call that may have been lost is harmless.
theorem KV_direct: KVDirect implements KV
  given clients = 2, each set("a", "x") | set("a", "yy") | get("a"), calls = 2, times = 4, crashes = 1, lost = 1;
