//! Makes an item from its parts, or says why they make none.

use super::{
    marks::{Hint, brackets, names, numbering, option_at_line_start, take_hint},
    options, words,
};
use crate::item_bank::{
    ImportError, Item, ItemBody, ItemKind, MultipleRule,
    blanks::{self, formula_mask},
    body_of_lines, hot_text,
    import::{checked, import_error},
    normalise::half_width,
    validate::ITEM_SCHEMA_VERSION,
};

/// The parts of an item as they stand in the text.
pub(super) struct Draft {
    line: u32,
    hint: Option<Hint>,
    numbered: bool,
    /// Stem and options, each line with its number.
    pub(super) body: Vec<(u32, String)>,
    /// The answer and its line.
    pub(super) answer: Option<(u32, String)>,
    pub(super) explanation: String,
    /// The number that it has in its section.
    pub(super) number: Option<u32>,
    /// The number of its section, in Chinese digits; empty if it stands in none.
    pub(super) section: String,
    /// Whether one of the answers behind all items was meant for it.
    pub(super) is_given: bool,
    /// The line of such an answer that is another than its own.
    conflict: Option<u32>,
    /// Lines that say something of it, each with its number.
    pub(super) remarks: Vec<(u32, String)>,
    /// Such lines of which it is not known yet whether they are a part of what stands before and behind them.
    pub(super) held: Vec<(u32, String)>,
}

impl Draft {
    pub(super) fn new(line: u32, hint: Option<Hint>) -> Self {
        Self {
            line,
            hint,
            numbered: true,
            body: Vec::new(),
            answer: None,
            explanation: String::new(),
            number: None,
            section: String::new(),
            is_given: false,
            conflict: None,
            remarks: Vec::new(),
            held: Vec::new(),
        }
    }

    /// Gives it an answer that stands behind all items.
    pub(super) fn give(&mut self, line: u32, answer: &str) {
        self.is_given = true;
        match &self.answer {
            Some((_, own)) if own != answer && !same_key(own, answer) => self.conflict = Some(line),
            Some(_) => {}
            None => self.answer = Some((line, answer.to_owned())),
        }
    }

    /// Takes the lines that are held for what they say of the item.
    pub(super) fn take_held(&mut self) {
        self.remarks.append(&mut self.held);
    }

    /// An item with its number in a section.
    pub(super) fn numbered(line: u32, hint: Option<Hint>, (section, number): (String, u32)) -> Self {
        Self { section, number: Some(number), ..Self::new(line, hint) }
    }

    /// Text without a number: perhaps a title, perhaps an item.
    pub(super) fn preamble(line: u32, hint: Option<Hint>) -> Self {
        Self { numbered: false, ..Self::new(line, hint) }
    }

    /// Whether there is anything to read: a title is not.
    pub(super) fn is_item(&self) -> bool {
        let options = self.body.iter().any(|(_, line)| option_at_line_start(line).is_some());
        self.numbered || self.answer.is_some() || options
    }

    /// Where its text begins, and how.
    pub(super) fn first_line(&self) -> Option<(u32, &str)> {
        let lines = self.body.iter().map(|(line, text)| (*line, text.as_str()));
        let mut lines = lines.chain([(self.line, self.explanation.as_str())]);
        lines.find(|(_, text)| !text.trim().is_empty())
    }

    /// Whether its author says that it has several questions on one material.
    pub(super) fn is_composite(&self) -> bool {
        self.body.iter().any(|(_, line)| names(line, Hint::Lines(ItemKind::Composite)))
    }

    /// Adds a line to the body or to the answer.
    pub(super) fn add(&mut self, to_answer: bool, number: u32, line: &str) {
        match &mut self.answer {
            Some((_, answer)) if to_answer => {
                answer.push('\n');
                answer.push_str(line.trim_end());
            }
            _ => self.body.push((number, line.trim_end().to_owned())),
        }
    }

    /// Adds a line to the explanation.
    pub(super) fn explain(&mut self, line: &str) {
        self.explanation.push_str(line.trim_end());
        self.explanation.push('\n');
    }

    fn line_at(&self, offset: usize) -> u32 {
        let mut end = 0;
        let found = self.body.iter().find(|(_, line)| {
            end += line.len() + 1;
            offset < end
        });
        found.map_or(self.line, |&(number, _)| number)
    }
}

