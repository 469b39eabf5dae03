//! What a candidate sees of an item, and the places where they answer.

use super::unsupported;
use crate::item_bank::{
    ImportError,
    blanks::BLANK,
    hot_text::MARKS,
    markdown::{Losses, markdown},
    xml::Element,
};

/// Stands for a place to write until the text around it is known.
const PLACE: char = '\u{e000}';

/// The text of an item and its interactions, in their order.
#[derive(Debug, Default)]
pub(super) struct Body {
    /// In Markdown.
    pub(super) stem: String,
    /// What is said to who marks it, in Markdown.
    pub(super) rubric: String,
    /// The line of what is said there.
    pub(super) rubric_line: u32,
    pub(super) interactions: Vec<Interaction>,
    /// Why it is no item here.
    error: Option<ImportError>,
}

/// A place where a candidate answers.
#[derive(Debug)]
pub(super) struct Interaction {
    pub(super) kind: Kind,
    /// The variable that the answer goes to.
    pub(super) response: String,
    /// The options of a choice or a menu, the words that can be chosen in a text, lines, or the right side of pairs.
    pub(super) options: Vec<Choice>,
    /// The left side of pairs.
    pub(super) lefts: Vec<Choice>,
    /// Whether what can be chosen is shown in another order to everybody.
    pub(super) is_shuffled: bool,
    pub(super) line: u32,
}

/// The interactions that an item here may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Choice,
    /// Words of the text, which are its options.
    HotText,
    Match,
    /// A menu within the text.
    InlineChoice,
    /// Lines to be put in order, which are its options.
    Order,
    TextEntry,
    ExtendedText,
}

/// An option.
#[derive(Debug)]
pub(super) struct Choice {
    pub(super) identifier: String,
    /// In Markdown.
    pub(super) text: String,
}

impl Body {
    /// Reads the body of an item.
    ///
    /// # Errors
    /// `unsupported_type` with the name of what no item here has.
    pub(super) fn read(element: &Element, losses: &mut Losses) -> Result<Self, ImportError> {
        let mut body = Self::default();
        let stem = markdown(&element.nodes, losses, &mut |element, losses| body.known(element, losses));
        match body.error.take() {
            Some(error) => Err(error),
            None => Ok(Self { stem: body.with_blanks(&stem), ..body }),
        }
    }

    /// The text with a blank at each place to write; lines that are only drawn are none then.
    fn with_blanks(&self, stem: &str) -> String {
        if !stem.contains(PLACE) {
            return stem.to_owned();
        }
        let drawn = stem.replace(BLANK, &"\\_".repeat(BLANK.len()));
        let mut text = String::with_capacity(drawn.len());
        for letter in drawn.chars() {
            match letter {
                PLACE if text.ends_with('_') => text.push_str(&format!(" {BLANK}")),
                PLACE => text.push_str(BLANK),
                letter => text.push(letter),
            }
        }
        text
    }

    /// What an element of QTI becomes; `None` if it is one of HTML.
    fn known(&mut self, element: &Element, losses: &mut Losses) -> Option<String> {
        let inner =
            |losses: &mut Losses| markdown(&element.nodes, losses, &mut |element, losses| feedback(element, losses));
        match element.name.as_str() {
            "choiceInteraction" => {
                let options = element.all("simpleChoice").map(|choice| option(choice, losses)).collect();
                self.add(Kind::Choice, element, options);
                Some(prompt(element, losses))
            }
            "matchInteraction" => {
                let mut sides = Vec::new();
                for set in element.all("simpleMatchSet") {
                    sides.push(set.all("simpleAssociableChoice").map(|choice| option(choice, losses)).collect());
                }
                let [lefts, rights] = <[Vec<Choice>; 2]>::try_from(sides).unwrap_or_default();
                self.add(Kind::Match, element, rights);
                if let Some(pairs) = self.interactions.last_mut() {
                    pairs.lefts = lefts;
                }
                Some(prompt(element, losses))
            }
            "hottextInteraction" => {
                self.add(Kind::HotText, element, Vec::new());
                Some(markdown(&element.nodes, losses, &mut |element, losses| self.known(element, losses)))
            }
            "hottext" => {
                let word = option(element, losses);
                let marked = format!("{}{}{}", MARKS.0, word.text, MARKS.1);
                match self.interactions.last_mut().filter(|last| last.kind == Kind::HotText) {
                    Some(hot) => hot.options.push(word),
                    None => return Some(word.text),
                }
                Some(marked)
            }
            "orderInteraction" => {
                let options = element.all("simpleChoice").map(|choice| option(choice, losses)).collect();
                self.add(Kind::Order, element, options);
                Some(prompt(element, losses))
            }
            "inlineChoiceInteraction" => {
                let options = element.all("inlineChoice").map(|choice| option(choice, losses)).collect();
                self.add(Kind::InlineChoice, element, options);
                Some(PLACE.to_string())
            }
            "extendedTextInteraction" => {
                self.add(Kind::ExtendedText, element, Vec::new());
                Some(prompt(element, losses))
            }
            "textEntryInteraction" => {
                self.add(Kind::TextEntry, element, Vec::new());
                Some(PLACE.to_string())
            }
            "printedVariable" | "templateBlock" | "templateInline" => Some(self.refuse(element)),
            name if name.ends_with("Interaction") => Some(self.refuse(element)),
            "rubricBlock" => {
                let views: Vec<&str> = element.attribute("view").unwrap_or("candidate").split_whitespace().collect();
                if views.contains(&"candidate") {
                    return Some(inner(losses));
                }
                if views.contains(&"scorer") {
                    self.rubric = [std::mem::take(&mut self.rubric), inner(losses)].join("\n\n").trim().to_owned();
                    self.rubric_line = element.line;
                } else {
                    losses.note(element.line, "left_out", "rubricBlock");
                }
                Some(String::new())
            }
            _ => feedback(element, losses),
        }
    }

    fn add(&mut self, kind: Kind, element: &Element, options: Vec<Choice>) {
        let response = element.attribute("responseIdentifier").unwrap_or_default().to_owned();
        let is_shuffled = element.attribute("shuffle") == Some("true");
        let (lefts, line) = (Vec::new(), element.line);
        self.interactions.push(Interaction { kind, response, options, lefts, is_shuffled, line });
    }

    fn refuse(&mut self, element: &Element) -> String {
        self.error.get_or_insert_with(|| unsupported(element));
        String::new()
    }
}

/// What is said only once somebody has answered has no place here.
pub(super) fn feedback(element: &Element, losses: &mut Losses) -> Option<String> {
    let is_feedback = matches!(element.name.as_str(), "feedbackBlock" | "feedbackInline");
    is_feedback.then(|| {
        losses.note(element.line, "left_out", &element.name);
        String::new()
    })
}

fn prompt(interaction: &Element, losses: &mut Losses) -> String {
    let prompt = interaction.child("prompt");
    prompt
        .map(|prompt| markdown(&prompt.nodes, losses, &mut |element, losses| feedback(element, losses)))
        .unwrap_or_default()
}

fn option(choice: &Element, losses: &mut Losses) -> Choice {
    for name in ["templateIdentifier", "fixed"] {
        if choice.attribute(name).is_some_and(|value| value != "false") {
            losses.note(choice.line, "left_out", name);
        }
    }
    Choice {
        identifier: choice.attribute("identifier").unwrap_or_default().to_owned(),
        text: markdown(&choice.nodes, losses, &mut |element, losses| feedback(element, losses)),
    }
}
