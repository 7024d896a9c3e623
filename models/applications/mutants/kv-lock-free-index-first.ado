// Mutant: the index is published before the value is there, so a reader finds nothing under it.

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
  method size() { return len(this.data); }
  method get(idx) { return this.data[idx]; }
}

DApp KVLockFree(data: DVec[string], meta: DVec[option (int * int)]) {
  proc set(k, v) {
    idx := data.size()!!;
    meta.insert(hash(k), Some((len(v), idx)))!!;
    data.append(v)!!;
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
  given clients = 2, client 1 set("a", "x"), client 2 getmeta("a") then get("a"), times = 4;

counterexample KV_free_no_dangling_index: always KVLockFree
    meta.data[hash("a")] != None ==> the(meta.data[hash("a")])[1] < len(data.data)
  given clients = 1, each set("a", "x"), times = 3;
