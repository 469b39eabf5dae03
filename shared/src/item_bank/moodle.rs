//! Reads Moodle XML. What an item has no place for is reported by the name of its element.

mod cloze;
mod files;
mod kinds;

use super::{
    ImportError, Item, ItemBody,
    blanks::unify,
    html,
    import::{ParsedItems, checked, import_error},
    markdown::{Losses, letters::escaped, markdown, math},
    validate::ITEM_SCHEMA_VERSION,
    weights::{WHOLE, Weighed, fill_in, multiple_choice, single_choice, weight},
    xml::{self, Element, Node},
};

pub(super) use files::PLUGIN_FILES;
use files::Shown;
pub use files::{MoodlePictures, has_moodle_files, moodle_files};
use kinds::Body;

/// Settings that change nothing of what an item here is.
const SETTINGS: &[&str] = &[
    "name",
    "defaultgrade",
    "penalty",
    "hidden",
    "single",
    "usecase",
    "shuffleanswers",
    "answernumbering",
    "showstandardinstruction",
    "shownumcorrect",
    "responseformat",
    "responserequired",
    "responsefieldlines",
    "attachments",
    "attachmentsrequired",
    "maxbytes",
    "filetypeslist",
    "unitgradingtype",
    "unitpenalty",
    "showunits",
    "unitsleft",
    "layouttype",
    "selecttype",
    "selectcount",
    "gradingtype",
    "showgrading",
];
/// What is read of a question.
const READ: &[&str] = &["questiontext", "generalfeedback", "answer", "graderinfo", "subquestion"];
/// Elements that change nothing of an answer that is compared.
const BARE: &[&str] = &["p", "br", "span", "div", "b", "strong", "em", "i", "u", "font", "a"];

/// Reads every item of a text; an item that cannot be read is reported and does not stop the others.
///
/// Kinds of question that are no item here are reported as `unsupported_type` by their names.
#[must_use]
pub fn parse_moodle_xml(text: &str) -> ParsedItems {
    parse_moodle_quiz(text, &MoodlePictures::new())
}

/// The same of a quiz whose pictures come along, which are going to be where `pictures` says.
#[must_use]
pub fn parse_moodle_quiz(text: &str, pictures: &MoodlePictures) -> ParsedItems {
    let mut parsed = ParsedItems::default();
    let mut quiz = match xml::parse(text) {
        Ok(root) if root.name == "quiz" => root,
        Ok(root) => {
            parsed.errors.push(import_error(root.line, "not_moodle_xml"));
            return parsed;
        }
        Err(error) => {
            parsed.errors.push(error);
            return parsed;
        }
    };
    files::place(&mut quiz, pictures);
    let mut losses = Losses::default();
    for element in quiz.elements() {
        match (element.name.as_str(), element.attribute("type").unwrap_or_default()) {
            ("question", "category") => category(element, &mut losses),
            ("question", kind) => {
                let before = losses.0.len();
                let read = question(element, kind, &mut losses);
                if read.is_err() {
                    losses.0.truncate(before);
                }
                parsed.push(read);
            }
            (name, _) => losses.note(element.line, "left_out", name),
        }
    }
    parsed.losses = losses.in_order();
    parsed
}

/// The path of a category has no place here.
fn category(question: &Element, losses: &mut Losses) {
    let path = question.child("category").map(Element::text).unwrap_or_default();
    losses.note(question.line, "category_left_out", path.trim());
}

fn question(question: &Element, kind: &str, losses: &mut Losses) -> Result<Item, ImportError> {
    let fail = |code: &str| import_error(question.line, code);
    let (body, stem) = if kind == "cloze" {
        cloze::read(question, losses)?.map_err(fail)?
    } else {
        (body(question, kind, losses)?.map_err(fail)?, unify(&text_of(question, "questiontext", losses)?))
    };
    let explanation = match text_of(question, "generalfeedback", losses) {
        Err(ImportError { code, line, name, .. }) if code == "mathml" => {
            losses.note(line, "left_out", &name);
            String::new()
        }
        read => read?,
    };
    for element in question.elements() {
        let name = element.name.as_str();
        if !SETTINGS.contains(&name) && !READ.contains(&name) && !element.text().trim().is_empty() {
            losses.note(element.line, "left_out", name);
        }
    }
    checked(Item { schema_version: ITEM_SCHEMA_VERSION, stem, body, explanation }).map_err(fail)
}

/// The kind and the key of a question, or why it is no item.
fn body(question: &Element, kind: &str, losses: &mut Losses) -> Result<Body, ImportError> {
    Ok(match kind {
        "multichoice" if is_true(question, "single", true) => single_choice(options(question, losses)?),
        "multichoice" => multiple_choice(options(question, losses)?),
        "truefalse" => true_false(question, losses)?,
        "shortanswer" => {
            if is_true(question, "usecase", false) {
                losses.note(question.line, "case_matters", "");
            }
            fill_in(weighed(question, losses, &mut |answer, _| plain(answer))?)
        }
        "essay" => Ok(ItemBody::ShortAnswer { rubric: text_of(question, "graderinfo", losses)? }),
        "numerical" => kinds::number(question, losses)?,
        "matching" => kinds::pairs(question, losses)?,
        "ordering" => kinds::lines(question, losses)?,
        _ => return Err(ImportError { name: kind.to_owned(), ..import_error(question.line, "unsupported_type") }),
    })
}

