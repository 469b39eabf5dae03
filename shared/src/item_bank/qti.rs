//! Reads items of QTI 2.1, 2.2 and 3.0. What is right is asked of the item itself: its response processing is run for
//! what a candidate may answer. What an item here has no place for is reported by the name of its element.

mod assessment;
mod binding;
mod body;
mod containers;
mod keys;
mod logic;
mod machine;
mod names;
mod numbers;
mod package;
mod parts;
mod pattern;
mod pictures;
mod shapes;
mod stimulus;
mod texts;
mod value;
mod variables;

use super::{
    Child, ImportError, Item, ItemBody,
    blanks::unify,
    import::{ParsedItems, checked, import_error},
    markdown::{Losses, math},
    validate::ITEM_SCHEMA_VERSION,
    xml::{self, Element},
};
pub use assessment::*;
use body::Body;
use machine::Machine;
pub use package::*;
pub use pictures::QtiPictures;
use pictures::placed;
use std::collections::BTreeMap;
use stimulus::Place;
pub use stimulus::{QtiStimuli, qti_stimuli_of};
use value::{Atom, BaseType, Cardinality, Value};
use variables::Variable;

/// The outcome that a candidate's points come from.
const SCORE: &str = "SCORE";
/// Elements of an item that are read, or say nothing that an item here could hold.
const KNOWN: &[&str] = &[
    "responseDeclaration",
    "outcomeDeclaration",
    "contextDeclaration",
    "assessmentStimulusRef",
    "itemBody",
    "responseProcessing",
];
/// Elements that make every candidate's item another one.
const TEMPLATES: &[&str] = &["templateDeclaration", "templateProcessing"];
/// The templates of response processing, in the language that they stand for.
const MATCH_CORRECT: &str = "<responseProcessing><responseCondition><responseIf><match><variable identifier='RESPONSE'/>\
    <correct identifier='RESPONSE'/></match><setOutcomeValue identifier='SCORE'><baseValue baseType='float'>1</baseValue>\
    </setOutcomeValue></responseIf><responseElse><setOutcomeValue identifier='SCORE'><baseValue baseType='float'>0\
    </baseValue></setOutcomeValue></responseElse></responseCondition></responseProcessing>";
const MAP_RESPONSE: &str = "<responseProcessing><responseCondition><responseIf><isNull><variable identifier='RESPONSE'/>\
    </isNull><setOutcomeValue identifier='SCORE'><baseValue baseType='float'>0</baseValue></setOutcomeValue></responseIf>\
    <responseElse><setOutcomeValue identifier='SCORE'><mapResponse identifier='RESPONSE'/></setOutcomeValue>\
    </responseElse></responseCondition></responseProcessing>";
const MAP_RESPONSE_POINT: &str = "<responseProcessing><responseCondition><responseIf><isNull>\
    <variable identifier='RESPONSE'/></isNull><setOutcomeValue identifier='SCORE'><baseValue baseType='float'>0\
    </baseValue></setOutcomeValue></responseIf><responseElse><setOutcomeValue identifier='SCORE'>\
    <mapResponsePoint identifier='RESPONSE'/></setOutcomeValue></responseElse></responseCondition></responseProcessing>";

/// An element that is not understood where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Misfit {
    name: String,
    line: u32,
}

impl Misfit {
    fn of(element: &Element) -> Self {
        Self { name: element.name.clone(), line: element.line }
    }
}

/// Reads the item of a text. Interactions that no item here has are reported as `unsupported_type` by their names.
#[must_use]
pub fn parse_qti(text: &str) -> ParsedItems {
    parse_qti_of_package(text, "", &QtiStimuli::new(), &QtiPictures::new())
}

/// Reads the item that lies at `path` in a package, with the material that it shares with others, and with the pictures
/// that come along.
#[must_use]
pub fn parse_qti_of_package(text: &str, path: &str, stimuli: &QtiStimuli, pictures: &QtiPictures) -> ParsedItems {
    let mut parsed = ParsedItems::default();
    let root = match xml::parse(text) {
        Ok(root) => placed(names::as_in_2(root), path, pictures),
        Err(error) => {
            parsed.errors.push(error);
            return parsed;
        }
    };
    let mut losses = Losses::default();
    let read = match root.name.as_str() {
        "assessmentItem" => item(&root, Place { path, stimuli, pictures }, &mut losses),
        "assessmentTest" | "assessmentSection" | "assessmentStimulus" => Err(unsupported(&root)),
        _ => Err(import_error(root.line, "not_qti")),
    };
    if read.is_ok() {
        parsed.losses = losses.in_order();
    }
    parsed.push(read);
    parsed
}

fn unsupported(element: &Element) -> ImportError {
    ImportError { name: element.name.clone(), ..import_error(element.line, "unsupported_type") }
}

fn item(root: &Element, place: Place<'_>, losses: &mut Losses) -> Result<Item, ImportError> {
    let fail = |code: &str| import_error(root.line, code);
    if root.attribute("adaptive") == Some("true") {
        return Err(ImportError { name: "adaptive".to_owned(), ..fail("unsupported_type") });
    }
    if let Some(template) = root.elements().find(|element| TEMPLATES.contains(&element.name.as_str())) {
        return Err(unsupported(template));
    }
    for element in root.elements().filter(|element| !KNOWN.contains(&element.name.as_str())) {
        losses.note(element.line, "left_out", &element.name);
    }
    let body = root.child("itemBody").ok_or_else(|| fail("no_interaction"))?;
    if let Some(formula) = math(&body.nodes) {
        return Err(ImportError { name: formula.name.clone(), ..import_error(formula.line, "mathml") });
    }
    let material = stimulus::material(root, place, losses)?;
    if let Some((own, parts)) = parts::divided(root) {
        return composite(root, (&material, &own), parts, (place, losses));
    }
    let body = Body::read(body, losses)?;
    let processor = Processor::read(root)
        .map_err(|misfit| ImportError { name: misfit.name, ..import_error(misfit.line, "qti_not_understood") })?;
    let (stem, kind) = keys::item_body(&body, &processor, root, losses).map_err(fail)?;
    let stem = behind(&material, stem);
    checked(Item { schema_version: ITEM_SCHEMA_VERSION, stem, body: kind, explanation: String::new() }).map_err(fail)
}

