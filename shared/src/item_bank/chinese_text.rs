//! Reads numbered Chinese text: `1. … A. … B. … 答案：B 解析：…`.

mod build;
mod children;
mod gathered;
mod marks;
mod options;
mod remarks;
mod row;
pub(super) mod words;

use super::{
    ImportError, Item, WrittenField,
    import::{ParsedItems, import_error, left_out},
};
use build::{Draft, build};
use children::begins_child;
pub(super) use children::{children_lines, children_of_lines};
use gathered::{Entry, begins_with_key, entries, give, is_title};
use marks::{Heading, Hint, Numbering, Style, find_label, heading, in_words, numbering, option_at_line_start};
use remarks::{Remark, begins_part, remark};
pub use row::{TemplateRow, item_of_row};

/// Reads every item of a text; an item that cannot be read is reported and does not stop the others.
///
/// Text before the first number and headings of sections are no items. That text is told as lost. Remarks, which stand
/// behind an item, say what it is about and how hard it is.
#[must_use]
pub fn parse_chinese_text(text: &str) -> ParsedItems {
    let lines: Vec<&str> = text.trim_start_matches('\u{feff}').lines().collect();
    let mut parsed = ParsedItems::default();
    let mut drafts: Vec<Draft> = Vec::new();
    // Answers stand together behind all items, and so behind the last options.
    let last_options = lines.iter().rposition(|line| option_at_line_start(line) == Some('A'));
    let mut reader = Reader::default();
    for (index, &line) in lines.iter().enumerate() {
        let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
        let following = (number.saturating_add(1), &lines[index + 1..]);
        let may_end = is_title(line) && last_options.is_none_or(|last| last < index);
        if let Some(answers) = may_end.then(|| reader.gathered(&drafts, line, following)).flatten() {
            drafts.extend(reader.draft.take());
            parsed.losses = give(&mut drafts, answers);
            break;
        }
        if let Some(heading) = heading(line).filter(|heading| reader.ends_at(heading, &lines[index + 1..])) {
            drafts.extend(reader.draft.take());
            reader = Reader { section: heading.hint, mark: heading.mark.to_owned(), ..Reader::default() };
            continue;
        }
        match numbering(line).filter(|mark| reader.starts_item(mark.style, mark.number, &lines[index..])) {
            Some(mark) => {
                drafts.extend(reader.draft.take());
                reader.begin(number, mark.style, mark.number);
                reader.read(number, mark.rest);
            }
            None => reader.read(number, line),
        }
    }
    drafts.extend(reader.draft);
    for draft in drafts {
        parsed.close(draft);
    }
    parsed.losses.sort_by_key(|loss| loss.line);
    parsed
}

/// Reads one question whose options stand in its text and whose answer stands apart.
///
/// # Errors
/// The same codes as [`parse_chinese_text`], and `several_items` when one text holds several questions.
pub fn item_from_question(question: &str, answer: &[String], explanation: &str) -> Result<Item, ImportError> {
    let text = question.trim();
    let text = numbering(text).map_or(text, |mark| mark.rest);
    let mut draft = Draft::new(1, None);
    draft.body = text.lines().zip(1..).map(|(line, number)| (number, line.to_owned())).collect();
    explanation.trim().clone_into(&mut draft.explanation);
    draft.answer = match answer {
        [] => None,
        [one] => Some((1, one.clone())),
        many if super::blanks::count(text) == many.len() => Some((1, many.join(";"))),
        _ => return Err(import_error(1, "several_items")),
    };
    build(draft)
}

impl ParsedItems {
    fn close(&mut self, mut draft: Draft) {
        draft.take_held();
        let remarks = std::mem::take(&mut draft.remarks);
        let remarks = remarks.iter().filter_map(|(line, text)| Some((*line, remark(text)?)));
        if !draft.is_item() {
            self.losses.extend(draft.first_line().map(|(line, text)| left_out(line, text)));
            self.losses.extend(remarks.filter_map(lost));
            return;
        }
        let built = build(draft);
        let is_read = built.is_ok();
        self.push(built);
        if is_read {
            let (said, others): (Vec<_>, Vec<_>) = remarks.partition(|(_, remark)| remark.field.is_some());
            self.losses.extend(others.into_iter().filter_map(lost));
            self.describe_last(&said.into_iter().filter_map(written).collect::<Vec<_>>());
        }
    }
}

/// Where in an item the reader is.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Part {
    #[default]
    Body,
    Answer,
    Explanation,
}

#[derive(Default)]
struct Reader {
    section: Option<Hint>,
    /// The number of the section, in Chinese digits.
    mark: String,
    draft: Option<Draft>,
    last: Option<(Style, u32)>,
    part: Part,
    /// The last number of a list within the answer or the explanation.
    inner: Option<(Style, u32)>,
    /// Whether the answer or the explanation has a list that is numbered in Chinese digits, as headings are.
    has_list_in_words: bool,
}

impl Reader {
    fn begin(&mut self, line: u32, style: Style, number: u32) {
        self.draft = Some(Draft::numbered(line, self.section, (self.mark.clone(), number)));
        self.last = Some((style, number));
        self.part = Part::Body;
        self.inner = None;
        self.has_list_in_words = false;
    }

