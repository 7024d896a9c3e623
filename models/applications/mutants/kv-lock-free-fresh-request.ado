// Mutant: the index is published again under a fresh request, over what another client published since.

ADO KV {
  shared kv : [string * int] := [];
  method set(k, v)  { this.kv[hash(k)] := (v, len(v)); }
  method get(k)     { return this.kv[hash(k)][0]; }
  method getmeta(k) { return this.kv[hash(k)][1]; }
}

// Entries stay where they were put, and every request is served once, however often it is repeated.
ADO DVec[T] {
  shared data : [T] := [];
  shared served : [option int] := [];
  method append(x) {
    if (this.served[request] == None) {
      this.served[request] := Some(len(this.data));
      this.data[len(this.data)] := x;
    }
    return the(this.served[request]);
  }
  method insert(idx, x) {
    if (this.served[request] == None) {
      this.served[request] := Some(idx);
      this.data[idx] := x;
    }
  }
  method get(idx) { return this.data[idx]; }
}

DApp KVLockFree(data: DVec[string], meta: DVec[option (int * int)]) {
  proc set(k, v) {
    idx := data.append(v)!!;
    meta.insert(hash(k), Some((len(v), idx)))+;
  }
  proc get(k) {
    entry := meta.get(hash(k))!!;
    if (entry == None) { return ""; }
    return data.get(the(entry)[1])!!;
  }
  proc getmeta(k) {
    entry := meta.get(hash(k))!!;
    if (entry == None) { return 0; }
    return the(entry)[0];
  }
}

counterexample KV_free_correct: KVLockFree implements KV
  given clients = 2, client 1 set("a", "x"), client 2 get("a") then set("a", "yy") then get("a"),
        times = 5, fails = 0, lost = 1;
