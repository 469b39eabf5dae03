//! Several questions on one material, as they are written here: each has variables of its own, whose names begin with
//! `P1_`, `P2_`, …, stands below its number in brackets, and adds its share of a hundred to the points.

use crate::item_bank::{
    CHILD_COUNT,
    xml::{Element, Node},
};

/// One question.
pub(super) struct Part {
    /// As an item of its own.
    pub(super) item: Element,
    /// Its part of the points.
    pub(super) percent: u16,
}

/// The body of the material alone, and the questions; `None` if an item has none that are written so.
pub(super) fn divided(root: &Element) -> Option<(Element, Vec<Part>)> {
    let body = root.child("itemBody")?;
    let rules: Vec<&Element> = root.child("responseProcessing")?.elements().collect();
    let (sum, judged) = rules.split_last()?;
    let percents = percents(sum).filter(|percents| CHILD_COUNT.contains(&percents.len()))?;
    let mut runs = runs(body, percents.len())?.into_iter();
    let material = Element { nodes: runs.next()?, ..bare_like(body) };
    let part = |((number, nodes), percent)| Part { item: own(root, judged, (number, nodes)), percent };
    Some((material, (1..).zip(runs).zip(percents).map(part).collect()))
}

/// An element of the same name with nothing in it.
fn bare_like(element: &Element) -> Element {
    Element { name: element.name.clone(), attributes: Vec::new(), nodes: Vec::new(), line: element.line }
}

/// The shares of the questions, as the last rule adds them up.
fn percents(rule: &Element) -> Option<Vec<u16>> {
    let is_score = rule.name == "setOutcomeValue" && rule.attribute("identifier") == Some("SCORE");
    let sum = rule.child("sum").filter(|_| is_score)?;
    (1..).zip(sum.elements()).map(|(number, share)| percent(number, share)).collect()
}

fn percent(number: usize, share: &Element) -> Option<u16> {
    let product = share.child("product").filter(|_| share.name == "divide")?;
    let variable = product.child("variable")?.attribute("identifier")?;
    let percent = product.child("baseValue")?.text();
    if variable == format!("{}SCORE", prefix(number)) { percent.trim().parse().ok() } else { None }
}

/// How the names of the variables of a question begin.
fn prefix(number: usize) -> String {
    format!("P{number}_")
}

/// What stands before the first number, and below each; `None` if not each of them is there.
fn runs(body: &Element, count: usize) -> Option<Vec<Vec<Node>>> {
    let mut runs = vec![Vec::new()];
    for node in &body.nodes {
        let number = format!("({})", runs.len());
        let is_number = |element: &Element| element.name == "p" && element.text().trim() == number;
        match node {
            Node::Element(element) if runs.len() <= count && is_number(element) => runs.push(Vec::new()),
            other => runs.last_mut()?.push(other.clone()),
        }
    }
    (runs.len() == count + 1).then_some(runs)
}

/// A question with what is declared of it, and the rules about it.
fn own(root: &Element, judged: &[&Element], (number, nodes): (usize, Vec<Node>)) -> Element {
    let prefix = prefix(number);
    let declared =
        root.elements().filter(|element| element.name.ends_with("Declaration") && is_about(element, &prefix));
    let mut parts: Vec<Element> = declared.cloned().collect();
    let line = root.line;
    parts.push(Element { name: "itemBody".to_owned(), attributes: Vec::new(), nodes, line });
    let rules = judged.iter().filter(|rule| is_about(rule, &prefix)).map(|rule| Node::Element((*rule).clone()));
    let nodes = rules.collect();
    parts.push(Element { name: "responseProcessing".to_owned(), attributes: Vec::new(), nodes, line });
    let nodes = parts.into_iter().map(|part| Node::Element(without(part, &prefix))).collect();
    Element { nodes, ..bare_like(root) }
}

/// Whether an attribute names a variable.
fn names_variable(attribute: &str) -> bool {
    matches!(attribute, "identifier" | "responseIdentifier")
}

/// Whether an element, or any in it, is about a variable of a question.
fn is_about(element: &Element, prefix: &str) -> bool {
    let names = |element: &Element| {
        element.attributes.iter().any(|(name, value)| names_variable(name) && value.starts_with(prefix))
    };
    names(element) || element.find(&names).is_some()
}

/// The same with the names that variables have in an item of its own.
fn without(element: Element, prefix: &str) -> Element {
    let Element { name, attributes, nodes, line } = element;
    let attribute = |(name, value): (String, String)| {
        let bare = value.strip_prefix(prefix).filter(|_| names_variable(&name)).map(str::to_owned);
        (name, bare.unwrap_or(value))
    };
    let nodes = nodes.into_iter().map(|node| match node {
        Node::Element(inner) => Node::Element(without(inner, prefix)),
        Node::Text(text) => Node::Text(text),
    });
    Element { name, attributes: attributes.into_iter().map(attribute).collect(), nodes: nodes.collect(), line }
}
