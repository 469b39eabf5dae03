//! Decimal numbers with a point that floats.

use super::CalcRefusal::{self, DivisionByZero, NoSuchNumber, TooLarge, TooLong};
use std::fmt;

/// Digits that are reckoned with: more than are shown, so that a third taken three times is one.
const DIGITS: u32 = 18;
/// Digits that are shown.
const SHOWN: u32 = 12;
/// A number below 10 to this power is shown; below 10 to its negative it is nothing.
const MOST: i32 = 100;
/// Numbers from 10 to this power on are shown without all their zeros, and so is what is smaller than its part.
const PLAIN: i32 = 12;
const PLAIN_PARTS: i32 = -5;
/// A dividend is widened to so many digits, which leaves enough of the quotient to round.
const WIDE: i128 = 10_i128.pow(2 * DIGITS);
/// Digits of a number that somebody types.
const TYPED: usize = 30;
/// Powers up to this one are multiplied out.
const POWERS: i128 = 1_000;
/// The largest factorial below the largest number.
const FACTORIALS: i128 = 69;
/// What a sine is off at most that should be zero.
const NOTHING: f64 = 1e-14;

/// A number of a calculator: `mantissa` times 10 to the power of `exponent`, the one without zeros at its end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CalcNumber {
    mantissa: i128,
    exponent: i32,
}

impl CalcNumber {
    /// Nothing.
    pub const ZERO: Self = Self { mantissa: 0, exponent: 0 };
    /// One.
    pub const ONE: Self = Self { mantissa: 1, exponent: 0 };

    /// A whole number.
    #[must_use]
    pub fn whole(number: i32) -> Self {
        let (mantissa, exponent) = rounded(number.into(), 0, DIGITS);
        Self { mantissa, exponent }
    }

    /// Rounds to what is reckoned with.
    fn of(mantissa: i128, exponent: i32) -> Result<Self, CalcRefusal> {
        let (mantissa, exponent) = rounded(mantissa, exponent, DIGITS);
        let number = Self { mantissa, exponent };
        match number.magnitude() {
            magnitude if magnitude > MOST => Err(TooLarge),
            magnitude if magnitude < -MOST => Ok(Self::ZERO),
            _ => Ok(number),
        }
    }

    /// Digits with at most one point among them.
    pub(super) fn parse(text: &str) -> Result<Self, CalcRefusal> {
        let (whole, parts) = text.split_once('.').unwrap_or((text, ""));
        if whole.is_empty() && parts.is_empty() {
            return Err(CalcRefusal::Unreadable);
        }
        if whole.len() + parts.len() > TYPED {
            return Err(TooLong);
        }
        let mantissa = format!("{whole}{parts}").parse().map_err(|_| CalcRefusal::Unreadable)?;
        let exponent = i32::try_from(parts.len()).map_err(|_| TooLong)?;
        Self::of(mantissa, -exponent)
    }

    /// The power of ten below which it lies, whatever its sign.
    fn magnitude(self) -> i32 {
        let digits = self.mantissa.unsigned_abs().checked_ilog10().map_or(0, |log| log + 1);
        self.exponent.saturating_add_unsigned(digits)
    }

    /// The same on the other side of zero.
    #[must_use]
    pub const fn negated(self) -> Self {
        Self { mantissa: -self.mantissa, exponent: self.exponent }
    }

    /// The sum.
    ///
    /// # Errors
    /// [`CalcRefusal::TooLarge`].
    pub fn plus(self, other: Self) -> Result<Self, CalcRefusal> {
        let (coarse, fine) = if self.exponent >= other.exponent { (self, other) } else { (other, self) };
        if coarse.mantissa == 0 || fine.mantissa == 0 {
            return Ok(if coarse.mantissa == 0 { fine } else { coarse });
        }
        let gap = coarse.exponent.abs_diff(fine.exponent);
        let aligned = 10_i128.checked_pow(gap).and_then(|power| coarse.mantissa.checked_mul(power));
        match aligned.and_then(|aligned| aligned.checked_add(fine.mantissa)) {
            Some(sum) => Self::of(sum, fine.exponent),
            // The finer one is too small to be seen beside the other.
            None => Ok(coarse),
        }
    }

    /// The difference.
    ///
    /// # Errors
    /// [`CalcRefusal::TooLarge`].
    pub fn minus(self, other: Self) -> Result<Self, CalcRefusal> {
        self.plus(other.negated())
    }

    /// The product.
    ///
    /// # Errors
    /// [`CalcRefusal::TooLarge`].
    pub fn times(self, other: Self) -> Result<Self, CalcRefusal> {
        Self::of(self.mantissa * other.mantissa, self.exponent + other.exponent)
    }

    /// The quotient.
    ///
    /// # Errors
    /// [`CalcRefusal::DivisionByZero`], [`CalcRefusal::TooLarge`].
    pub fn divided_by(self, other: Self) -> Result<Self, CalcRefusal> {
        if other.mantissa == 0 {
            return Err(DivisionByZero);
        }
        let (mut mantissa, mut exponent) = (self.mantissa, self.exponent);
        while mantissa != 0 && mantissa.abs() < WIDE {
            mantissa *= 10;
            exponent -= 1;
        }
        Self::of(mantissa / other.mantissa, exponent - other.exponent)
    }

    /// The whole number that it is, if it is one that can be counted to.
    fn counted(self) -> Option<i128> {
        let power = 10_i128.checked_pow(u32::try_from(self.exponent).ok()?)?;
        self.mantissa.checked_mul(power)
    }

