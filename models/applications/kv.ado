// The key-value store as one object: value and metadata of a key stand in one entry, so they cannot diverge.
// This is what every other store here must look like from outside. The file also shows what a call must remember if it
// is to be repeated: setting twice is setting once only as long as nobody else sets in between.

ADO KV {
  shared kv : [string * int] := [];
  method set(k, v)  { this.kv[hash(k)] := (v, len(v)); }
  method get(k)     { return this.kv[hash(k)][0]; }
  method getmeta(k) { return this.kv[hash(k)][1]; }
}

// Every set is invoked once, and pushed until it is there.
DApp KVDirect(store: KV) {
  proc set(k, v)  { store.set(k, v)!; }
  proc get(k)     { return store.get(k)!; }
  proc getmeta(k) { return store.getmeta(k)!; }
}

theorem KV_direct: KVDirect implements KV
  given clients = 2, each set("a", "x") | set("a", "yy") | get("a"), calls = 2, times = 4,
        crashes = 1, lost = 1;

// A set whose answer was lost is invoked again, behind what another client has set meanwhile.
DApp KVAgain(store: KV) {
  proc set(k, v)  { store.set(k, v)!!; }
  proc get(k)     { return store.get(k)!!; }
}

counterexample KV_again: KVAgain implements KV
  given clients = 2, client 1 set("a", "x"), client 2 get("a") then set("a", "yy") then get("a"),
        times = 5, fails = 0, lost = 1;

// The store remembers which requests it has served.
ADO KVOnce {
  shared kv : [string * int] := [];
  shared served : [bool] := [];
  method set(k, v) {
    if (!this.served[request]) {
      this.served[request] := true;
      this.kv[hash(k)] := (v, len(v));
    }
  }
  method get(k)     { return this.kv[hash(k)][0]; }
  method getmeta(k) { return this.kv[hash(k)][1]; }
}

DApp KVRemembering(store: KVOnce) {
  proc set(k, v)  { store.set(k, v)!!; }
  proc get(k)     { return store.get(k)!!; }
  proc getmeta(k) { return store.getmeta(k)!!; }
}

theorem KV_remembering: KVRemembering implements KV
  given clients = 2, client 1 set("a", "x"), client 2 get("a") then set("a", "yy") then get("a"),
        times = 5, lost = 1;
