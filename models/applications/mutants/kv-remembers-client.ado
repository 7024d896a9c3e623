// Mutant: the store remembers which clients it has served, not which requests, and drops the second set of a client.

ADO KV {
  shared kv : [string * int] := [];
  method set(k, v)  { this.kv[hash(k)] := (v, len(v)); }
  method get(k)     { return this.kv[hash(k)][0]; }
  method getmeta(k) { return this.kv[hash(k)][1]; }
}

ADO KVOnce {
  shared kv : [string * int] := [];
  shared served : [bool] := [];
  method set(k, v) {
    if (!this.served[me]) {
      this.served[me] := true;
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

counterexample KV_remembering: KVRemembering implements KV
  given clients = 1, each set("a", "x") then set("a", "yy") then get("a"), times = 3;