/// The options of a choice, in Markdown.
fn options(question: &Element, losses: &mut Losses) -> Result<Vec<Weighed>, ImportError> {
    weighed(question, losses, &mut |answer, losses| formatted(answer, losses))
}

/// The answers with what they are worth.
fn weighed(
    question: &Element,
    losses: &mut Losses,
    read: &mut dyn FnMut(&Element, &mut Losses) -> Result<String, ImportError>,
) -> Result<Vec<Weighed>, ImportError> {
    let mut answers = Vec::new();
    for answer in question.all("answer") {
        let weight = worth(answer)?;
        note_feedback(answer, losses);
        answers.push(Weighed { text: read(answer, losses)?, weight });
    }
    Ok(answers)
}

/// What an answer is worth, in hundred-thousandths of a per cent.
fn worth(answer: &Element) -> Result<i64, ImportError> {
    let fraction = answer.attribute("fraction").unwrap_or("0").trim();
    weight(fraction).ok_or_else(|| import_error(answer.line, "bad_weight"))
}

fn true_false(question: &Element, losses: &mut Losses) -> Result<Body, ImportError> {
    let mut key = None;
    for answer in question.all("answer") {
        note_feedback(answer, losses);
        let said = match plain(answer)?.to_ascii_lowercase().as_str() {
            "true" => true,
            "false" => false,
            _ => return Ok(Err("bad_answers")),
        };
        let is_right = answer.attribute("fraction").and_then(|fraction| weight(fraction.trim())) == Some(WHOLE);
        if is_right && key.replace(said).is_some() {
            return Ok(Err("several_keys"));
        }
    }
    Ok(key.map(|key| ItemBody::TrueFalse { key }).ok_or("no_key"))
}

/// What is said about one answer has no place here.
fn note_feedback(answer: &Element, losses: &mut Losses) {
    for feedback in answer.all("feedback").filter(|feedback| !feedback.text().trim().is_empty()) {
        losses.note(feedback.line, "left_out", "feedback");
    }
}

fn is_true(question: &Element, name: &str, usual: bool) -> bool {
    question.child(name).map_or(usual, |setting| matches!(setting.text().trim(), "true" | "1"))
}

/// The text of the first element of this name, in Markdown; empty if there is none.
fn text_of(question: &Element, name: &str, losses: &mut Losses) -> Result<String, ImportError> {
    question.child(name).map_or(Ok(String::new()), |element| formatted(element, losses))
}

/// The text of an element in Markdown, whatever it is written in. Old files do not say; it is HTML then.
///
/// # Errors
/// `mathml` if it has a formula in MathML, `xml_too_large` if there is more in it than in any.
fn formatted(element: &Element, losses: &mut Losses) -> Result<String, ImportError> {
    Ok(match element.attribute("format") {
        Some("markdown") => Shown::within(element).in_markdown(raw(element).trim()),
        Some("plain_text") => {
            raw(element).trim().lines().map(|line| escaped(line.trim())).collect::<Vec<_>>().join("\\\n")
        }
        _ => from_html(&nodes(element, losses)?, losses)?,
    })
}

/// The text of an element as HTML, with the pictures that came along.
fn nodes(element: &Element, losses: &mut Losses) -> Result<Vec<Node>, ImportError> {
    let line = element.child("text").map_or(element.line, |text| text.line);
    let mut nodes = html::parse(&raw(element), line)?;
    Shown::within(element).in_html(&mut nodes, losses);
    Ok(nodes)
}

/// HTML in Markdown.
///
/// # Errors
/// `mathml` if it has a formula in MathML.
fn from_html(nodes: &[Node], losses: &mut Losses) -> Result<String, ImportError> {
    match math(nodes) {
        Some(formula) => Err(named(formula, "mathml")),
        None => Ok(markdown(nodes, losses, &mut |_, _| None)),
    }
}

/// The text of an answer that is compared, without any look.
///
/// # Errors
/// `marked_answer` with the name of an element that nobody can write into an answer.
fn plain(element: &Element) -> Result<String, ImportError> {
    let raw = raw(element);
    let is_html = element.attribute("format").is_some_and(|format| format == "html");
    let text = if is_html { bare(html::parse(&raw, element.line)?)? } else { raw };
    Ok(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The text of HTML that is nothing but text.
fn bare(nodes: Vec<Node>) -> Result<String, ImportError> {
    let whole = Element { nodes, ..Element::default() };
    match whole.find(&|element| !BARE.contains(&element.name.as_str())) {
        Some(element) => Err(named(element, "marked_answer")),
        None => Ok(whole.text()),
    }
}

fn named(element: &Element, code: &str) -> ImportError {
    ImportError { name: element.name.clone(), ..import_error(element.line, code) }
}

fn raw(element: &Element) -> String {
    element.child("text").map(Element::text).unwrap_or_default()
}

#[cfg(test)]
mod tests;