/// Makes the item.
pub(super) fn build(draft: Draft) -> Result<Item, ImportError> {
    let body = draft.body.iter().map(|(_, line)| line.as_str()).collect::<Vec<_>>().join("\n");
    let fail = |code| import_error(draft.line, code);
    if let Some(line) = draft.conflict {
        return Err(import_error(line, "key_conflict"));
    }
    let mut whole = body.clone();
    let own_hint = take_hint(&mut whole);
    let hint = own_hint.or(draft.hint);
    let wanted = !matches!(hint, Some(Hint::FillIn | Hint::ShortAnswer | Hint::Lines(_)));
    let found = if wanted { options::find(&body) } else { Ok(None) };
    let found = found.map_err(|wrong| import_error(draft.line_at(wrong.at), wrong.code))?;
    let (stem, options) = match found {
        Some(found) => (&body[..found.stem_end], found.texts),
        None => (body.as_str(), Vec::new()),
    };
    let mut stem = stem.trim().to_owned();
    take_hint(&mut stem);
    let in_stem = take_stem_key(&mut stem, hint, !options.is_empty());
    if stem.replace(words::EMPTY_PARENTHESES, "").trim().is_empty() {
        return Err(fail("empty_stem"));
    }
    let apart = draft.answer.as_ref().map(|(line, text)| (*line, text.trim())).filter(|(_, text)| !text.is_empty());
    let (line, answer) = match (apart, &in_stem) {
        (Some((line, text)), Some(stem_key)) if !same_key(text, stem_key) => {
            return Err(import_error(line, "key_conflict"));
        }
        (Some(apart), _) => apart,
        (None, Some(stem_key)) => (draft.line, stem_key.as_str()),
        // Whoever says so of an item, and leaves its answer empty, does not say what to look for.
        (None, None) if own_hint == Some(Hint::ShortAnswer) && draft.answer.is_some() => (draft.line, ""),
        (None, None) => return Err(fail("no_key")),
    };
    let body = item_body(&stem, options, hint, answer).map_err(|code| match code {
        "no_options" | "too_few_options" | "empty_option" => fail(code),
        _ => import_error(line, code),
    })?;
    let stem = match body {
        ItemBody::FillIn { .. } | ItemBody::InlineChoice { .. } => blanks::unify(&stem),
        ItemBody::HotText { .. } => hot_text::unify(&stem),
        _ => stem,
    };
    let explanation = draft.explanation.trim().to_owned();
    let item = Item { schema_version: ITEM_SCHEMA_VERSION, stem, body, explanation };
    checked(item).map_err(fail)
}

pub(super) fn item_body(
    stem: &str,
    options: Vec<String>,
    hint: Option<Hint>,
    answer: &str,
) -> Result<ItemBody, &'static str> {
    if !options.is_empty() {
        return choice(options, hint, answer);
    }
    let judged = truth(answer);
    match hint {
        Some(Hint::Single | Hint::Multiple) => Err("no_options"),
        Some(Hint::ShortAnswer) => Ok(ItemBody::ShortAnswer { rubric: answer.to_owned() }),
        Some(Hint::TrueFalse) => judged.map(|key| ItemBody::TrueFalse { key }).ok_or("bad_key"),
        Some(Hint::FillIn) => fill_in(stem, answer),
        // Its numbers are the key itself.
        Some(Hint::Lines(kind @ ItemKind::HotText)) => body_of_lines(kind, answer).ok_or("bad_key"),
        // What a person looks for in an answer to one of its questions may have paragraphs and numbers.
        Some(Hint::Lines(kind @ ItemKind::Composite)) => {
            let lines: Vec<&str> = answer.lines().map(str::trim).collect();
            body_of_lines(kind, &lines.join("\n")).ok_or("bad_key")
        }
        // Without dimensions it is marked as a whole.
        Some(Hint::Lines(ItemKind::Essay)) if !answer.chars().map(half_width).any(|letter| letter == '%') => {
            Ok(ItemBody::ShortAnswer { rubric: answer.to_owned() })
        }
        Some(Hint::Lines(kind)) => body_of_lines(kind, &unnumbered(answer)).ok_or("bad_key"),
        None if blanks::count(stem) > 0 => fill_in(stem, answer),
        None => match judged {
            Some(key) => Ok(ItemBody::TrueFalse { key }),
            None if letters(answer).is_some() || has_empty_parentheses(stem) => Err("no_options"),
            None => Ok(ItemBody::ShortAnswer { rubric: answer.to_owned() }),
        },
    }
}

/// The lines without their numbers, if they are numbered from one: what is put in order must not tell its place.
fn unnumbered(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let numbered =
        (1..).zip(&lines).map(|(number, &line)| Some(numbering(line).filter(|mark| mark.number == number)?.rest));
    numbered.collect::<Option<Vec<_>>>().unwrap_or(lines).join("\n")
}

fn choice(options: Vec<String>, hint: Option<Hint>, answer: &str) -> Result<ItemBody, &'static str> {
    if options.len() < 2 {
        return Err("too_few_options");
    }
    if options.iter().any(String::is_empty) {
        return Err("empty_option");
    }
    if hint == Some(Hint::TrueFalse) {
        return judgement(&options, answer);
    }
    let key = letters(answer).ok_or("bad_key")?;
    if key.iter().any(|&index| usize::from(index) >= options.len()) {
        return Err("key_out_of_range");
    }
    match (key.as_slice(), hint) {
        (&[key], hint) if hint != Some(Hint::Multiple) => Ok(ItemBody::SingleChoice { options, key }),
        (_, Some(Hint::Single)) => Err("several_keys"),
        _ => Ok(ItemBody::MultipleChoice { options, key, rule: MultipleRule::default() }),
    }
}

