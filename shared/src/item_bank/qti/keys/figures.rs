//! Numbers: an item that holds each against what it calls right, with a tolerance, and gives points for it. One is a
//! number to be written; several, each with its share of a hundred, are the steps of a calculation.

use crate::item_bank::{
    CalculationStep, ItemBody, Tolerance,
    blanks::BLANK,
    numeric::is_plain,
    qti::body::{Interaction, Kind},
    xml::Element,
};

/// The points of all steps together.
const WHOLE: u16 = 100;

/// One number, and what it is worth if it is a step.
struct Figure {
    key: String,
    tolerance: Tolerance,
    percent: Option<u16>,
}

/// The stem and the numbers; `None` if anything else is asked for, or points are given in any other way.
pub(super) fn read(asked: &[Interaction], root: &Element, stem: &str) -> Option<(String, ItemBody)> {
    let rules: Vec<&Element> = root.child("responseProcessing")?.elements().collect();
    if asked.iter().any(|asked| asked.kind != Kind::TextEntry) || rules.len() != asked.len() {
        return None;
    }
    let figures = asked.iter().zip(rules).map(|(asked, rule)| figure(root, &asked.response, rule));
    let mut figures = figures.collect::<Option<Vec<_>>>()?;
    if figures.len() > 1 {
        return steps(figures, stem);
    }
    let Figure { key, tolerance, .. } = figures.pop()?;
    Some((without_place(stem), ItemBody::Numeric { key, tolerance, units: Vec::new() }))
}

/// The stem without a place to write that stands below it alone.
pub(super) fn without_place(stem: &str) -> String {
    let above = stem.trim_end().strip_suffix(BLANK).and_then(|above| above.strip_suffix("\n\n"));
    above.map(str::trim_end).filter(|above| !above.is_empty()).unwrap_or(stem).to_owned()
}

/// The last paragraphs of a stem, each of which ends with a place to write, as the steps of a calculation.
fn steps(figures: Vec<Figure>, stem: &str) -> Option<(String, ItemBody)> {
    let paragraphs: Vec<&str> = stem.trim_end().split("\n\n").collect();
    let (above, labels) = paragraphs.split_at_checked(paragraphs.len().checked_sub(figures.len())?)?;
    let above = above.join("\n\n").trim_end().to_owned();
    let step = |(figure, line): (Figure, &&str)| {
        let label = line.trim_end().strip_suffix(BLANK)?.trim().to_owned();
        let is_label = !label.is_empty() && !label.contains(BLANK) && !label.contains('\n');
        let Figure { key, tolerance, percent } = figure;
        is_label.then_some(CalculationStep { label, percent: percent?, key, tolerance, units: Vec::new() })
    };
    let steps = figures.into_iter().zip(labels).map(step).collect::<Option<Vec<_>>>()?;
    let is_whole = steps.iter().map(|step| u32::from(step.percent)).sum::<u32>() == u32::from(WHOLE);
    (is_whole && !above.is_empty() && !above.contains(BLANK)).then_some((above, ItemBody::Calculation { steps }))
}

/// The number of a variable, by the one rule that is about it.
fn figure(root: &Element, name: &str, rule: &Element) -> Option<Figure> {
    let &[condition] = rule.elements().collect::<Vec<_>>().as_slice() else { return None };
    let &[equal, set] = condition.elements().collect::<Vec<_>>().as_slice() else { return None };
    let names = (rule.name.as_str(), condition.name.as_str(), equal.name.as_str(), set.name.as_str());
    if names != ("responseCondition", "responseIf", "equal", "setOutcomeValue") || !is_about(equal, name) {
        return None;
    }
    let &[worth] = set.elements().collect::<Vec<_>>().as_slice() else { return None };
    let percent = match worth.name.as_str() {
        "baseValue" => None,
        "sum" => Some(share(worth)?),
        _ => return None,
    };
    let key = declared(root, name).filter(|key| is_plain(key))?;
    Some(Figure { key, tolerance: tolerance(equal)?, percent })
}

/// Whether a comparison is between a variable and what is right of it, the bounds among what is right.
fn is_about(equal: &Element, name: &str) -> bool {
    let operands: Vec<_> = equal.elements().map(|one| (one.name.as_str(), one.attribute("identifier"))).collect();
    let wanted = [("correct", Some(name)), ("variable", Some(name))];
    let has_bounds =
        ["includeLowerBound", "includeUpperBound"].iter().all(|bound| equal.attribute(bound) != Some("false"));
    has_bounds && operands.len() == wanted.len() && wanted.iter().all(|one| operands.contains(one))
}

/// What a step adds to the points.
fn share(sum: &Element) -> Option<u16> {
    let &[before, more] = sum.elements().collect::<Vec<_>>().as_slice() else { return None };
    let is_added = before.name == "variable" && before.attribute("identifier") == Some("SCORE");
    let more = Some(more).filter(|more| is_added && more.name == "baseValue")?;
    more.text().trim().parse().ok().filter(|percent| (1..=WHOLE).contains(percent))
}

fn tolerance(equal: &Element) -> Option<Tolerance> {
    let mode = equal.attribute("toleranceMode").unwrap_or("exact");
    let bounds: Vec<&str> = equal.attribute("tolerance").unwrap_or_default().split_whitespace().collect();
    let by = match *bounds.as_slice() {
        [both] => both,
        [below, above] if below == above => below,
        _ if mode == "exact" => "0",
        _ => return None,
    };
    let by = Some(by).filter(|by| is_plain(by) && !by.starts_with('-'))?.to_owned();
    match mode {
        "exact" => Some(Tolerance::Absolute { by: "0".to_owned() }),
        "absolute" => Some(Tolerance::Absolute { by }),
        "relative" => Some(Tolerance::Relative { percent: by }),
        _ => None,
    }
}

/// What an item calls right of a number, as it is written.
fn declared(root: &Element, name: &str) -> Option<String> {
    let mut declarations = root.all("responseDeclaration");
    let own = declarations.find(|element| element.attribute("identifier") == Some(name))?;
    if !matches!(own.attribute("baseType"), Some("float" | "integer")) || own.child("mapping").is_some() {
        return None;
    }
    let &[value] = own.child("correctResponse")?.all("value").collect::<Vec<_>>().as_slice() else { return None };
    Some(value.text().trim().to_owned())
}
