import type { IParserErrorMessageProvider, TokenType } from "chevrotain";
import { CstParser } from "./chevrotain.ts";
import * as t from "./tokens.ts";
import { keywords } from "./tokens.ts";

/** The grammar of types and expressions, without which `AdoParser` would be too long to read. */
export class ExpressionParser extends CstParser {
  constructor(messages: IParserErrorMessageProvider) {
    super(t.vocabulary, {
      recoveryEnabled: true,
      nodeLocationTracking: "full",
      maxLookahead: 3,
      errorMessageProvider: messages,
    });
  }

  // Types

  type = this.RULE("type", () => {
    this.AT_LEAST_ONE_SEP({ SEP: t.Star, DEF: () => this.SUBRULE(this.typeTerm) });
  });

  typeTerm = this.RULE("typeTerm", () => {
    this.MANY(() => this.CONSUME(keywords.option));
    this.SUBRULE(this.typeAtom);
  });

  typeAtom = this.RULE("typeAtom", () => {
    this.OR([
      {
        ALT: () => {
          this.CONSUME(t.Identifier);
          this.OPTION(() => {
            this.CONSUME(t.LeftBracket);
            this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.type) });
            this.CONSUME(t.RightBracket);
          });
        },
      },
      {
        ALT: () => {
          this.CONSUME1(t.LeftBracket, { LABEL: "map" });
          this.SUBRULE1(this.type);
          this.CONSUME1(t.RightBracket);
        },
      },
      {
        ALT: () => {
          this.CONSUME(t.LeftParen);
          this.SUBRULE2(this.type);
          this.CONSUME(t.RightParen);
        },
      },
    ]);
  });

  // Expressions, loosest first

  expression = this.RULE("expression", () => {
    this.AT_LEAST_ONE_SEP({ SEP: t.Implies, DEF: () => this.SUBRULE(this.disjunction) });
  });

  disjunction = this.RULE("disjunction", () => {
    this.AT_LEAST_ONE_SEP({ SEP: t.Or, DEF: () => this.SUBRULE(this.conjunction) });
  });

  conjunction = this.RULE("conjunction", () => {
    this.AT_LEAST_ONE_SEP({ SEP: t.And, DEF: () => this.SUBRULE(this.comparison) });
  });

  comparison = this.RULE("comparison", () => {
    this.SUBRULE(this.sum);
    this.OPTION(() => {
      this.OR([
        { ALT: () => this.CONSUME(t.Equal, { LABEL: "operator" }) },
        { ALT: () => this.CONSUME(t.NotEqual, { LABEL: "operator" }) },
        { ALT: () => this.CONSUME(t.AtMost, { LABEL: "operator" }) },
        { ALT: () => this.CONSUME(t.AtLeast, { LABEL: "operator" }) },
        { ALT: () => this.CONSUME(t.Less, { LABEL: "operator" }) },
        { ALT: () => this.CONSUME(t.Greater, { LABEL: "operator" }) },
        { ALT: () => this.CONSUME(t.Is, { LABEL: "operator" }) },
      ]);
      this.SUBRULE1(this.sum);
    });
  });

  sum = this.RULE("sum", () => {
    this.SUBRULE(this.product);
    this.MANY(() => {
      this.OR([
        { ALT: () => this.CONSUME(t.Plus, { LABEL: "operator" }) },
        { ALT: () => this.CONSUME(t.Minus, { LABEL: "operator" }) },
      ]);
      this.SUBRULE1(this.product);
    });
  });

  product = this.RULE("product", () => {
    this.SUBRULE(this.prefixed);
    this.MANY(() => {
      this.OR([
        { ALT: () => this.CONSUME(t.Star, { LABEL: "operator" }) },
        { ALT: () => this.CONSUME(t.Slash, { LABEL: "operator" }) },
        { ALT: () => this.CONSUME(t.Percent, { LABEL: "operator" }) },
      ]);
      this.SUBRULE1(this.prefixed);
    });
  });

  prefixed = this.RULE("prefixed", () => {
    this.MANY(() => {
      this.OR([
        { ALT: () => this.CONSUME(t.NotNot, { LABEL: "prefix" }) },
        { ALT: () => this.CONSUME(t.Not, { LABEL: "prefix" }) },
        { ALT: () => this.CONSUME(t.Minus, { LABEL: "prefix" }) },
      ]);
    });
    this.SUBRULE(this.postfixed);
  });

  postfixed = this.RULE("postfixed", () => {
    this.SUBRULE(this.atom);
    this.MANY(() => this.SUBRULE(this.postfix));
  });

  postfix = this.RULE("postfix", () => {
    this.OR([
      {
        ALT: () => {
          this.CONSUME(t.Dot);
          this.CONSUME(t.Identifier);
          this.OPTION(() => {
            this.SUBRULE(this.arguments);
            this.OPTION1({
              GATE: () => this.LA(1).tokenType !== t.Plus || endsCall.has(this.LA(2).tokenType),
              DEF: () => this.SUBRULE(this.callForm),
            });
          });
        },
      },
      {
        ALT: () => {
          this.CONSUME(t.LeftBracket);
          this.SUBRULE(this.expression);
          this.CONSUME(t.RightBracket);
        },
      },
    ]);
  });

  callForm = this.RULE("callForm", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.NotNot) },
      { ALT: () => this.CONSUME(t.Not) },
      { ALT: () => this.CONSUME(t.Question) },
      { ALT: () => this.CONSUME(t.Plus) },
    ]);
  });

  arguments = this.RULE("arguments", () => {
    this.CONSUME(t.LeftParen);
    this.MANY_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.expression) });
    this.CONSUME(t.RightParen);
  });

  atom = this.RULE("atom", () => {
    this.OR([
      { ALT: () => this.CONSUME(t.Integer, { LABEL: "literal" }) },
      { ALT: () => this.CONSUME(t.Text, { LABEL: "literal" }) },
      { ALT: () => this.CONSUME(keywords.true, { LABEL: "literal" }) },
      { ALT: () => this.CONSUME(keywords.false, { LABEL: "literal" }) },
      { ALT: () => this.CONSUME(keywords.None, { LABEL: "literal" }) },
      { ALT: () => this.CONSUME(keywords.FAIL, { LABEL: "literal" }) },
      { ALT: () => this.CONSUME(keywords.me, { LABEL: "literal" }) },
      { ALT: () => this.CONSUME(keywords.request, { LABEL: "literal" }) },
      { ALT: () => this.CONSUME(keywords.any, { LABEL: "literal" }) },
      { ALT: () => this.SUBRULE(this.some) },
      { ALT: () => this.SUBRULE(this.quantifier) },
      // `{` after a name opens a block unless an entry `field:` follows: `for i in 0..N { … }`.
      { GATE: () => this.LA(4).tokenType === t.Colon, ALT: () => this.SUBRULE(this.record) },
      { ALT: () => this.SUBRULE(this.name) },
      { ALT: () => this.SUBRULE(this.parenthesis) },
      { ALT: () => this.SUBRULE(this.list) },
    ]);
  });

  some = this.RULE("some", () => {
    this.CONSUME(keywords.Some);
    this.CONSUME(t.LeftParen);
    this.SUBRULE(this.expression);
    this.CONSUME(t.RightParen);
  });

  quantifier = this.RULE("quantifier", () => {
    this.OR([{ ALT: () => this.CONSUME(keywords.forall) }, { ALT: () => this.CONSUME(keywords.exists) }]);
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.binding) });
    this.CONSUME(t.Colon);
    this.SUBRULE(this.expression);
  });

  binding = this.RULE("binding", () => {
    this.CONSUME(t.Identifier);
    this.OPTION(() => {
      this.CONSUME(keywords.in);
      this.SUBRULE(this.domain);
    });
  });

  record = this.RULE("record", () => {
    this.CONSUME(t.Identifier);
    this.CONSUME(t.LeftBrace);
    this.SUBRULE(this.recordEntry);
    this.MANY(() => {
      this.CONSUME(t.Comma);
      this.SUBRULE1(this.recordEntry);
    });
    this.CONSUME(t.RightBrace);
  });

  recordEntry = this.RULE("recordEntry", () => {
    this.CONSUME(t.Identifier);
    this.CONSUME(t.Colon);
    this.SUBRULE(this.expression);
  });

  name = this.RULE("name", () => {
    this.OPTION(() => {
      this.CONSUME(keywords.this);
      this.CONSUME(t.Dot);
    });
    this.CONSUME(t.Identifier);
    this.OPTION1(() => this.SUBRULE(this.arguments));
  });

  parenthesis = this.RULE("parenthesis", () => {
    this.CONSUME(t.LeftParen);
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.expression) });
    this.CONSUME(t.RightParen);
  });

  list = this.RULE("list", () => {
    this.CONSUME(t.LeftBracket);
    this.MANY_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.element) });
    this.CONSUME(t.RightBracket);
  });

  element = this.RULE("element", () => {
    this.OR([{ ALT: () => this.CONSUME(t.Ellipsis) }, { ALT: () => this.SUBRULE(this.expression) }]);
  });

  domain = this.RULE("domain", () => {
    this.SUBRULE(this.expression);
    this.OPTION(() => {
      this.CONSUME(t.Range);
      this.SUBRULE1(this.expression);
    });
  });
}

/** What may follow `o.m(args)+`; anything else makes the `+` an addition. */
const endsCall = new Set<TokenType>([
  ...[t.Semicolon, t.RightParen, t.Comma, t.RightBracket, t.RightBrace, t.LeftBrace],
  ...[t.Equal, t.NotEqual, t.AtMost, t.AtLeast, t.Less, t.Greater, t.And, t.Or, t.Implies, t.Dot],
  ...[t.Plus, t.Star, t.Slash, t.Percent, t.Range, t.Assign, t.Colon],
]);
