import type { IParserErrorMessageProvider } from "chevrotain";
import { ExpressionParser } from "./grammar-expression.ts";
import * as t from "./tokens.ts";
import { keywords } from "./tokens.ts";

/** The grammar of `.ado` files, one rule a declaration. After an error it takes up again at the next place where it can;
 *  what was skipped on the way is marked in the tree. `=` is read where `:=` or `==` is meant and the other way
 *  round, so that the builder can say so and the rest is still read. `docs/language.md` has the grammar for people. */
export class AdoParser extends ExpressionParser {
  constructor(messages: IParserErrorMessageProvider) {
    super(messages);
    this.performSelfAnalysis();
  }

  declaration = this.RULE("declaration", () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.ado) },
      { ALT: () => this.SUBRULE(this.dapp) },
      { ALT: () => this.SUBRULE(this.enumeration) },
      { ALT: () => this.SUBRULE(this.recordType) },
      { ALT: () => this.SUBRULE(this.constant) },
      { ALT: () => this.SUBRULE(this.theorem) },
    ]);
  });

  // Declarations

  ado = this.RULE("ado", () => {
    this.CONSUME(keywords.ADO);
    this.CONSUME(t.Identifier);
    this.OPTION(() => {
      this.CONSUME(t.LeftBracket);
      this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.CONSUME1(t.Identifier, { LABEL: "parameter" }) });
      this.CONSUME(t.RightBracket);
    });
    this.CONSUME(t.LeftBrace);
    this.MANY(() => {
      this.OR([{ ALT: () => this.SUBRULE(this.shared) }, { ALT: () => this.SUBRULE(this.method) }]);
    });
    this.CONSUME(t.RightBrace);
  });

  shared = this.RULE("shared", () => {
    this.CONSUME(keywords.shared);
    this.SUBRULE(this.variable);
  });

  method = this.RULE("method", () => {
    this.CONSUME(keywords.method);
    this.SUBRULE(this.procedure);
  });

  dapp = this.RULE("dapp", () => {
    this.CONSUME(keywords.DApp);
    this.CONSUME(t.Identifier);
    this.CONSUME(t.LeftParen);
    this.MANY_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.objectParameter) });
    this.CONSUME(t.RightParen);
    this.CONSUME(t.LeftBrace);
    this.MANY(() => {
      this.OR([{ ALT: () => this.SUBRULE(this.local) }, { ALT: () => this.SUBRULE(this.proc) }]);
    });
    this.CONSUME(t.RightBrace);
  });

  objectParameter = this.RULE("objectParameter", () => {
    this.OR([
      {
        ALT: () => {
          this.CONSUME(t.Identifier);
          this.CONSUME(t.Colon);
          this.SUBRULE(this.type);
        },
      },
      { ALT: () => this.CONSUME(t.Ellipsis) },
    ]);
  });

  local = this.RULE("local", () => {
    this.CONSUME(keywords.var);
    this.SUBRULE(this.variable);
  });

  proc = this.RULE("proc", () => {
    this.CONSUME(keywords.proc);
    this.SUBRULE(this.procedure);
  });

  variable = this.RULE("variable", () => {
    this.CONSUME(t.Identifier);
    this.OPTION(() => {
      this.CONSUME(t.Colon);
      this.SUBRULE(this.type);
    });
    this.OR([{ ALT: () => this.CONSUME(t.Assign) }, { ALT: () => this.CONSUME(t.Is) }]);
    this.SUBRULE(this.expression);
    this.CONSUME(t.Semicolon);
  });

  procedure = this.RULE("procedure", () => {
    this.CONSUME(t.Identifier);
    this.CONSUME(t.LeftParen);
    this.MANY_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.parameter) });
    this.CONSUME(t.RightParen);
    this.SUBRULE(this.block);
  });

  parameter = this.RULE("parameter", () => {
    this.CONSUME(t.Identifier);
    this.OPTION(() => {
      this.CONSUME(t.Colon);
      this.SUBRULE(this.type);
    });
  });

  enumeration = this.RULE("enumeration", () => {
    this.CONSUME(keywords.enum);
    this.CONSUME(t.Identifier);
    this.CONSUME(t.LeftBrace);
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.CONSUME1(t.Identifier, { LABEL: "member" }) });
    this.CONSUME(t.RightBrace);
  });

  recordType = this.RULE("recordType", () => {
    this.CONSUME(keywords.record);
    this.CONSUME(t.Identifier);
    this.CONSUME(t.LeftBrace);
    this.AT_LEAST_ONE(() => this.SUBRULE(this.recordField));
    this.CONSUME(t.RightBrace);
  });

  recordField = this.RULE("recordField", () => {
    this.CONSUME(t.Identifier);
    this.CONSUME(t.Colon);
    this.SUBRULE(this.type);
    this.CONSUME(t.Semicolon);
  });

  constant = this.RULE("constant", () => {
    this.CONSUME(keywords.const);
    this.CONSUME(t.Identifier);
    this.OR([{ ALT: () => this.CONSUME(t.Is) }, { ALT: () => this.CONSUME(t.Assign) }]);
    this.SUBRULE(this.expression);
    this.CONSUME(t.Semicolon);
  });

  // Statements

  block = this.RULE("block", () => {
    this.CONSUME(t.LeftBrace);
    this.MANY(() => this.SUBRULE(this.statement));
    this.CONSUME(t.RightBrace);
  });

  statement = this.RULE("statement", () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.block) },
      { ALT: () => this.SUBRULE(this.if) },
      { ALT: () => this.SUBRULE(this.while) },
      { ALT: () => this.SUBRULE(this.for) },
      { ALT: () => this.SUBRULE(this.leave) },
      { ALT: () => this.SUBRULE(this.return) },
      { ALT: () => this.SUBRULE(this.simple) },
    ]);
  });

  if = this.RULE("if", () => {
    this.CONSUME(keywords.if);
    this.SUBRULE(this.condition);
    this.SUBRULE(this.block);
    this.MANY({
      GATE: () => this.LA(2).tokenType === keywords.if,
      DEF: () => {
        this.CONSUME(keywords.else);
        this.CONSUME1(keywords.if);
        this.SUBRULE1(this.condition);
        this.SUBRULE1(this.block);
      },
    });
    this.OPTION(() => {
      this.CONSUME1(keywords.else);
      this.SUBRULE2(this.block, { LABEL: "otherwise" });
    });
  });

  while = this.RULE("while", () => {
    this.CONSUME(keywords.while);
    this.SUBRULE(this.condition);
    this.SUBRULE(this.block);
  });

  condition = this.RULE("condition", () => {
    this.CONSUME(t.LeftParen);
    this.SUBRULE(this.expression);
    this.CONSUME(t.RightParen);
  });

  for = this.RULE("for", () => {
    this.CONSUME(keywords.for);
    this.CONSUME(t.Identifier);
    this.CONSUME(keywords.in);
    this.SUBRULE(this.domain);
    this.SUBRULE(this.block);
  });

  leave = this.RULE("leave", () => {
    this.OR([{ ALT: () => this.CONSUME(keywords.break) }, { ALT: () => this.CONSUME(keywords.continue) }]);
    this.CONSUME(t.Semicolon);
  });

  return = this.RULE("return", () => {
    this.CONSUME(keywords.return);
    this.OPTION(() => this.SUBRULE(this.expression));
    this.CONSUME(t.Semicolon);
  });

  simple = this.RULE("simple", () => {
    this.SUBRULE(this.expression);
    this.OPTION(() => {
      this.CONSUME(t.Assign);
      this.SUBRULE1(this.expression, { LABEL: "value" });
    });
    this.CONSUME(t.Semicolon);
  });

  // Theorems

  theorem = this.RULE("theorem", () => {
    this.OR([
      { ALT: () => this.CONSUME(keywords.theorem) },
      { ALT: () => this.CONSUME(keywords.counterexample) },
    ]);
    this.CONSUME(t.Identifier);
    this.CONSUME(t.Colon);
    this.SUBRULE(this.claim);
    this.OPTION(() => this.SUBRULE(this.overProtocol));
    this.OPTION1(() => {
      this.CONSUME(keywords.given);
      this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.given) });
    });
    this.CONSUME(t.Semicolon);
  });

  claim = this.RULE("claim", () => {
    this.OR({
      MAX_LOOKAHEAD: 1,
      IGNORE_AMBIGUITIES: true,
      DEF: [
        {
          ALT: () => {
            this.OR1([
              { ALT: () => this.CONSUME(keywords.always, { LABEL: "modality" }) },
              { ALT: () => this.CONSUME(keywords.never, { LABEL: "modality" }) },
              { ALT: () => this.CONSUME(keywords.sometimes, { LABEL: "modality" }) },
            ]);
            this.CONSUME(t.Identifier, { LABEL: "subject" });
            this.SUBRULE(this.expression);
          },
        },
        {
          ALT: () => {
            this.CONSUME1(t.Identifier, { LABEL: "subject" });
            this.OR2([
              {
                ALT: () => {
                  this.CONSUME(keywords.implements);
                  this.CONSUME2(t.Identifier, { LABEL: "specification" });
                },
              },
              { ALT: () => this.CONSUME(keywords.returns) },
            ]);
          },
        },
      ],
    });
  });

  overProtocol = this.RULE("overProtocol", () => {
    this.CONSUME(keywords.over);
    this.CONSUME(t.Identifier);
    this.MANY(() => {
      this.CONSUME(t.Minus);
      this.CONSUME1(t.Identifier);
    });
    this.OPTION(() => {
      this.CONSUME(t.LeftParen);
      this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.setting) });
      this.CONSUME(t.RightParen);
    });
  });

  given = this.RULE("given", () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.setting) },
      { ALT: () => this.SUBRULE(this.each) },
      { ALT: () => this.SUBRULE(this.client) },
    ]);
  });

  setting = this.RULE("setting", () => {
    this.CONSUME(t.Identifier);
    this.OR([{ ALT: () => this.CONSUME(t.Is) }, { ALT: () => this.CONSUME(t.Assign) }]);
    this.SUBRULE(this.expression);
  });

  each = this.RULE("each", () => {
    this.CONSUME(keywords.each);
    this.SUBRULE(this.workload);
  });

  client = this.RULE("client", () => {
    this.CONSUME(keywords.client);
    this.CONSUME(t.Integer);
    this.SUBRULE(this.workload);
  });

  workload = this.RULE("workload", () => {
    this.AT_LEAST_ONE_SEP({ SEP: keywords.then, DEF: () => this.SUBRULE(this.workloadStep) });
  });

  workloadStep = this.RULE("workloadStep", () => {
    this.AT_LEAST_ONE_SEP({ SEP: t.Bar, DEF: () => this.SUBRULE(this.workloadCall) });
  });

  workloadCall = this.RULE("workloadCall", () => {
    this.CONSUME(t.Identifier);
    this.SUBRULE(this.arguments);
  });
}
