//! Reads what is typed into a calculator, and reckons it.
//!
//! A sum is made of products, a product of powers, with a sign before each; a number before a bracket, a letter or a root
//! is multiplied with it.

use super::{
    AngleUnit, CalcNumber,
    CalcRefusal::{self, BracketMissing, NoSuchNumber, TooLong, Unfinished, Unreadable},
    CalculatorKind,
};
use crate::person::to_half_width;

/// Letters of an expression.
pub const MOST_TYPED: usize = 200;
/// Brackets and signs within each other.
const DEEPEST: usize = 60;
/// The circle's number, and the base of natural logarithms, as far as it is reckoned with.
const PI: &str = "3.14159265358979324";
const E: &str = "2.71828182845904524";
/// What a percentage is part of.
const HUNDRED: i32 = 100;
/// Degrees of a whole turn.
const TURN: f64 = 360.0;

/// What an expression is read with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CalcSetting {
    /// Which calculator it is.
    pub kind: CalculatorKind,
    /// What its angles are measured in.
    pub angle: AngleUnit,
    /// What `M` stands for.
    pub memory: CalcNumber,
}

/// Reckons an expression.
///
/// # Errors
/// [`CalcRefusal`] says why there is no result.
pub fn evaluate(text: &str, setting: &CalcSetting) -> Result<CalcNumber, CalcRefusal> {
    let letters: Vec<char> = text.chars().filter(|letter| !letter.is_whitespace()).map(usual).collect();
    if letters.len() > MOST_TYPED {
        return Err(TooLong);
    }
    let mut reader = Reader { letters: &letters, at: 0, depth: 0, setting };
    let result = reader.sum()?;
    match reader.next() {
        None => Ok(result),
        Some(')') => Err(BracketMissing),
        Some(_) => Err(Unreadable),
    }
}

/// The one letter for all that mean the same, as keyboards and input methods write them.
fn usual(letter: char) -> char {
    match to_half_width(letter) {
        '\u{2212}' | '\u{2013}' | '\u{2014}' => '-',
        '*' | '\u{B7}' => '×',
        '/' => '÷',
        letter => letter.to_ascii_lowercase(),
    }
}

struct Reader<'a> {
    letters: &'a [char],
    at: usize,
    depth: usize,
    setting: &'a CalcSetting,
}

