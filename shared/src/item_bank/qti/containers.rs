//! Operators on containers and records.

use super::{
    Misfit,
    machine::Call,
    value::{Atom, Cardinality, Value, holds},
};

/// Values that one container may have.
const MAX_ATOMS: usize = 200;

pub(super) fn apply(call: &Call<'_>) -> Result<Value, Misfit> {
    match call.element.name.as_str() {
        "multiple" => gathered(call, Cardinality::Multiple, 1),
        "ordered" => gathered(call, Cardinality::Ordered, 1),
        "repeat" => {
            let times = call.number("numberRepeats")?.ok_or_else(|| call.misfit())?;
            gathered(call, Cardinality::Ordered, times.clamp(0.0, 10_000.0) as usize)
        }
        "containerSize" => {
            let size = i64::try_from(call.operand(0)?.atoms().len()).map_err(|_| call.misfit())?;
            Ok(Value::One(Atom::Integer(size)))
        }
        "isNull" => Ok(Value::truth(call.operand(0)?.is_null())),
        "index" => {
            let place = call.number("n")?.filter(|place| *place >= 1.0).ok_or_else(|| call.misfit())? as usize;
            Ok(call.operand(0)?.atoms().get(place - 1).cloned().map_or(Value::Null, Value::One))
        }
        "fieldValue" => {
            let wanted = call.element.attribute("fieldIdentifier").ok_or_else(|| call.misfit())?;
            let Value::Record(fields) = call.operand(0)? else { return Ok(Value::Null) };
            let field = fields.iter().find(|(name, _)| name == wanted);
            Ok(field.map_or(Value::Null, |(_, atom)| Value::One(atom.clone())))
        }
        "delete" => {
            let Some((wanted, container)) = call.two()? else { return Ok(Value::Null) };
            let wanted = wanted.atoms().first().ok_or_else(|| call.misfit())?;
            let left = container.atoms().iter().filter(|atom| !atom.is(wanted)).cloned().collect();
            Ok(cardinality_of(container).of(left))
        }
        "member" => Ok(call.two()?.map_or(Value::Null, |(wanted, container)| {
            Value::truth(wanted.atoms().iter().all(|wanted| container.atoms().iter().any(|atom| atom.is(wanted))))
        })),
        "contains" => Ok(call.two()?.map_or(Value::Null, |(all, some)| {
            let is_in_order = matches!((all, some), (Value::Ordered(_), Value::Ordered(_)));
            let run = |run: &[Atom]| run.iter().zip(some.atoms()).all(|(own, wanted)| own.is(wanted));
            Value::truth(match is_in_order {
                true => all.atoms().windows(some.atoms().len().max(1)).any(run),
                false => holds(all.atoms(), some.atoms()),
            })
        })),
        _ => Err(call.misfit()),
    }
}

fn cardinality_of(value: &Value) -> Cardinality {
    match value {
        Value::Ordered(_) => Cardinality::Ordered,
        Value::Multiple(_) => Cardinality::Multiple,
        _ => Cardinality::Single,
    }
}

/// Everything in the operands, so many times; what is `Null` adds nothing.
fn gathered(call: &Call<'_>, cardinality: Cardinality, times: usize) -> Result<Value, Misfit> {
    let atoms: Vec<Atom> = call.operands.iter().flat_map(Value::atoms).cloned().collect();
    if atoms.len().saturating_mul(times) > MAX_ATOMS {
        return Err(call.misfit());
    }
    Ok(cardinality.of(std::iter::repeat_n(atoms, times).flatten().collect()))
}
