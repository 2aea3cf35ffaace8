//! Reads a filter: `or` binds least, then `and`, then `not`.
#![deny(clippy::indexing_slicing)]

use super::{
    Compare, Filter, FilterError, MAX_DEPTH, MAX_TESTS, Problem, Test,
    field::{Alone, Field, Name, named},
    token::{Piece, Sign, Token, tokens},
    value,
};

/// Reads a filter as a person typed it.
pub fn parse(text: &str) -> Result<Filter, FilterError> {
    let tokens = tokens(text)?;
    let mut parser = Parser {
        end: text.chars().count() + 1,
        rest: &tokens,
        tests: 0,
    };
    if tokens.is_empty() {
        return Err(parser.fault(Problem::Empty));
    }
    let filter = parser.any(0)?;
    match parser.rest.first() {
        None => Ok(filter),
        Some(_) => Err(parser.expected("“and” or “or”")),
    }
}

struct Parser<'a> {
    /// Column after the last character.
    end: usize,
    rest: &'a [Token],
    tests: usize,
}

impl<'a> Parser<'a> {
    fn column(&self) -> usize {
        self.rest.first().map_or(self.end, |token| token.column)
    }

    fn fault(&self, problem: Problem) -> FilterError {
        at(self.column(), problem)
    }

    fn expected(&self, expected: &'static str) -> FilterError {
        let found = self
            .rest
            .first()
            .map_or_else(|| "the end".to_owned(), |token| token.is.shown());
        self.fault(Problem::Expected { expected, found })
    }

