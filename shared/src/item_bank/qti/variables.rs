//! What an item declares: variables, what is right, and what each answer is worth.

use super::{
    Misfit,
    shapes::Shape,
    value::{Atom, BaseType, Cardinality, Value, float},
};
use crate::item_bank::xml::Element;

/// Values that a variable may be declared with, and answers or numbers that its worth may be told for.
const MAX_DECLARED: usize = 200;

/// A declared variable and its value.
#[derive(Clone, Debug)]
pub(super) struct Variable {
    pub(super) base: Option<BaseType>,
    pub(super) cardinality: Cardinality,
    pub(super) value: Value,
    pub(super) default: Value,
    pub(super) correct: Value,
    pub(super) mapping: Option<Mapping>,
    pub(super) areas: Option<Mapping<(Shape, f64)>>,
    pub(super) table: Option<Table>,
}

/// What answers are worth.
#[derive(Clone, Debug)]
pub(super) struct Mapping<E = (Atom, f64, bool)> {
    lower: f64,
    upper: f64,
    default: f64,
    /// Answers with what they are worth, and whether upper and lower case differ.
    pub(super) entries: Vec<E>,
}

/// A table from numbers to values.
#[derive(Clone, Debug)]
pub(super) struct Table {
    default: Value,
    /// Least numbers with whether they count themselves, or exact ones.
    entries: Vec<(f64, bool, Value)>,
    is_exact: bool,
}

impl Variable {
    /// Reads a declaration.
    pub(super) fn read(element: &Element) -> Result<Self, Misfit> {
        let misfit = || Misfit::of(element);
        let cardinality =
            Cardinality::parse(element.attribute("cardinality").unwrap_or("single")).ok_or_else(misfit)?;
        let base = match element.attribute("baseType") {
            Some(name) => Some(BaseType::parse(name).ok_or_else(misfit)?),
            None => None,
        };
        let said = |name: &str| element.child(name).map_or(Ok(Value::Null), |of| values(of, base, cardinality));
        let default = said("defaultValue")?;
        let is_number = matches!(base, Some(BaseType::Float | BaseType::Integer)) && cardinality == Cardinality::Single;
        let value = match (&default, element.name.as_str()) {
            // A number that nobody has set is 0.
            (Value::Null, "outcomeDeclaration") if is_number => Value::One(zero(base)),
            (default, _) => default.clone(),
        };
        let mapping = element.child("mapping").map(|of| mapping(of, base)).transpose()?;
        let areas = element.child("areaMapping").map(areas).transpose()?;
        Ok(Self {
            base,
            cardinality,
            value,
            correct: said("correctResponse")?,
            default,
            mapping,
            areas,
            table: table(element, base)?,
        })
    }

    /// Takes a value, which becomes one of its type.
    pub(super) fn set(&mut self, value: Value) {
        if let (Cardinality::Record, Value::Record(_)) = (self.cardinality, &value) {
            self.value = value;
            return;
        }
        let atoms = value.atoms().iter().map(|atom| self.fitted(atom)).collect();
        self.value = self.cardinality.of(atoms);
    }

    /// Takes what a candidate answered.
    pub(super) fn answer(&mut self, texts: &[String]) {
        let base = self.base.unwrap_or(BaseType::String);
        self.value = match (self.cardinality, texts) {
            (Cardinality::Record, [text, ..]) => super::binding::record(text),
            _ => self.cardinality.of(texts.iter().filter_map(|text| base.read(text)).collect()),
        };
    }

    fn fitted(&self, atom: &Atom) -> Atom {
        match (self.base, atom.number()) {
            (Some(BaseType::Float), Some(number)) => Atom::Float(number),
            (Some(BaseType::Integer), Some(number)) => super::numbers::whole(number).unwrap_or_else(|| atom.clone()),
            _ => atom.clone(),
        }
    }
}

fn zero(base: Option<BaseType>) -> Atom {
    if base == Some(BaseType::Integer) { Atom::Integer(0) } else { Atom::Float(0.0) }
}

/// The values that an element lists.
fn values(element: &Element, base: Option<BaseType>, cardinality: Cardinality) -> Result<Value, Misfit> {
    let (mut atoms, mut fields) = (Vec::new(), Vec::new());
    for value in element.all("value") {
        let own = value.attribute("baseType").and_then(BaseType::parse).or(base).unwrap_or(BaseType::String);
        let text = value.text();
        let text = if own == BaseType::String { text.as_str() } else { text.trim() };
        let Some(atom) = own.read(text) else {
            if text.is_empty() {
                continue;
            }
            return Err(Misfit::of(value));
        };
        match value.attribute("fieldIdentifier") {
            Some(name) if cardinality == Cardinality::Record => fields.push((name.to_owned(), atom)),
            _ => atoms.push(atom),
        }
    }
    if atoms.len() + fields.len() > MAX_DECLARED {
        return Err(Misfit::of(element));
    }
    Ok(if fields.is_empty() { cardinality.of(atoms) } else { Value::Record(fields) })
}

