//! Truth in three values, and comparison. What is compared with `Null` is `Null`.

use super::{
    Misfit,
    machine::Call,
    numbers::{Figures, rounded},
    value::{Atom, Value},
};

pub(super) fn apply(call: &Call<'_>) -> Result<Value, Misfit> {
    match call.element.name.as_str() {
        "not" => Ok(call.truths()?.first().copied().flatten().map_or(Value::Null, |is_true| Value::truth(!is_true))),
        "and" => Ok(known(call.truths()?.into_iter(), false)),
        "or" => Ok(known(call.truths()?.into_iter(), true)),
        "anyN" => any_of(call),
        "match" => Ok(call.two()?.map_or(Value::Null, |(own, other)| Value::truth(own.is(other)))),
        "equal" => compared(call, equal),
        "equalRounded" => compared(call, |call, own, other| {
            let figures = Figures::read(call)?;
            Ok(rounded(own, figures) == rounded(other, figures))
        }),
        "lt" | "durationLT" => compared(call, |_, own, other| Ok(own < other)),
        "gt" => compared(call, |_, own, other| Ok(own > other)),
        "lte" => compared(call, |_, own, other| Ok(own <= other)),
        "gte" | "durationGTE" => compared(call, |_, own, other| Ok(own >= other)),
        _ => Err(call.misfit()),
    }
}

impl Call<'_> {
    /// The operands as truths; `None` is not known.
    fn truths(&self) -> Result<Vec<Option<bool>>, Misfit> {
        let truth = |value: &Value| match value {
            Value::Null => Ok(None),
            Value::One(Atom::Boolean(is_true)) => Ok(Some(*is_true)),
            _ => Err(self.misfit()),
        };
        self.operands.iter().map(truth).collect()
    }
}

/// One truth of the kind that decides is enough; otherwise all must be known.
fn known(truths: impl Iterator<Item = Option<bool>>, decides: bool) -> Value {
    let mut is_known = true;
    for truth in truths {
        match truth {
            Some(is_true) if is_true == decides => return Value::truth(decides),
            Some(_) => {}
            None => is_known = false,
        }
    }
    if is_known { Value::truth(!decides) } else { Value::Null }
}

/// Whether at least `min` and at most `max` are true, if what is not known cannot change it.
fn any_of(call: &Call<'_>) -> Result<Value, Misfit> {
    let truths = call.truths()?;
    let count = |wanted: Option<bool>| truths.iter().filter(|truth| **truth == wanted).count() as f64;
    let (least, most) = (count(Some(true)), count(Some(true)) + count(None));
    let min = call.number("min")?.ok_or_else(|| call.misfit())?;
    let max = call.number("max")?.ok_or_else(|| call.misfit())?;
    Ok(if least > max || most < min {
        Value::truth(false)
    } else if least >= min && most <= max {
        Value::truth(true)
    } else {
        Value::Null
    })
}

fn compared(call: &Call<'_>, is_so: impl Fn(&Call<'_>, f64, f64) -> Result<bool, Misfit>) -> Result<Value, Misfit> {
    let Some(numbers) = call.numbers()? else { return Ok(Value::Null) };
    match numbers.as_slice() {
        &[own, other] => is_so(call, own, other).map(Value::truth),
        _ => Err(call.misfit()),
    }
}

/// Whether the second number lies around the first as far as is tolerated.
fn equal(call: &Call<'_>, right: f64, given: f64) -> Result<bool, Misfit> {
    let mode = call.element.attribute("toleranceMode").unwrap_or("exact");
    if mode == "exact" {
        return Ok(right == given);
    }
    let tolerances = call.element.attribute("tolerance").unwrap_or_default().split_whitespace();
    let tolerances: Vec<f64> = tolerances.map(|text| call.number_of(text)).collect::<Result<_, _>>()?;
    let (below, above) = match *tolerances.as_slice() {
        [both] => (both, both),
        [below, above] => (below, above),
        _ => return Err(call.misfit()),
    };
    let (low, high) = match mode {
        "absolute" => (right - below, right + above),
        "relative" => (right * (1.0 - below / 100.0), right * (1.0 + above / 100.0)),
        _ => return Err(call.misfit()),
    };
    let (low, high) = (low.min(high), low.max(high));
    let is_above = if call.flag("includeLowerBound", true) { given >= low } else { given > low };
    let is_below = if call.flag("includeUpperBound", true) { given <= high } else { given < high };
    Ok(is_above && is_below)
}
