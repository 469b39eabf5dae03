//! Arithmetic. A result that is no number is `Null`.

use super::{
    Misfit,
    machine::Call,
    value::{Atom, Value},
};

/// The largest number of which every integer below it is one.
const EXACT: f64 = 9_007_199_254_740_992.0;

pub(super) fn apply(call: &Call<'_>) -> Result<Value, Misfit> {
    let name = call.element.name.as_str();
    if name == "mathConstant" {
        return match call.element.attribute("name") {
            Some("pi") => Ok(Value::float(std::f64::consts::PI)),
            Some("e") => Ok(Value::float(std::f64::consts::E)),
            _ => Err(call.misfit()),
        };
    }
    let compute = computation(call, name)?;
    let Some(numbers) = call.numbers()? else { return Ok(Value::Null) };
    let Some(number) = compute(&numbers).ok_or_else(|| call.misfit())? else { return Ok(Value::Null) };
    let is_whole = match name {
        "sum" | "product" | "subtract" | "power" | "max" | "min" => call.is_of_integers(),
        "integerDivide" | "integerModulus" | "truncate" | "round" | "gcd" | "lcm" => true,
        "mathOperator" => matches!(call.element.attribute("name"), Some("floor" | "ceil" | "signum")),
        _ => false,
    };
    Ok(match number {
        number if number.is_nan() => Value::Null,
        number if is_whole => whole(number).map_or(Value::Null, Value::One),
        number => Value::float(number),
    })
}

/// An integer, if a number is small enough.
pub(super) fn whole(number: f64) -> Option<Atom> {
    (number.abs() < EXACT).then(|| Atom::Integer(number.trunc() as i64))
}

/// `None` if there are too many numbers or too few, `Some(None)` if the result is none.
type Computation<'c> = Box<dyn Fn(&[f64]) -> Option<Option<f64>> + 'c>;

