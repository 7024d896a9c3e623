// Mutant: a lost set is repeated under a fresh request, so the store serves it twice.

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
    if (!this.served[request]) {
      this.served[request] := true;
      this.kv[hash(k)] := (v, len(v));
    }
  }
  method get(k) { return this.kv[hash(k)][0]; }
}

DApp KVRemembering(store: KVOnce) {
  proc set(k, v) { store.set(k, v)+; }
  proc get(k)    { return store.get(k)+; }
}

counterexample KV_remembering: KVRemembering implements KV
  given clients = 2, client 1 set("a", "x"), client 2 get("a") then set("a", "yy") then get("a"),
        times = 5, fails = 0, lost = 1;
