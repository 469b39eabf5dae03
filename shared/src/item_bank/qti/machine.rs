//! Runs response processing: rules set outcomes to what expressions come to. Nothing here is random, fetched or
//! endless: a rule runs once, and there are no loops.

use super::{
    Misfit, containers, logic, numbers,
    shapes::Shape,
    texts,
    value::{Atom, BaseType, Value, float},
    variables::Variable,
};
use crate::item_bank::xml::Element;
use std::collections::BTreeMap;

/// The variables of an item while its rules run.
#[derive(Clone, Debug)]
pub(super) struct Machine {
    pub(super) variables: BTreeMap<String, Variable>,
}

/// An operator with what its operands come to.
pub(super) struct Call<'c> {
    pub(super) element: &'c Element,
    pub(super) operands: Vec<Value>,
    machine: &'c Machine,
}

/// Whether the rules go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flow {
    On,
    Exit,
}

impl Machine {
    /// Runs rules in their order.
    ///
    /// # Errors
    /// What is not understood.
    pub(super) fn run<'e>(&mut self, rules: impl Iterator<Item = &'e Element>) -> Result<Flow, Misfit> {
        for rule in rules {
            let flow = match rule.name.as_str() {
                "responseCondition" | "outcomeCondition" => self.condition(rule)?,
                "responseProcessingFragment" | "outcomeProcessingFragment" => self.run(rule.elements())?,
                "setOutcomeValue" => {
                    let value = self.only(rule)?;
                    self.variable(rule)?.set(value);
                    Flow::On
                }
                "lookupOutcomeValue" => {
                    let source = self.only(rule)?;
                    let variable = self.variable(rule)?;
                    let table = variable.table.as_ref().ok_or_else(|| Misfit::of(rule))?;
                    let number = source.atoms().first().and_then(Atom::number);
                    let value = number.map_or(Value::Null, |number| table.look_up(number));
                    variable.set(value);
                    Flow::On
                }
                "exitResponse" | "exitTest" => Flow::Exit,
                _ => return Err(Misfit::of(rule)),
            };
            if flow == Flow::Exit {
                return Ok(Flow::Exit);
            }
        }
        Ok(Flow::On)
    }

    /// Runs the first branch whose condition is met. What is not known is not met.
    fn condition(&mut self, rule: &Element) -> Result<Flow, Misfit> {
        for branch in rule.elements() {
            let mut parts = branch.elements();
            let is_met = match branch.name.as_str() {
                "responseElse" | "outcomeElse" => true,
                "responseIf" | "responseElseIf" | "outcomeIf" | "outcomeElseIf" => {
                    let condition = parts.next().ok_or_else(|| Misfit::of(branch))?;
                    self.value(condition)? == Value::truth(true)
                }
                _ => return Err(Misfit::of(branch)),
            };
            if is_met {
                return self.run(parts);
            }
        }
        Ok(Flow::On)
    }

    fn variable(&mut self, rule: &Element) -> Result<&mut Variable, Misfit> {
        let name = rule.attribute("identifier").unwrap_or_default();
        self.variables.get_mut(name).ok_or_else(|| Misfit::of(rule))
    }

    fn named(&self, expression: &Element) -> Result<&Variable, Misfit> {
        let name = expression.attribute("identifier").unwrap_or_default();
        self.variables.get(name).ok_or_else(|| Misfit::of(expression))
    }

    /// What the only expression in an element comes to.
    fn only(&self, element: &Element) -> Result<Value, Misfit> {
        self.value(element.elements().next().ok_or_else(|| Misfit::of(element))?)
    }

    /// What an expression comes to.
    ///
    /// # Errors
    /// What is not understood.
    pub(super) fn value(&self, expression: &Element) -> Result<Value, Misfit> {
        let misfit = || Misfit::of(expression);
        match expression.name.as_str() {
            "null" => Ok(Value::Null),
            "variable" => self.named(expression).map(|variable| variable.value.clone()),
            "default" => self.named(expression).map(|variable| variable.default.clone()),
            "correct" => self.named(expression).map(|variable| variable.correct.clone()),
            "baseValue" => {
                let base = expression.attribute("baseType").and_then(BaseType::parse).ok_or_else(misfit)?;
                let text = expression.text();
                let text = if base == BaseType::String { text.as_str() } else { text.trim() };
                if text.is_empty() { Ok(Value::Null) } else { base.read(text).map(Value::One).ok_or_else(misfit) }
            }
            "mapResponse" => {
                let variable = self.named(expression)?;
                let mapping = variable.mapping.as_ref().ok_or_else(misfit)?;
                Ok(Value::float(mapping.worth(&variable.value)))
            }
            "mapResponsePoint" => {
                let variable = self.named(expression)?;
                let areas = variable.areas.as_ref().ok_or_else(misfit)?;
                Ok(Value::float(areas.worth(&variable.value)))
            }
            _ => {
                let operands = expression.elements().map(|operand| self.value(operand)).collect::<Result<_, _>>()?;
                operator(&Call { element: expression, operands, machine: self })
            }
        }
    }
}