/// A text behind what it shares with others.
fn behind(material: &str, text: String) -> String {
    if material.is_empty() { text } else { format!("{material}\n\n{text}") }
}

/// Several questions on one material: what is shared with other items, and the body of the item's own.
fn composite(
    root: &Element,
    (shared, own): (&str, &Element),
    parts: Vec<parts::Part>,
    (place, losses): (Place<'_>, &mut Losses),
) -> Result<Item, ImportError> {
    let fail = |code: &str| import_error(root.line, code);
    let material = Body::read(own, losses)?;
    if !material.interactions.is_empty() {
        return Err(fail("several_interactions"));
    }
    let mut children = Vec::with_capacity(parts.len());
    for part in parts {
        let Item { stem, body, .. } = item(&part.item, place, losses)?;
        children.push(Child { stem, percent: part.percent, body });
    }
    let (stem, body) = (behind(shared, unify(&material.stem)), ItemBody::Composite { children });
    checked(Item { schema_version: ITEM_SCHEMA_VERSION, stem, body, explanation: String::new() }).map_err(fail)
}

/// The variables of an item, and how its responses become outcomes.
struct Processor {
    machine: Machine,
    /// None if nothing is processed, and what is not understood of how it would be.
    rules: Result<Option<Element>, Misfit>,
}

/// What candidates answered, by the names of variables.
type Responses = BTreeMap<String, Vec<String>>;

impl Processor {
    /// Reads what an item declares.
    ///
    /// # Errors
    /// What is not understood.
    fn read(root: &Element) -> Result<Self, Misfit> {
        let mut variables = built_in();
        for element in root.elements() {
            if matches!(element.name.as_str(), "responseDeclaration" | "outcomeDeclaration") {
                let name = element.attribute("identifier").ok_or_else(|| Misfit::of(element))?;
                variables.insert(name.to_owned(), Variable::read(element)?);
            }
        }
        let rules = root.child("responseProcessing").map(rules).transpose();
        Ok(Self { machine: Machine { variables }, rules })
    }

    /// The variables once these responses were processed.
    ///
    /// # Errors
    /// What is not understood.
    fn process(&self, responses: &Responses) -> Result<Machine, Misfit> {
        let mut machine = self.machine.clone();
        for (name, texts) in responses {
            if let Some(variable) = machine.variables.get_mut(name) {
                variable.answer(texts);
            }
        }
        if let Some(rules) = self.rules.as_ref().map_err(Clone::clone)? {
            machine.run(rules.elements())?;
        }
        Ok(machine)
    }

    /// The points for these responses; `None` if the item gives none.
    ///
    /// # Errors
    /// What is not understood.
    fn score(&self, responses: &Responses) -> Result<Option<f64>, Misfit> {
        let machine = self.process(responses)?;
        Ok(machine.variables.get(SCORE).and_then(|score| score.value.atoms().first()?.number()))
    }
}

/// The points of an item for these responses.
#[cfg(test)]
pub(super) fn points_of(text: &str, responses: &[(String, Vec<String>)]) -> f64 {
    let root = names::as_in_2(xml::parse(text).expect("it is XML"));
    let processor = Processor::read(&root).expect("it is understood");
    processor.score(&responses.iter().cloned().collect()).expect("its rules are understood").unwrap_or_default()
}

/// The variables that every item has.
fn built_in() -> BTreeMap<String, Variable> {
    let one = |base, value: Atom| Variable {
        base: Some(base),
        cardinality: Cardinality::Single,
        value: Value::One(value),
        default: Value::Null,
        correct: Value::Null,
        mapping: None,
        areas: None,
        table: None,
    };
    BTreeMap::from([
        ("numAttempts".to_owned(), one(BaseType::Integer, Atom::Integer(1))),
        ("duration".to_owned(), one(BaseType::Duration, Atom::Float(0.0))),
        ("completionStatus".to_owned(), one(BaseType::Identifier, Atom::Text("unknown".to_owned()))),
    ])
}

/// The rules of an item: its own, or those of the template that it names.
fn rules(element: &Element) -> Result<Element, Misfit> {
    let misfit = || Misfit { name: "template".to_owned(), line: element.line };
    let address = element.attribute("template").or_else(|| element.attribute("templateLocation"));
    let Some(address) = address.filter(|_| element.elements().next().is_none()) else { return Ok(element.clone()) };
    let name = address.rsplit('/').next().unwrap_or(address);
    let text = match name.strip_suffix(".xml").unwrap_or(name) {
        "match_correct" => MATCH_CORRECT,
        "map_response" => MAP_RESPONSE,
        "map_response_point" => MAP_RESPONSE_POINT,
        _ => return Err(misfit()),
    };
    xml::parse(text).map_err(|_| misfit())
}

#[cfg(test)]
mod corpus;
#[cfg(test)]
mod tests;
