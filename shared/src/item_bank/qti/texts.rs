//! Operators on texts.

use super::{
    Misfit,
    machine::Call,
    pattern,
    value::{Atom, Value, float},
};

pub(super) fn apply(call: &Call<'_>) -> Result<Value, Misfit> {
    match call.element.name.as_str() {
        "stringMatch" => {
            let is_part = call.flag("substring", false);
            compared(
                call,
                call.flag("caseSensitive", true),
                |own, other| {
                    if is_part { own.contains(other) } else { own == other }
                },
            )
        }
        "substring" => compared(call, call.flag("caseSensitive", true), |own, other| other.contains(own)),
        "patternMatch" => {
            let pattern = call.element.attribute("pattern").ok_or_else(|| call.misfit())?;
            let Some(text) = text(call, 0)? else { return Ok(Value::Null) };
            pattern::is_match(pattern, &text).map(Value::truth).ok_or_else(|| call.misfit())
        }
        "customOperator" => custom(call),
        _ => Err(call.misfit()),
    }
}

fn compared(call: &Call<'_>, is_exact: bool, is_so: impl Fn(&str, &str) -> bool) -> Result<Value, Misfit> {
    let (Some(own), Some(other)) = (text(call, 0)?, text(call, 1)?) else { return Ok(Value::Null) };
    Ok(Value::truth(match is_exact {
        true => is_so(&own, &other),
        false => is_so(&own.to_lowercase(), &other.to_lowercase()),
    }))
}

/// An operand as a text; `None` if it is `Null`.
fn text(call: &Call<'_>, place: usize) -> Result<Option<String>, Misfit> {
    match call.operand(place)? {
        Value::Null => Ok(None),
        Value::One(Atom::Text(text)) => Ok(Some(text.clone())),
        Value::One(Atom::Integer(number)) => Ok(Some(number.to_string())),
        Value::One(Atom::Float(number)) => Ok(Some(number.to_string())),
        _ => Err(call.misfit()),
    }
}

/// The operators of others that are widely used, whoever names them.
fn custom(call: &Call<'_>) -> Result<Value, Misfit> {
    let definition = call.element.attribute("definition").or_else(|| call.element.attribute("class"));
    let name = definition.unwrap_or_default().rsplit(':').next().unwrap_or_default().to_ascii_lowercase();
    let Some(text) = text(call, 0)? else { return Ok(Value::Null) };
    let written = |text: String| if text.is_empty() { Value::Null } else { Value::One(Atom::Text(text)) };
    match name.as_str() {
        "trim" => Ok(written(text.trim().to_owned())),
        "toascii" => Ok(written(text.chars().map(without_marks).collect())),
        "parsecommadecimal" => Ok(float(text.trim().replace(',', ".").as_str()).map_or(Value::Null, Value::float)),
        _ => Err(call.misfit()),
    }
}

/// A letter without what stands above or below it.
fn without_marks(letter: char) -> char {
    const MARKED: [(&str, char); 14] = [
        ("àáâãäå", 'a'),
        ("ÀÁÂÃÄÅ", 'A'),
        ("èéêë", 'e'),
        ("ÈÉÊË", 'E'),
        ("ìíîï", 'i'),
        ("ÌÍÎÏ", 'I'),
        ("òóôõö", 'o'),
        ("ÒÓÔÕÖ", 'O'),
        ("ùúûü", 'u'),
        ("ÙÚÛÜ", 'U'),
        ("çÇ", 'c'),
        ("ñ", 'n'),
        ("Ñ", 'N'),
        ("ýÿ", 'y'),
    ];
    MARKED.iter().find(|(marked, _)| marked.contains(letter)).map_or(letter, |(_, plain)| *plain)
}
