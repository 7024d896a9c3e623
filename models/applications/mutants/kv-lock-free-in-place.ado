// Mutant: the value is overwritten in place instead of appended, apart from its size.

ADO KV {
  shared kv : [string * int] := [];
  method set(k, v)  { this.kv[hash(k)] := (v, len(v)); }
  method get(k)     { return this.kv[hash(k)][0]; }
  method getmeta(k) { return this.kv[hash(k)][1]; }
}

ADO DVec[T] {
  shared data : [T] := [];
  method insert(idx, x) { this.data[idx] := x; }
  method get(idx)       { return this.data[idx]; }
}

DApp KVLockFree(data: DVec[string], meta: DVec[int]) {
  proc set(k, v) {
    data.insert(hash(k), v)!;
    meta.insert(hash(k), len(v))!;
  }
  proc get(k)     { return data.get(hash(k))!; }
  proc getmeta(k) { return meta.get(hash(k))!; }
}

counterexample KV_free_correct: KVLockFree implements KV
  given clients = 2, client 1 set("a", "x"), client 2 get("a") then getmeta("a"), times = 3;