fn mapping(element: &Element, base: Option<BaseType>) -> Result<Mapping, Misfit> {
    let mut entries = Vec::new();
    for entry in element.all("mapEntry") {
        let key = entry.attribute("mapKey").and_then(|key| base.unwrap_or(BaseType::String).read(key));
        let worth = entry.attribute("mappedValue").and_then(float);
        let is_exact = entry.attribute("caseSensitive").is_none_or(|text| text == "true");
        match (key, worth) {
            (Some(key), Some(worth)) => entries.push((key, worth, is_exact)),
            _ => return Err(Misfit::of(entry)),
        }
    }
    Mapping::around(element, entries)
}

fn areas(element: &Element) -> Result<Mapping<(Shape, f64)>, Misfit> {
    let mut entries = Vec::new();
    for entry in element.all("areaMapEntry") {
        let worth = entry.attribute("mappedValue").and_then(float);
        match (Shape::read(entry), worth) {
            (Some(shape), Some(worth)) => entries.push((shape, worth)),
            _ => return Err(Misfit::of(entry)),
        }
    }
    Mapping::around(element, entries)
}

impl<E> Mapping<E> {
    fn around(element: &Element, entries: Vec<E>) -> Result<Self, Misfit> {
        if entries.len() > MAX_DECLARED {
            return Err(Misfit::of(element));
        }
        let bound = |name: &str, usual: f64| element.attribute(name).and_then(float).unwrap_or(usual);
        Ok(Self {
            lower: bound("lowerBound", f64::NEG_INFINITY),
            upper: bound("upperBound", f64::INFINITY),
            default: bound("defaultValue", 0.0),
            entries,
        })
    }

    /// The sum within the bounds.
    fn bounded(&self, sum: f64) -> f64 {
        sum.max(self.lower).min(self.upper)
    }
}

impl Mapping {
    /// What an answer is worth: each value in it once.
    pub(super) fn worth(&self, answer: &Value) -> f64 {
        let mut seen: Vec<&Atom> = Vec::new();
        let mut sum = 0.0;
        for atom in answer.atoms() {
            if !seen.iter().any(|other| other.is(atom)) {
                seen.push(atom);
                let entry = self.entries.iter().find(|(key, _, is_exact)| is_key(key, atom, *is_exact));
                sum += entry.map_or(self.default, |(_, worth, _)| *worth);
            }
        }
        self.bounded(sum)
    }
}

fn is_key(key: &Atom, atom: &Atom, is_exact: bool) -> bool {
    match (key, atom) {
        (Atom::Text(key), Atom::Text(text)) if !is_exact => key.to_lowercase() == text.to_lowercase(),
        _ => key.is(atom),
    }
}

impl Mapping<(Shape, f64)> {
    /// What points are worth: each area once.
    pub(super) fn worth(&self, answer: &Value) -> f64 {
        let mut is_used = vec![false; self.entries.len()];
        let mut sum = 0.0;
        for atom in answer.atoms() {
            let Atom::Point(x, y) = *atom else { continue };
            let hit = self.entries.iter().position(|(shape, _)| shape.holds(x, y));
            match hit {
                Some(place) if std::mem::replace(&mut is_used[place], true) => {}
                Some(place) => sum += self.entries[place].1,
                None => sum += self.default,
            }
        }
        self.bounded(sum)
    }
}

fn table(declaration: &Element, base: Option<BaseType>) -> Result<Option<Table>, Misfit> {
    let found =
        declaration.elements().find(|element| matches!(element.name.as_str(), "matchTable" | "interpolationTable"));
    let Some(element) = found else { return Ok(None) };
    let is_exact = element.name == "matchTable";
    let target = |text: &str| base.unwrap_or(BaseType::String).read(text).map(Value::One);
    let mut entries = Vec::new();
    for entry in element.elements() {
        let source = entry.attribute("sourceValue").and_then(float);
        let value = entry.attribute("targetValue").and_then(target);
        let counts_itself = entry.attribute("includeBoundary").is_none_or(|text| text == "true");
        match (source, value) {
            (Some(source), Some(value)) => entries.push((source, counts_itself, value)),
            _ => return Err(Misfit::of(entry)),
        }
    }
    if entries.len() > MAX_DECLARED {
        return Err(Misfit::of(element));
    }
    let default = element.attribute("defaultValue").and_then(target).unwrap_or(Value::Null);
    Ok(Some(Table { default, entries, is_exact }))
}

impl Table {
    /// What a number leads to.
    pub(super) fn look_up(&self, number: f64) -> Value {
        let is_met = |(source, counts_itself, _): &&(f64, bool, Value)| match self.is_exact {
            true => *source == number,
            false => *source < number || (*counts_itself && *source == number),
        };
        self.entries.iter().find(is_met).map_or_else(|| self.default.clone(), |(_, _, value)| value.clone())
    }
}