    /// The answers below a line that reads like a title, if it is that of the answers of all items. The label of an answer
    /// may be such a title as long as no item has an answer of its own, and is one only if letters or judgements follow.
    fn gathered(&self, drafts: &[Draft], line: &str, (first, following): (u32, &[&str])) -> Option<Vec<Entry>> {
        let items: Vec<&Draft> = drafts.iter().chain(&self.draft).filter(|draft| draft.number.is_some()).collect();
        let lacking = items.iter().filter(|draft| draft.answer.is_none()).count();
        let is_label = find_label(line, words::ANSWER).is_some();
        let may_be = if is_label { lacking == items.len() && items.len() > 1 } else { lacking > 0 };
        let found = if may_be { entries(following, first, &items) } else { Vec::new() };
        (!found.is_empty() && (!is_label || begins_with_key(&found))).then_some(found)
    }

    /// Whether a heading, and not a line of an answer or an explanation, stands before `following`.
    fn ends_at(&self, heading: &Heading<'_>, following: &[&str]) -> bool {
        if heading.is_plain || self.part == Part::Body {
            return true;
        }
        let next = following.iter().position(|line| !line.trim().is_empty());
        let next = next.and_then(|at| Some((at, numbering(following[at])?)));
        let begins_item =
            |(at, mark): (usize, Numbering<'_>)| looks_like_item(&following[at..], |other| other.style == mark.style);
        !self.has_list_in_words && next.is_some_and(begins_item)
    }

    /// Whether a numbered line begins an item rather than going on with the present one.
    ///
    /// `rest` begins with the line itself. Numbers also stand in stems, rubrics and explanations.
    fn starts_item(&self, style: Style, number: u32, rest: &[&str]) -> bool {
        let Some((last_style, last)) = self.last else { return true };
        let is_child = rest.first().is_some_and(|line| begins_child(line));
        if is_child && self.draft.as_ref().is_some_and(Draft::is_composite) {
            return false;
        }
        let next = last.saturating_add(1);
        let answered = self.part != Part::Body || self.draft.as_ref().is_some_and(|draft| draft.answer.is_some());
        let in_list = self.inner.is_some_and(|(inner, before)| inner == style && before.checked_add(1) == Some(number));
        let ends = |mark: &Numbering<'_>| mark.style == style || (mark.style == last_style && mark.number == next);
        match (style == last_style, number == next) {
            (true, true) => !in_list || looks_like_item(rest, ends),
            (true, false) => looks_like_item(rest, ends),
            (false, _) => answered && looks_like_item(rest, ends),
        }
    }

    /// Reads a line. What remarks are is known by what follows them: what goes on behind them makes them text.
    fn read(&mut self, number: u32, line: &str) {
        let draft = self.draft.get_or_insert_with(|| Draft::preamble(number, self.section));
        if remark(line).is_some() || (line.trim().is_empty() && !draft.held.is_empty()) {
            draft.held.push((number, line.to_owned()));
            return;
        }
        if begins_part(draft, line) {
            draft.take_held();
        }
        for (number, line) in std::mem::take(&mut draft.held) {
            self.read_text(number, &line);
        }
        self.read_text(number, line);
    }

    fn read_text(&mut self, number: u32, line: &str) {
        let draft = self.draft.get_or_insert_with(|| Draft::preamble(number, self.section));
        let answer = find_label(line, words::ANSWER)
            .filter(|found| draft.answer.is_none() && (found.start == 0 || self.part == Part::Body));
        if let Some(found) = answer {
            draft.body.push((number, line[..found.start].to_owned()));
            self.part = Part::Answer;
            let (answer, explanation) = split_explanation(found.content);
            self.inner = numbering(answer).map(|mark| (mark.style, mark.number));
            self.has_list_in_words |= in_words(answer).is_some();
            draft.answer = Some((number, answer.trim().to_owned()));
            if let Some(explanation) = explanation {
                self.part = Part::Explanation;
                draft.explain(explanation);
            }
            return;
        }
        if self.part != Part::Body {
            self.inner = numbering(line).map(|mark| (mark.style, mark.number)).or(self.inner);
            self.has_list_in_words |= in_words(line).is_some();
        }
        if self.part != Part::Explanation
            && let (before, Some(explanation)) = split_explanation(line)
        {
            draft.add(self.part == Part::Answer, number, before);
            self.part = Part::Explanation;
            draft.explain(explanation);
            return;
        }
        match self.part {
            Part::Explanation => draft.explain(line),
            part => draft.add(part == Part::Answer, number, line),
        }
    }
}

/// What is told of a remark that is not taken.
fn lost((line, remark): (u32, Remark<'_>)) -> Option<ImportError> {
    (!remark.value.is_empty()).then(|| left_out(line, remark.name))
}

/// What a remark says of its item.
fn written((line, remark): (u32, Remark<'_>)) -> Option<WrittenField> {
    let (name, value) = (remark.name.to_owned(), remark.value.to_owned());
    Some(WrittenField { field: remark.field?, line, name, value })
}

/// Whether an answer or options follow before a line that may begin the next item.
fn looks_like_item(lines: &[&str], ends: impl Fn(&Numbering<'_>) -> bool) -> bool {
    let Some((first, following)) = lines.split_first() else { return false };
    let own = following.iter().take_while(|line| heading(line).is_none() && !numbering(line).is_some_and(|m| ends(&m)));
    std::iter::once(first)
        .chain(own)
        .any(|line| find_label(line, words::ANSWER).is_some() || option_at_line_start(line) == Some('A'))
}

fn split_explanation(text: &str) -> (&str, Option<&str>) {
    match find_label(text, words::EXPLANATION) {
        Some(found) => (&text[..found.start], Some(found.content)),
        None => (text, None),
    }
}

#[cfg(test)]
mod real_data;
#[cfg(test)]
mod tests;
