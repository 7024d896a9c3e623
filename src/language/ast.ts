/** What an `.ado` file says, as plain data. `parse.ts` makes it, `print.ts` writes it back, `check.ts` judges it.
 *  Every node carries the span it was read from; two programs that differ only in spans are the same program. */
export interface Program {
  readonly file: string;
  readonly source: string;
  readonly declarations: readonly Declaration[];
}

/** A stretch of the source. `start` and `end` are offsets (end exclusive); line and column count from 1. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly column: number;
}

/** A word of the program and where it stands. */
export interface Name {
  readonly text: string;
  readonly span: Span;
}

export type Declaration = Enumeration | RecordType | Constant | Ado | Dapp | Theorem;

/** `enum Decision { COMMIT, ABORT }` */
export interface Enumeration {
  readonly kind: "enumeration";
  readonly name: Name;
  readonly members: readonly Name[];
  readonly span: Span;
}

/** `record Tx { ts : int; decision : Decision; }` */
export interface RecordType {
  readonly kind: "record-type";
  readonly name: Name;
  readonly fields: readonly { readonly name: Name; readonly type: TypeExpression }[];
  readonly span: Span;
}

/** `const MAX_TRY = 2;` */
export interface Constant {
  readonly kind: "constant";
  readonly name: Name;
  readonly value: Expression;
  readonly span: Span;
}

/** `ADO KV { shared …; method …}`: one replicated object. */
export interface Ado {
  readonly kind: "ado";
  readonly name: Name;
  readonly parameters: readonly Name[];
  readonly fields: readonly Variable[];
  readonly methods: readonly Procedure[];
  readonly span: Span;
}

/** `DApp KVLock(lk: DLock, …) { var …; proc … }`: what clients run over objects. */
export interface Dapp {
  readonly kind: "dapp";
  readonly name: Name;
  readonly objects: readonly ObjectParameter[];
  readonly variables: readonly Variable[];
  readonly procedures: readonly Procedure[];
  readonly span: Span;
}

/** `lk: DLock`, or the family `rm_1: RM, ..., rm_n: RM` with stem `rm` and count `n`. */
export type ObjectParameter =
  | { readonly kind: "object"; readonly name: Name; readonly type: TypeExpression; readonly span: Span }
  | {
      readonly kind: "family";
      readonly stem: Name;
      readonly count: Name;
      readonly type: TypeExpression;
      readonly span: Span;
    };

/** `shared owner : option N := None;` of an object, or `var ts : int := 0;` of a client. */
export interface Variable {
  readonly name: Name;
  readonly type?: TypeExpression;
  readonly initial: Expression;
  readonly span: Span;
}

/** A method of an object or a procedure of an application. */
export interface Procedure {
  readonly name: Name;
  readonly parameters: readonly { readonly name: Name; readonly type?: TypeExpression }[];
  readonly body: readonly Statement[];
  readonly span: Span;
}

export type TypeExpression =
  | {
      readonly kind: "named";
      readonly name: Name;
      readonly parameters: readonly TypeExpression[];
      readonly span: Span;
    }
  | { readonly kind: "option"; readonly of: TypeExpression; readonly span: Span }
  | { readonly kind: "product"; readonly elements: readonly TypeExpression[]; readonly span: Span }
  | { readonly kind: "map"; readonly of: TypeExpression; readonly span: Span };

export type Statement =
  | {
      readonly kind: "assign";
      readonly target: Expression;
      readonly value: Expression;
      readonly span: Span;
    }
  | { readonly kind: "evaluate"; readonly expression: Expression; readonly span: Span }
  | {
      readonly kind: "if";
      readonly branches: readonly {
        readonly condition: Expression;
        readonly body: readonly Statement[];
      }[];
      readonly otherwise?: readonly Statement[];
      readonly span: Span;
    }
  | {
      readonly kind: "while";
      readonly condition: Expression;
      readonly body: readonly Statement[];
      readonly span: Span;
    }
  | {
      readonly kind: "for-range";
      readonly variable: Name;
      readonly from: Expression;
      readonly to: Expression;
      readonly body: readonly Statement[];
      readonly span: Span;
    }
  | {
      readonly kind: "for-each";
      readonly variable: Name;
      readonly list: Expression;
      readonly body: readonly Statement[];
      readonly span: Span;
    }
  | { readonly kind: "block"; readonly body: readonly Statement[]; readonly span: Span }
  | { readonly kind: "break" | "continue"; readonly span: Span }
  | { readonly kind: "return"; readonly value?: Expression; readonly span: Span };