    fn next(&mut self) -> Option<&'a Token> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(first)
    }

    /// Takes a word of the language itself, if it is next.
    fn keyword(&mut self, keyword: &str) -> bool {
        let there = matches!(
            self.rest.first().map(|token| &token.is),
            Some(Piece::Word(word)) if word.eq_ignore_ascii_case(keyword)
        );
        if there {
            self.next();
        }
        there
    }

    fn any(&mut self, depth: usize) -> Result<Filter, FilterError> {
        let mut parts = vec![self.all(depth)?];
        while self.keyword("or") {
            parts.push(self.all(depth)?);
        }
        Ok(several(parts, Filter::Any))
    }

    fn all(&mut self, depth: usize) -> Result<Filter, FilterError> {
        let mut parts = vec![self.not(depth)?];
        while self.keyword("and") {
            parts.push(self.not(depth)?);
        }
        Ok(several(parts, Filter::All))
    }

    fn not(&mut self, depth: usize) -> Result<Filter, FilterError> {
        if depth > MAX_DEPTH {
            return Err(self.fault(Problem::TooDeep));
        }
        let column = self.column();
        if self.keyword("not") {
            return Ok(Filter::Not(Box::new(self.not(depth + 1)?)));
        }
        if self.rest.first().map(|token| &token.is) == Some(&Piece::Open) {
            self.next();
            let inner = self.any(depth + 1)?;
            return match self.rest.first().map(|token| &token.is) {
                Some(Piece::Close) => {
                    self.next();
                    Ok(inner)
                }
                Some(_) => Err(self.expected("“and”, “or” or “)”")),
                None => Err(at(column, Problem::OpenParenthesis)),
            };
        }
        self.test()
    }

    fn test(&mut self) -> Result<Filter, FilterError> {
        let column = self.column();
        let Some(Token {
            is: Piece::Word(word),
            ..
        }) = self.rest.first()
        else {
            return Err(self.expected("a name such as score, pay or remote"));
        };
        if ["and", "or"]
            .iter()
            .any(|key| word.eq_ignore_ascii_case(key))
        {
            return Err(self.expected("a name such as score, pay or remote"));
        }
        self.next();
        self.tests += 1;
        if self.tests > MAX_TESTS {
            return Err(at(column, Problem::TooMany));
        }
        let sign = match self.rest.first() {
            Some(Token {
                is: Piece::Sign(sign),
                column,
            }) => Some((*sign, *column)),
            _ => None,
        };
        let name = named(word, sign.is_some()).map_err(|problem| at(column, problem))?;
        match (name, sign) {
            (Name::Alone(alone), None) => Ok(Filter::Is(state(alone))),
            (Name::Alone(_), Some(_)) => Err(self.expected("“and” or “or”")),
            (Name::Field(..), None) => Err(self.expected("a comparison such as > or :")),
            (Name::Field(name, field), Some((sign, column))) => {
                self.next();
                if field.is_ordered() && sign == Sign::Has || !field.is_ordered() && orders(sign) {
                    let problem = Problem::WrongComparison {
                        name,
                        given: sign.text(),
                        allowed: field.signs(),
                    };
                    return Err(at(column, problem));
                }
                self.compared(name, field, sign)
            }
        }
    }

    fn compared(
        &mut self,
        name: &'static str,
        field: Field,
        sign: Sign,
    ) -> Result<Filter, FilterError> {
        let column = self.column();
        let given = match self.rest.first().map(|token| &token.is) {
            Some(Piece::Word(text) | Piece::Quoted(text)) => text.as_str(),
            Some(Piece::Sign(_) | Piece::Open | Piece::Close) | None => {
                return Err(self.expected("a value"));
            }
        };
        self.next();
        let compare = match sign {
            Sign::Has => Compare::Equal,
            Sign::Compare(compare) => compare,
        };
        let wrong = |problem| at(column, problem);
        let test = match field {
            Field::Score => Test::Score(compare, value::score(name, given).map_err(wrong)?),
            Field::Pay => {
                let (amount, currency) = value::amount(name, given).map_err(wrong)?;
                let currency = currency.or_else(|| self.currency());
                Test::Pay {
                    compare,
                    amount,
                    currency,
                }
            }
            Field::When(moment) => {
                let when = value::when(name, moment, given).map_err(wrong)?;
                Test::When(moment, compare, when)
            }
            Field::Level => Test::Level(compare, value::level(name, given).map_err(wrong)?),
            Field::Words(of) => Test::Words(of, value::words(name, given).map_err(wrong)?),
            Field::Part(of) => Test::Part(of, value::words(name, given).map_err(wrong)?),
            Field::Country => Test::Country(value::country(name, given).map_err(wrong)?),
            Field::Language => Test::Language(value::language(name, given).map_err(wrong)?),
            Field::Skill => Test::Skill(value::skill(name, given).map_err(wrong)?),
            Field::Workplace => Test::Workplace(value::workplace(name, given).map_err(wrong)?),
            Field::Outcome => Test::Outcome(value::outcome(name, given).map_err(wrong)?),
        };
        let test = Filter::Is(test);
        if !field.is_ordered() && compare == Compare::Other {
            return Ok(Filter::Not(Box::new(test)));
        }
        Ok(test)
    }

    /// A currency after an amount, if one is next.
    fn currency(&mut self) -> Option<String> {
        let Some(Piece::Word(word)) = self.rest.first().map(|token| &token.is) else {
            return None;
        };
        if ["and", "not"]
            .iter()
            .any(|key| word.eq_ignore_ascii_case(key))
        {
            return None;
        }
        let currency = value::currency(word)?;
        self.next();
        Some(currency)
    }
}

fn at(column: usize, problem: Problem) -> FilterError {
    FilterError { column, problem }
}

fn orders(sign: Sign) -> bool {
    match sign {
        Sign::Has | Sign::Compare(Compare::Equal | Compare::Other) => false,
        Sign::Compare(Compare::Less | Compare::AtMost | Compare::AtLeast | Compare::More) => true,
    }
}

fn state(alone: Alone) -> Test {
    match alone {
        Alone::Workplace(kind) => Test::Workplace(kind),
        Alone::Outcome(outcome) => Test::Outcome(outcome),
        Alone::Flag(flag) => Test::Flag(flag),
    }
}

fn several(mut parts: Vec<Filter>, join: impl FnOnce(Vec<Filter>) -> Filter) -> Filter {
    match parts.pop() {
        Some(only) if parts.is_empty() => only,
        Some(last) => {
            parts.push(last);
            join(parts)
        }
        None => join(parts),
    }
}