fn computation<'c>(call: &'c Call<'_>, name: &str) -> Result<Computation<'c>, Misfit> {
    fn one(compute: impl Fn(f64) -> f64 + 'static) -> Computation<'static> {
        Box::new(move |numbers| match numbers {
            &[number] => Some(Some(compute(number))),
            _ => None,
        })
    }
    fn two(compute: impl Fn(f64, f64) -> Option<f64> + 'static) -> Computation<'static> {
        Box::new(move |numbers| match numbers {
            &[first, second] => Some(compute(first, second)),
            _ => None,
        })
    }
    fn many(compute: impl Fn(&[f64]) -> f64 + 'static) -> Computation<'static> {
        Box::new(move |numbers| (!numbers.is_empty()).then(|| Some(compute(numbers))))
    }
    Ok(match name {
        "sum" => many(|numbers| numbers.iter().sum()),
        "product" => many(|numbers| numbers.iter().product()),
        "max" => many(|numbers| numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max)),
        "min" => many(|numbers| numbers.iter().copied().fold(f64::INFINITY, f64::min)),
        "gcd" => many(|numbers| numbers.iter().copied().fold(0.0, gcd)),
        "lcm" => many(|numbers| numbers.iter().copied().fold(1.0, lcm)),
        "subtract" => two(|first, second| Some(first - second)),
        "divide" => two(|first, second| (second != 0.0).then_some(first / second)),
        "power" => two(|first, second| Some(first.powf(second)).filter(|number| number.is_finite())),
        "integerDivide" => two(|first, second| (second != 0.0).then(|| (first / second).floor())),
        "integerModulus" => two(|first, second| (second != 0.0).then(|| first - second * (first / second).floor())),
        "truncate" => one(f64::trunc),
        "round" => one(half_up),
        "integerToFloat" => one(|number| number),
        "roundTo" => {
            let figures = Figures::read(call)?;
            one(move |number| rounded(number, figures))
        }
        "mathOperator" => mathematics(call)?,
        "statsOperator" => statistics(call)?,
        _ => return Err(call.misfit()),
    })
}

fn mathematics(call: &Call<'_>) -> Result<Computation<'static>, Misfit> {
    let name = call.element.attribute("name").unwrap_or_default().to_owned();
    if name == "atan2" {
        return Ok(Box::new(|numbers| match numbers {
            &[y, x] => Some(Some(y.atan2(x))),
            _ => None,
        }));
    }
    let function: fn(f64) -> f64 = match name.as_str() {
        "sin" => f64::sin,
        "cos" => f64::cos,
        "tan" => f64::tan,
        "sec" => |number| number.cos().recip(),
        "csc" => |number| number.sin().recip(),
        "cot" => |number| number.tan().recip(),
        "asin" => f64::asin,
        "acos" => f64::acos,
        "atan" => f64::atan,
        "asec" => |number| number.recip().acos(),
        "acsc" => |number| number.recip().asin(),
        "acot" => |number| number.recip().atan(),
        "sinh" => f64::sinh,
        "cosh" => f64::cosh,
        "tanh" => f64::tanh,
        "sech" => |number| number.cosh().recip(),
        "csch" => |number| number.sinh().recip(),
        "coth" => |number| number.tanh().recip(),
        "log" => f64::log10,
        "ln" => f64::ln,
        "exp" => f64::exp,
        "abs" => f64::abs,
        "signum" => |number| if number == 0.0 { 0.0 } else { number.signum() },
        "floor" => f64::floor,
        "ceil" => f64::ceil,
        "toDegrees" => f64::to_degrees,
        "toRadians" => f64::to_radians,
        _ => return Err(call.misfit()),
    };
    Ok(Box::new(move |numbers| match numbers {
        &[number] => Some(Some(function(number))),
        _ => None,
    }))
}

fn statistics(call: &Call<'_>) -> Result<Computation<'static>, Misfit> {
    let (divisor, is_root) = match call.element.attribute("name") {
        Some("mean") => {
            return Ok(Box::new(|numbers| (!numbers.is_empty()).then(|| Some(mean(numbers)))));
        }
        Some("sampleVariance") => (1.0, false),
        Some("sampleSD") => (1.0, true),
        Some("popVariance") => (0.0, false),
        Some("popSD") => (0.0, true),
        _ => return Err(call.misfit()),
    };
    Ok(Box::new(move |numbers| {
        let mean = mean(numbers);
        let squares: f64 = numbers.iter().map(|number| (number - mean).powi(2)).sum();
        let count = numbers.len() as f64 - divisor;
        let variance = squares / count;
        Some((count > 0.0).then(|| if is_root { variance.sqrt() } else { variance }))
    }))
}

fn mean(numbers: &[f64]) -> f64 {
    numbers.iter().sum::<f64>() / numbers.len() as f64
}

fn gcd(first: f64, second: f64) -> f64 {
    let (mut first, mut second) = (first.abs().trunc(), second.abs().trunc());
    while second != 0.0 && first.is_finite() {
        (first, second) = (second, first % second);
    }
    first
}

fn lcm(first: f64, second: f64) -> f64 {
    let divisor = gcd(first, second);
    if divisor == 0.0 { 0.0 } else { (first * second / divisor).abs() }
}

/// What lies in the middle goes up: 6.5 is 7, and -6.5 is -6.
fn half_up(number: f64) -> f64 {
    (number + 0.5).floor()
}

/// How far a number is rounded.
#[derive(Clone, Copy, Debug)]
pub(super) enum Figures {
    Decimal(i32),
    Significant(i32),
}

impl Figures {
    pub(super) fn read(call: &Call<'_>) -> Result<Self, Misfit> {
        let figures = call.number("figures")?.ok_or_else(|| call.misfit())?.clamp(0.0, 300.0) as i32;
        match call.element.attribute("roundingMode").unwrap_or("significantFigures") {
            "decimalPlaces" => Ok(Self::Decimal(figures)),
            "significantFigures" if figures > 0 => Ok(Self::Significant(figures)),
            _ => Err(call.misfit()),
        }
    }
}

/// A number rounded as far as told.
pub(super) fn rounded(number: f64, figures: Figures) -> f64 {
    let places = match figures {
        Figures::Decimal(places) => places,
        Figures::Significant(_) if number == 0.0 || !number.is_finite() => return number,
        Figures::Significant(figures) => figures - 1 - number.abs().log10().floor() as i32,
    };
    let factor = 10_f64.powi(places);
    let scaled = number * factor;
    if scaled.is_finite() && factor > 0.0 { half_up(scaled) / factor } else { number }
}