/// A statement to judge whose two words stand as options.
fn judgement(options: &[String], answer: &str) -> Result<ItemBody, &'static str> {
    let values: Vec<bool> = options.iter().filter_map(|option| truth(option)).collect();
    let chosen = match letters(answer).as_deref() {
        Some(&[index]) => values.get(usize::from(index)).copied(),
        _ => truth(answer),
    };
    match values[..] {
        [a, b] if a != b && options.len() == 2 => {
            chosen.map(|key| ItemBody::TrueFalse { key }).ok_or("key_out_of_range")
        }
        _ => Err("bad_options"),
    }
}

fn fill_in(stem: &str, answer: &str) -> Result<ItemBody, &'static str> {
    let (answer, is_free) = without_order(answer);
    let trimmed = |text: &str| text.trim().to_owned();
    let blanks: Vec<Vec<String>> = split(answer, ';')
        .into_iter()
        .map(|blank| split(blank, '|').into_iter().map(trimmed).filter(|text| !text.is_empty()).collect())
        .collect();
    let complete = blanks.iter().all(|accepted: &Vec<String>| !accepted.is_empty());
    match blanks.len() == blanks::count(stem) {
        true if complete => {
            let all = u16::try_from(blanks.len()).ok().filter(|&count| is_free && count > 1);
            let group = all.map(|count| (0..count).collect::<Vec<_>>());
            Ok(ItemBody::FillIn { blanks, groups: group.into_iter().collect() })
        }
        true => Err("no_key"),
        false => Err("blank_count"),
    }
}

/// An answer without the remark that its parts may stand in any order, and whether it was there.
fn without_order(answer: &str) -> (&str, bool) {
    let answer = answer.trim_end();
    let last = brackets(answer).next_back().filter(|(range, _)| range.end == answer.len());
    match last {
        Some((range, remark)) if words::ANY_ORDER.contains(&remark) => (&answer[..range.start], true),
        _ => (answer, false),
    }
}

/// Splits at a sign of either width outside formulas.
fn split(text: &str, at: char) -> Vec<&str> {
    let mask = formula_mask(text);
    let mut parts = Vec::new();
    let mut from = 0;
    for (index, c) in text.char_indices().filter(|&(index, c)| half_width(c) == at && !mask[index]) {
        parts.push(&text[from..index]);
        from = index + c.len_utf8();
    }
    parts.push(&text[from..]);
    parts
}

/// The options that a text of nothing but letters names, ascending.
fn letters(text: &str) -> Option<Vec<u16>> {
    let mut key = Vec::new();
    for c in text.chars().map(half_width) {
        match c {
            'A'..='Z' => key.push(u16::try_from(u32::from(c) - u32::from('A')).ok()?),
            ',' | '.' | ';' | '(' | ')' => {}
            c if c.is_whitespace() => {}
            _ => return None,
        }
    }
    key.sort_unstable();
    key.dedup();
    (!key.is_empty()).then_some(key)
}

/// Whether a word says that a statement is right.
fn truth(text: &str) -> Option<bool> {
    let word: String = text.chars().map(half_width).flat_map(char::to_lowercase).collect();
    let word = word.trim_matches(|c: char| c.is_whitespace() || matches!(c, '.' | '(' | ')'));
    match (words::RIGHT.contains(&word), words::WRONG.contains(&word)) {
        (true, _) => Some(true),
        (_, true) => Some(false),
        _ => None,
    }
}

fn same_key(a: &str, b: &str) -> bool {
    letters(a).is_some_and(|key| Some(key) == letters(b)) || truth(a).is_some_and(|key| Some(key) == truth(b))
}

fn has_empty_parentheses(stem: &str) -> bool {
    brackets(stem).any(|(_, content)| content.is_empty())
}

/// Takes the key out of the parentheses at the end of a stem.
fn take_stem_key(stem: &mut String, hint: Option<Hint>, has_options: bool) -> Option<String> {
    // There, what stands in brackets can be chosen.
    if hint == Some(Hint::Lines(ItemKind::HotText)) {
        return None;
    }
    let (range, content) = brackets(stem).next_back()?;
    let after = &stem[range.end..];
    let at_end = after.chars().all(|c| c.is_whitespace() || matches!(half_width(c), '.' | '?' | '!' | ',' | ':'));
    let word = truth(content).is_some() && (hint == Some(Hint::TrueFalse) || !content.is_ascii());
    let is_key = if has_options { letters(content).is_some() } else { word };
    if !at_end || !is_key || formula_mask(stem)[range.start] {
        return None;
    }
    let key = content.to_owned();
    stem.replace_range(range, words::EMPTY_PARENTHESES);
    Some(key)
}