impl Reader<'_> {
    fn next(&self) -> Option<char> {
        self.letters.get(self.at).copied()
    }

    /// Goes on if this letter comes next; whether it did.
    fn takes(&mut self, letter: char) -> bool {
        let is_next = self.next() == Some(letter);
        self.at += usize::from(is_next);
        is_next
    }

    /// Letters as long as they are so.
    fn run(&mut self, is_so: fn(&char) -> bool) -> String {
        let run: String = self.letters.iter().skip(self.at).take_while(|letter| is_so(letter)).collect();
        self.at += run.len();
        run
    }

    fn is_scientific(&self) -> bool {
        self.setting.kind == CalculatorKind::Scientific
    }

    fn sum(&mut self) -> Result<CalcNumber, CalcRefusal> {
        let mut sum = self.product()?;
        loop {
            if self.takes('+') {
                sum = sum.plus(self.product()?)?;
            } else if self.takes('-') {
                sum = sum.minus(self.product()?)?;
            } else {
                return Ok(sum);
            }
        }
    }

    fn product(&mut self) -> Result<CalcNumber, CalcRefusal> {
        let mut product = self.signed()?;
        loop {
            if self.takes('×') {
                product = product.times(self.signed()?)?;
            } else if self.takes('÷') {
                product = product.divided_by(self.signed()?)?;
            } else if self.next().is_some_and(|letter| matches!(letter, '(' | 'π' | '√') || letter.is_ascii_lowercase())
            {
                product = product.times(self.power()?)?;
            } else {
                return Ok(product);
            }
        }
    }

    fn signed(&mut self) -> Result<CalcNumber, CalcRefusal> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(TooLong);
        }
        let signed = if self.takes('-') {
            self.signed()?.negated()
        } else if self.takes('+') {
            self.signed()?
        } else {
            self.power()?
        };
        self.depth -= 1;
        Ok(signed)
    }

    /// A power binds closer than the sign before it, and looser than the one in it.
    fn power(&mut self) -> Result<CalcNumber, CalcRefusal> {
        let base = self.marked()?;
        if self.takes('^') { base.power(self.signed()?) } else { Ok(base) }
    }

    /// A value with what stands behind it.
    fn marked(&mut self) -> Result<CalcNumber, CalcRefusal> {
        let mut value = self.value()?;
        loop {
            if self.takes('%') {
                value = value.divided_by(CalcNumber::whole(HUNDRED))?;
            } else if self.takes('²') {
                value = value.times(value)?;
            } else if self.is_scientific() && self.takes('!') {
                value = value.factorial()?;
            } else {
                return Ok(value);
            }
        }
    }

    fn value(&mut self) -> Result<CalcNumber, CalcRefusal> {
        match self.next() {
            None => Err(Unfinished),
            Some('(') => self.bracket(),
            Some('√') => {
                self.at += 1;
                self.inner()?.root()
            }
            Some('π') if self.is_scientific() => {
                self.at += 1;
                CalcNumber::parse(PI)
            }
            Some(letter) if letter.is_ascii_digit() || letter == '.' => {
                CalcNumber::parse(&self.run(|letter| letter.is_ascii_digit() || *letter == '.'))
            }
            Some(letter) if letter.is_ascii_lowercase() => self.word(),
            Some(_) => Err(Unreadable),
        }
    }

    fn bracket(&mut self) -> Result<CalcNumber, CalcRefusal> {
        self.at += 1;
        let value = self.sum()?;
        if self.takes(')') {
            Ok(value)
        } else if self.next().is_none() {
            Err(BracketMissing)
        } else {
            Err(Unreadable)
        }
    }

    /// What a root or a function is taken of.
    fn inner(&mut self) -> Result<CalcNumber, CalcRefusal> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(TooLong);
        }
        let inner = self.value()?;
        self.depth -= 1;
        Ok(inner)
    }

    fn word(&mut self) -> Result<CalcNumber, CalcRefusal> {
        let word = self.run(char::is_ascii_lowercase);
        match word.as_str() {
            "m" => return Ok(self.setting.memory),
            _ if !self.is_scientific() => return Err(Unreadable),
            "e" => return CalcNumber::parse(E),
            _ => {}
        }
        let function = FUNCTIONS.iter().find(|(name, _)| *name == word).ok_or(Unreadable)?.1;
        function(self.inner()?, self.setting.angle)
    }
}

type Function = fn(CalcNumber, AngleUnit) -> Result<CalcNumber, CalcRefusal>;

/// What a scientific calculator knows by its name.
const FUNCTIONS: &[(&str, Function)] = &[
    ("sin", |of, unit| CalcNumber::from_sine(angle(of, unit).sin())),
    ("cos", |of, unit| CalcNumber::from_sine(angle(of, unit).cos())),
    ("tan", tangent),
    ("asin", |of, unit| turned(of.float().asin(), unit)),
    ("acos", |of, unit| turned(of.float().acos(), unit)),
    ("atan", |of, unit| turned(of.float().atan(), unit)),
    ("ln", |of, _| logarithm(of, f64::ln)),
    ("lg", |of, _| logarithm(of, f64::log10)),
    ("log", |of, _| logarithm(of, f64::log10)),
];

/// An angle as the machine measures it, less than a whole turn where turns are counted exactly.
fn angle(of: CalcNumber, unit: AngleUnit) -> f64 {
    match unit {
        AngleUnit::Degrees => (of.float() % TURN).to_radians(),
        AngleUnit::Radians => of.float(),
    }
}

fn tangent(of: CalcNumber, unit: AngleUnit) -> Result<CalcNumber, CalcRefusal> {
    let angle = angle(of, unit);
    if CalcNumber::from_sine(angle.cos())? == CalcNumber::ZERO {
        return Err(NoSuchNumber);
    }
    CalcNumber::from_sine(angle.tan())
}

/// The angle that a function was turned round to.
fn turned(angle: f64, unit: AngleUnit) -> Result<CalcNumber, CalcRefusal> {
    match unit {
        _ if angle.is_nan() => Err(NoSuchNumber),
        AngleUnit::Degrees => CalcNumber::from_float(angle.to_degrees()),
        AngleUnit::Radians => CalcNumber::from_float(angle),
    }
}

fn logarithm(of: CalcNumber, logarithm: fn(f64) -> f64) -> Result<CalcNumber, CalcRefusal> {
    if of.float() > 0.0 { CalcNumber::from_float(logarithm(of.float())) } else { Err(NoSuchNumber) }
}