    /// Raised to a power.
    ///
    /// # Errors
    /// [`CalcRefusal::NoSuchNumber`] for zero to the power of zero and for what is no whole power of a negative number,
    /// [`CalcRefusal::DivisionByZero`], [`CalcRefusal::TooLarge`].
    pub(super) fn power(self, exponent: Self) -> Result<Self, CalcRefusal> {
        match (self.mantissa, exponent.mantissa) {
            (0, 0) => Err(NoSuchNumber),
            (0, 1..) => Ok(Self::ZERO),
            (0, _) => Err(DivisionByZero),
            _ => match exponent.counted().filter(|count| count.abs() <= POWERS) {
                Some(count) if count < 0 => match self.multiplied(-count) {
                    Err(TooLarge) => Ok(Self::ZERO),
                    power => Self::ONE.divided_by(power?),
                },
                Some(count) => self.multiplied(count),
                None if self.mantissa < 0 => Err(NoSuchNumber),
                None => Self::from_float(self.float().powf(exponent.float())),
            },
        }
    }

    /// Multiplied with itself so many times.
    fn multiplied(self, mut count: i128) -> Result<Self, CalcRefusal> {
        let (mut product, mut square) = (Self::ONE, self);
        while count > 0 {
            if count % 2 == 1 {
                product = product.times(square)?;
            }
            count /= 2;
            if count > 0 {
                square = square.times(square)?;
            }
        }
        Ok(product)
    }

    /// The product of all whole numbers from one to it.
    ///
    /// # Errors
    /// [`CalcRefusal::NoSuchNumber`] if it is no whole number from zero on, [`CalcRefusal::TooLarge`].
    pub(super) fn factorial(self) -> Result<Self, CalcRefusal> {
        let count = self.counted().filter(|count| *count >= 0).ok_or(NoSuchNumber)?;
        if count > FACTORIALS {
            return Err(TooLarge);
        }
        (1..=count).try_fold(Self::ONE, |product, factor| product.times(Self::of(factor, 0)?))
    }

    /// The square root.
    ///
    /// # Errors
    /// [`CalcRefusal::NoSuchNumber`] of a negative number.
    pub(super) fn root(self) -> Result<Self, CalcRefusal> {
        if self.mantissa < 0 { Err(NoSuchNumber) } else { Self::from_float(self.float().sqrt()) }
    }

    /// As the machine has it: for what decimals have no rule for.
    pub(super) fn float(self) -> f64 {
        format!("{}e{}", self.mantissa, self.exponent).parse().unwrap_or(f64::NAN)
    }

    /// The decimal that the machine means.
    ///
    /// # Errors
    /// [`CalcRefusal::TooLarge`].
    pub(super) fn from_float(number: f64) -> Result<Self, CalcRefusal> {
        if !number.is_finite() {
            return Err(TooLarge);
        }
        // Its last digits are what it errs by.
        let text = format!("{number:.14e}");
        let (digits, exponent) = text.split_once('e').ok_or(TooLarge)?;
        let mantissa = digits.replace('.', "").parse().map_err(|_| TooLarge)?;
        let exponent: i32 = exponent.parse().map_err(|_| TooLarge)?;
        Self::of(mantissa, exponent - 14)
    }

    /// The same of a sine or cosine, of which zero seldom comes out as zero.
    pub(super) fn from_sine(number: f64) -> Result<Self, CalcRefusal> {
        Self::from_float(if number.abs() < NOTHING { 0.0 } else { number })
    }
}

/// At most so many digits, rounded half away from zero, and without zeros at the end.
fn rounded(mut mantissa: i128, mut exponent: i32, digits: u32) -> (i128, i32) {
    let most = 10_i128.pow(digits);
    let mut divisor = 1;
    // One division, so that nothing is rounded twice.
    while (mantissa / divisor).abs() >= most {
        divisor *= 10;
        exponent += 1;
    }
    let rest = mantissa % divisor;
    mantissa /= divisor;
    if rest != 0 && rest.abs() >= divisor / 2 {
        mantissa += rest.signum();
    }
    if mantissa == 0 {
        return (0, 0);
    }
    while mantissa % 10 == 0 {
        mantissa /= 10;
        exponent += 1;
    }
    (mantissa, exponent)
}

/// As a calculator shows it, in a way that it can read again.
impl fmt::Display for CalcNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (mantissa, exponent) = rounded(self.mantissa, self.exponent, SHOWN);
        let shown = Self { mantissa, exponent };
        let (digits, magnitude) = (mantissa.unsigned_abs().to_string(), shown.magnitude());
        if mantissa < 0 {
            f.write_str("-")?;
        }
        if !(PLAIN_PARTS..=PLAIN).contains(&magnitude) {
            let (first, others) = digits.split_at(1);
            let point = if others.is_empty() { "" } else { "." };
            return write!(f, "{first}{point}{others}×10^{}", magnitude - 1);
        }
        let places = usize::try_from(-exponent).unwrap_or_default();
        if places == 0 {
            let zeros = "0".repeat(usize::try_from(exponent).unwrap_or_default());
            return write!(f, "{digits}{zeros}");
        }
        let digits = format!("{digits:0>width$}", width = places + 1);
        let (whole, parts) = digits.split_at(digits.len() - places);
        write!(f, "{whole}.{parts}")
    }
}
