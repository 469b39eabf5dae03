//! Reads regular expressions.

use std::{iter::Peekable, str::Chars};

/// Groups within each other.
const MAX_DEPTH: usize = 50;
/// Most times that a part may be told to repeat.
const MAX_TIMES: u32 = 1_000;

/// A part of an expression, and how often it stands there.
pub(super) struct Repeated {
    pub(super) part: Part,
    pub(super) least: u32,
    /// No bound if `None`.
    pub(super) most: Option<u32>,
}

pub(super) enum Part {
    Set(Set),
    /// Alternatives.
    Group(Vec<Vec<Repeated>>),
}

/// Letters.
pub(super) struct Set {
    is_negated: bool,
    items: Vec<Item>,
    minus: Option<Box<Self>>,
}

enum Item {
    Range(char, char),
    Class { is_of: fn(char) -> bool, is_negated: bool },
}

impl Set {
    pub(super) fn holds(&self, letter: char) -> bool {
        let is_in = self.items.iter().any(|item| match item {
            Item::Range(from, to) => (*from..=*to).contains(&letter),
            Item::Class { is_of, is_negated } => is_of(letter) != *is_negated,
        });
        is_in != self.is_negated && !self.minus.as_ref().is_some_and(|minus| minus.holds(letter))
    }

    fn of(item: Item) -> Self {
        Self { is_negated: false, items: vec![item], minus: None }
    }
}

pub(super) struct Parser<'p> {
    letters: Peekable<Chars<'p>>,
    depth: usize,
}

impl Parser<'_> {
    /// The alternatives of an expression; `None` if it is none.
    pub(super) fn read(pattern: &str) -> Option<Vec<Vec<Repeated>>> {
        let mut parser = Parser { letters: pattern.chars().peekable(), depth: 0 };
        let alternatives = parser.alternatives()?;
        parser.letters.next().is_none().then_some(alternatives)
    }

    fn alternatives(&mut self) -> Option<Vec<Vec<Repeated>>> {
        let mut alternatives = vec![Vec::new()];
        loop {
            match self.letters.peek() {
                None | Some(')') => return Some(alternatives),
                Some('|') => {
                    self.letters.next();
                    alternatives.push(Vec::new());
                }
                Some(_) => {
                    let part = self.part()?;
                    let (least, most) = self.times()?;
                    alternatives.last_mut()?.push(Repeated { part, least, most });
                }
            }
        }
    }

    fn part(&mut self) -> Option<Part> {
        Some(match self.letters.next()? {
            '(' => {
                self.depth = self.depth.checked_add(1).filter(|depth| *depth <= MAX_DEPTH)?;
                let inner = self.alternatives()?;
                self.depth -= 1;
                self.letters.next_if_eq(&')')?;
                Part::Group(inner)
            }
            '[' => Part::Set(self.set()?),
            '.' => Part::Set(Set::of(Item::Class { is_of: |letter| matches!(letter, '\n' | '\r'), is_negated: true })),
            '\\' => Part::Set(Set::of(self.escaped()?)),
            '*' | '+' | '?' | '{' | '}' | ']' | ')' => return None,
            letter => Part::Set(Set::of(Item::Range(letter, letter))),
        })
    }

    fn times(&mut self) -> Option<(u32, Option<u32>)> {
        let times = match self.letters.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => {
                self.letters.next();
                return self.counted();
            }
            _ => return Some((1, Some(1))),
        };
        self.letters.next();
        Some(times)
    }

    fn counted(&mut self) -> Option<(u32, Option<u32>)> {
        let least = self.number()?;
        let most = match self.letters.next_if_eq(&',') {
            None => Some(least),
            Some(_) if self.letters.peek() == Some(&'}') => None,
            Some(_) => Some(self.number()?),
        };
        self.letters.next_if_eq(&'}')?;
        most.is_none_or(|most| least <= most).then_some((least, most))
    }

    fn number(&mut self) -> Option<u32> {
        let mut digits = String::new();
        while let Some(digit) = self.letters.next_if(char::is_ascii_digit) {
            digits.push(digit);
        }
        digits.parse().ok().filter(|number| *number <= MAX_TIMES)
    }

    /// What stands behind `[`.
    fn set(&mut self) -> Option<Set> {
        let is_negated = self.letters.next_if_eq(&'^').is_some();
        let (mut items, mut minus) = (Vec::new(), None);
        loop {
            match self.letters.next()? {
                ']' if !items.is_empty() => return Some(Set { is_negated, items, minus }),
                '-' if self.letters.peek() == Some(&'[') && !items.is_empty() => {
                    self.letters.next();
                    self.depth = self.depth.checked_add(1).filter(|depth| *depth <= MAX_DEPTH)?;
                    minus = Some(Box::new(self.set()?));
                    self.depth -= 1;
                    self.letters.next_if_eq(&']')?;
                    return Some(Set { is_negated, items, minus });
                }
                '[' => return None,
                '\\' => {
                    let item = self.escaped()?;
                    let item = self.ranged(item)?;
                    items.push(item);
                }
                letter => {
                    let item = self.ranged(Item::Range(letter, letter))?;
                    items.push(item);
                }
            }
        }
    }

    /// The range that a letter begins, if it begins one.
    fn ranged(&mut self, item: Item) -> Option<Item> {
        let Item::Range(from, _) = item else { return Some(item) };
        let mut ahead = self.letters.clone();
        if ahead.next() != Some('-') || matches!(ahead.peek(), Some(']' | '[') | None) {
            return Some(item);
        }
        self.letters = ahead;
        let to = match self.letters.next()? {
            '\\' => match self.escaped()? {
                Item::Range(to, _) => to,
                Item::Class { .. } => return None,
            },
            to => to,
        };
        (from <= to).then_some(Item::Range(from, to))
    }

    /// What stands behind a backslash.
    fn escaped(&mut self) -> Option<Item> {
        let letter = self.letters.next()?;
        let one = |letter: char| Some(Item::Range(letter, letter));
        let class = |is_of: fn(char) -> bool| Some(Item::Class { is_of, is_negated: letter.is_ascii_uppercase() });
        match letter {
            'n' => one('\n'),
            'r' => one('\r'),
            't' => one('\t'),
            'd' | 'D' => class(char::is_numeric),
            's' | 'S' => class(|letter| matches!(letter, ' ' | '\t' | '\n' | '\r')),
            'w' | 'W' => class(|letter| letter.is_alphanumeric()),
            'i' | 'I' => class(|letter| letter.is_alphabetic() || matches!(letter, '_' | ':')),
            'c' | 'C' => class(|letter| letter.is_alphanumeric() || matches!(letter, '_' | ':' | '-' | '.')),
            'p' | 'P' => self.letters.next_if_eq(&'{').and_then(|_| self.category()).and_then(class),
            letter if letter.is_ascii_punctuation() => one(letter),
            _ => None,
        }
    }

    /// A category of letters, behind its opening brace.
    fn category(&mut self) -> Option<fn(char) -> bool> {
        let mut name = String::new();
        while let Some(letter) = self.letters.next_if(char::is_ascii_alphanumeric) {
            name.push(letter);
        }
        self.letters.next_if_eq(&'}')?;
        let is_of: fn(char) -> bool = match name.as_str() {
            "L" => char::is_alphabetic,
            "Lu" => char::is_uppercase,
            "Ll" => char::is_lowercase,
            "N" | "Nd" => char::is_numeric,
            "P" | "S" => |letter| letter.is_ascii_punctuation(),
            "Z" | "Zs" => char::is_whitespace,
            _ => return None,
        };
        Some(is_of)
    }
}