fn operator(call: &Call<'_>) -> Result<Value, Misfit> {
    match call.element.name.as_str() {
        "multiple" | "ordered" | "containerSize" | "isNull" | "index" | "fieldValue" | "member" | "delete"
        | "contains" | "repeat" => containers::apply(call),
        "not" | "and" | "or" | "anyN" | "match" | "equal" | "equalRounded" | "lt" | "gt" | "lte" | "gte"
        | "durationLT" | "durationGTE" => logic::apply(call),
        "stringMatch" | "patternMatch" | "substring" | "customOperator" => texts::apply(call),
        "inside" => {
            let shape = Shape::read(call.element).ok_or_else(|| call.misfit())?;
            let points = call.operand(0)?.atoms();
            let is_in = |atom: &Atom| matches!(*atom, Atom::Point(x, y) if shape.holds(x, y));
            Ok(if points.is_empty() { Value::Null } else { Value::truth(points.iter().any(is_in)) })
        }
        _ => numbers::apply(call),
    }
}

impl Call<'_> {
    pub(super) fn misfit(&self) -> Misfit {
        Misfit::of(self.element)
    }

    pub(super) fn operand(&self, place: usize) -> Result<&Value, Misfit> {
        self.operands.get(place).ok_or_else(|| self.misfit())
    }

    /// Two operands; `None` if one of them is `Null`.
    pub(super) fn two(&self) -> Result<Option<(&Value, &Value)>, Misfit> {
        let (first, second) = (self.operand(0)?, self.operand(1)?);
        Ok((!first.is_null() && !second.is_null()).then_some((first, second)))
    }

    /// The numbers in all operands; `None` if one of them is `Null`.
    pub(super) fn numbers(&self) -> Result<Option<Vec<f64>>, Misfit> {
        if self.operands.iter().any(Value::is_null) {
            return Ok(None);
        }
        let atoms = self.operands.iter().flat_map(Value::atoms);
        atoms.map(|atom| atom.number().ok_or_else(|| self.misfit())).collect::<Result<_, _>>().map(Some)
    }

    /// Whether all numbers in all operands are integers.
    pub(super) fn is_of_integers(&self) -> bool {
        self.operands.iter().flat_map(Value::atoms).all(|atom| matches!(atom, Atom::Integer(_)))
    }

    /// An attribute that is a number, or names a variable that is one.
    pub(super) fn number(&self, name: &str) -> Result<Option<f64>, Misfit> {
        let Some(text) = self.element.attribute(name) else { return Ok(None) };
        self.number_of(text).map(Some)
    }

    /// A number that a text says or names.
    pub(super) fn number_of(&self, text: &str) -> Result<f64, Misfit> {
        let of_variable = || self.machine.variables.get(text)?.value.atoms().first()?.number();
        float(text).or_else(of_variable).ok_or_else(|| self.misfit())
    }

    /// An attribute that is true or false.
    pub(super) fn flag(&self, name: &str, usual: bool) -> bool {
        self.element.attribute(name).map_or(usual, |text| text.trim() == "true")
    }
}
