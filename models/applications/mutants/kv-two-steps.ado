// Mutant: value and size of a key are set by two operations, and a reader comes between them.

ADO KV {
  shared kv : [string * int] := [];
  method set(k, v)  { this.kv[hash(k)] := (v, len(v)); }
  method get(k)     { return this.kv[hash(k)][0]; }
  method getmeta(k) { return this.kv[hash(k)][1]; }
}

ADO KVInSteps {
  shared kv : [string * int] := [];
  method setvalue(k, v)   { this.kv[hash(k)][0] := v; }
  method setsize(k, size) { this.kv[hash(k)][1] := size; }
  method get(k)     { return this.kv[hash(k)][0]; }
  method getmeta(k) { return this.kv[hash(k)][1]; }
}

DApp KVDirect(store: KVInSteps) {
  proc set(k, v) {
    store.setvalue(k, v)!;
    store.setsize(k, len(v))!;
  }
  proc get(k)     { return store.get(k)!; }
  proc getmeta(k) { return store.getmeta(k)!; }
}

counterexample KV_direct: KVDirect implements KV
  given clients = 2, client 1 set("a", "x"), client 2 get("a") then getmeta("a"), times = 3;