/** How an operation on an object is called: as it stands (`""`), at most once (`?`), at least once (`+`), spinning on
 *  pull and then on push (`!`, as in the talk), or pulled and invoked anew under one request (`!!`, as in the paper). */
export type CallForm = "" | "?" | "+" | "!" | "!!";

export type BinaryOperator =
  | "==>"
  | "||"
  | "&&"
  | "=="
  | "!="
  | "<"
  | "<="
  | ">"
  | ">="
  | "+"
  | "-"
  | "*"
  | "/"
  | "%";

export type Expression =
  | { readonly kind: "integer"; readonly value: number; readonly span: Span }
  | { readonly kind: "boolean"; readonly value: boolean; readonly span: Span }
  | { readonly kind: "text"; readonly value: string; readonly span: Span }
  | { readonly kind: "none" | "fail" | "me" | "request" | "any"; readonly span: Span }
  | { readonly kind: "name"; readonly name: string; readonly isOwn: boolean; readonly span: Span }
  | { readonly kind: "some"; readonly value: Expression; readonly span: Span }
  | { readonly kind: "tuple"; readonly elements: readonly Expression[]; readonly span: Span }
  | { readonly kind: "list"; readonly elements: readonly Expression[]; readonly span: Span }
  | { readonly kind: "series"; readonly first: Expression; readonly last: Expression; readonly span: Span }
  | {
      readonly kind: "record";
      readonly name: Name;
      readonly fields: readonly { readonly name: Name; readonly value: Expression }[];
      readonly span: Span;
    }
  | { readonly kind: "field"; readonly of: Expression; readonly name: Name; readonly span: Span }
  | { readonly kind: "index"; readonly of: Expression; readonly key: Expression; readonly span: Span }
  | {
      readonly kind: "apply";
      readonly name: Name;
      readonly isOwn: boolean;
      readonly arguments: readonly Expression[];
      readonly span: Span;
    }
  | OperationCall
  | {
      readonly kind: "unary";
      readonly operator: "!" | "-";
      readonly operand: Expression;
      readonly span: Span;
    }
  | {
      readonly kind: "binary";
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
      readonly span: Span;
    }
  | {
      readonly kind: "quantifier";
      readonly quantifier: "forall" | "exists";
      readonly bindings: readonly Binding[];
      readonly body: Expression;
      readonly span: Span;
    };

/** `o.m(args)!`, `o.pull()`, `o.push()`. */
export interface OperationCall {
  readonly kind: "call";
  readonly object: Expression;
  readonly operation: Name;
  readonly arguments: readonly Expression[];
  readonly form: CallForm;
  readonly span: Span;
}

/** `c` (over the clients), `i in 0..n` or `rm in [rm_1, ..., rm_n]`. */
export interface Binding {
  readonly variable: Name;
  readonly domain?:
    | { readonly kind: "range"; readonly from: Expression; readonly to: Expression }
    | { readonly kind: "members"; readonly list: Expression };
}

/** `theorem NAME: claim over protocol given …;`. A `counterexample` is a theorem that must turn out violated. */
export interface Theorem {
  readonly kind: "theorem";
  readonly name: Name;
  readonly expected: "holds" | "violated";
  readonly claim: Claim;
  readonly protocol?: { readonly name: Name; readonly bounds: readonly Setting[] };
  readonly given: readonly Given[];
  readonly span: Span;
}

export type Claim =
  | { readonly kind: "implements"; readonly subject: Name; readonly specification: Name }
  | {
      readonly kind: "always" | "never" | "sometimes";
      readonly subject: Name;
      readonly predicate: Expression;
    }
  | { readonly kind: "returns"; readonly subject: Name };

export type Given =
  | Setting
  | { readonly kind: "each"; readonly steps: readonly WorkloadStep[]; readonly span: Span }
  | {
      readonly kind: "client";
      readonly client: number;
      readonly steps: readonly WorkloadStep[];
      readonly span: Span;
    };

/** What `times = …` can be at the most. */
export const MOST_TIMES = 16;

/** `clients = 2`, a bound or a constant of the application. */
export interface Setting {
  readonly kind: "setting";
  readonly name: Name;
  readonly value: Expression;
  readonly span: Span;
}

/** One call that a client makes: any one of the alternatives. */
export type WorkloadStep = readonly WorkloadCall[];

export interface WorkloadCall {
  readonly procedure: Name;
  readonly arguments: readonly Expression[];
  readonly span: Span;
}
