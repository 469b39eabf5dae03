//! An item while it is being changed.

use leptos::prelude::*;
use shared::{
    item_bank::{
        Item, ItemBody, ItemKind, MultipleRule, OPTION_COUNT, body_of_lines, key_letters, key_lines, validate_item,
    },
    problem::FieldError,
};

/// Where what is wrong with a key stands on the page, whatever kind of key it is.
pub(super) const KEY: &str = "/body/key";

/// What has been filled in.
#[derive(Clone, Copy)]
pub(in crate::pages) struct Draft {
    /// The kind, which stays.
    pub(super) kind: ItemKind,
    schema_version: u16,
    /// What was there.
    before: StoredValue<Before>,
    /// The stem.
    pub(super) stem: RwSignal<String>,
    /// The options of a choice.
    pub(super) options: RwSignal<Vec<RwSignal<String>>>,
    /// The key as a person writes it: letters, `true` or `false`, the rubric, or the lines of its kind.
    pub(super) key: RwSignal<String>,
    /// The name of the rule by which a choice of several is scored.
    pub(super) rule: RwSignal<String>,
    /// The explanation.
    pub(super) explanation: RwSignal<String>,
}

/// A body, and its key as it was written out.
struct Before {
    body: ItemBody,
    key: String,
}

impl Before {
    /// Kind, options and key together; `None` if the key cannot be read. What nobody touched stays as it is: lines
    /// cannot express all that comes in from elsewhere.
    fn with(&self, options: Vec<String>, key: &str) -> Option<ItemBody> {
        let kind = self.body.kind();
        let is_choice = matches!(kind, ItemKind::SingleChoice | ItemKind::MultipleChoice);
        if key == self.key && !is_choice { Some(self.body.clone()) } else { body(kind, options, key) }
    }
}

impl Draft {
    /// What is there.
    pub(in crate::pages) fn of(item: &Item) -> Self {
        let key = key_text(item);
        Self {
            kind: item.body.kind(),
            schema_version: item.schema_version,
            before: StoredValue::new(Before { body: item.body.clone(), key: key.clone() }),
            stem: RwSignal::new(item.stem.clone()),
            options: RwSignal::new(options_of(&item.body).into_iter().map(RwSignal::new).collect()),
            key: RwSignal::new(key),
            rule: RwSignal::new(rule_of(&item.body).as_str().to_owned()),
            explanation: RwSignal::new(item.explanation.clone()),
        }
    }

    /// The item, if its key can be read.
    pub(in crate::pages) fn item(self) -> Option<Item> {
        let options = self.options.get().into_iter().map(|option| option.get()).collect();
        let key = self.key.get();
        let mut body = self.before.with_value(|before| before.with(options, &key))?;
        if let ItemBody::MultipleChoice { rule, .. } | ItemBody::HotText { rule, .. } = &mut body {
            *rule = self.rule.with(|name| MultipleRule::parse(name)).unwrap_or_default();
        }
        Some(Item {
            schema_version: self.schema_version,
            stem: self.stem.get(),
            body,
            explanation: self.explanation.get(),
        })
    }

    /// What is wrong with it, by the rules that the server has too.
    pub(in crate::pages) fn wrong(self) -> Vec<FieldError> {
        match self.item() {
            Some(item) => validate_item(&item).into_iter().map(shown).collect(),
            None => vec![FieldError::new(KEY, unreadable(self.kind))],
        }
    }

    /// Whether there may be one option more.
    pub(super) fn may_add(self) -> bool {
        self.options.with(Vec::len) < *OPTION_COUNT.end()
    }

    /// Whether there may be one option fewer.
    pub(super) fn may_drop(self) -> bool {
        self.options.with(Vec::len) > *OPTION_COUNT.start()
    }
}

/// The rule of a choice of several; the usual one for any other kind.
pub(super) fn rule_of(body: &ItemBody) -> MultipleRule {
    match body {
        ItemBody::MultipleChoice { rule, .. } | ItemBody::HotText { rule, .. } => *rule,
        _ => MultipleRule::default(),
    }
}

/// Why a key cannot be read.
const fn unreadable(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Numeric => "not-a-number",
        ItemKind::Matching => "not-a-pair",
        ItemKind::InlineChoice => "blank-mismatch",
        ItemKind::Matrix => "not-a-table",
        ItemKind::Essay => "not-an-essay",
        ItemKind::Calculation => "not-a-step",
        ItemKind::Composite => "not-a-child",
        ItemKind::Correction => "not-a-correction",
        _ => "key-not-there",
    }
}

fn options_of(body: &ItemBody) -> Vec<String> {
    match body {
        ItemBody::SingleChoice { options, .. } | ItemBody::MultipleChoice { options, .. } => options.clone(),
        _ => Vec::new(),
    }
}

/// The key as a person writes it.
fn key_text(item: &Item) -> String {
    match item.body.kind() {
        ItemKind::SingleChoice | ItemKind::MultipleChoice | ItemKind::TrueFalse | ItemKind::ShortAnswer => {
            key_letters(item).concat()
        }
        ItemKind::FillIn
        | ItemKind::Numeric
        | ItemKind::Matching
        | ItemKind::Ordering
        | ItemKind::InlineChoice
        | ItemKind::Matrix
        | ItemKind::HotText
        | ItemKind::Correction
        | ItemKind::Essay
        | ItemKind::Calculation
        | ItemKind::Composite => key_lines(&item.body).join("\n"),
    }
}

/// Kind, options and key together; `None` if the key cannot be read.
fn body(kind: ItemKind, options: Vec<String>, key: &str) -> Option<ItemBody> {
    Some(match kind {
        ItemKind::SingleChoice => match indices(key)?.as_slice() {
            [key] => ItemBody::SingleChoice { options, key: *key },
            _ => return None,
        },
        ItemKind::MultipleChoice => {
            ItemBody::MultipleChoice { options, key: indices(key)?, rule: MultipleRule::default() }
        }
        ItemKind::TrueFalse => ItemBody::TrueFalse { key: key.parse().ok()? },
        ItemKind::ShortAnswer => ItemBody::ShortAnswer { rubric: key.to_owned() },
        ItemKind::FillIn
        | ItemKind::Numeric
        | ItemKind::Matching
        | ItemKind::Ordering
        | ItemKind::InlineChoice
        | ItemKind::Matrix
        | ItemKind::HotText
        | ItemKind::Correction
        | ItemKind::Essay
        | ItemKind::Calculation
        | ItemKind::Composite => body_of_lines(kind, key)?,
    })
}

/// The options that letters name, ascending, each once.
fn indices(letters: &str) -> Option<Vec<u16>> {
    let letters = letters.chars().filter(|letter| !letter.is_whitespace());
    let mut indices = letters.map(index).collect::<Option<Vec<_>>>()?;
    indices.sort_unstable();
    indices.dedup();
    Some(indices)
}

/// The option that a letter names.
fn index(letter: char) -> Option<u16> {
    let number = u16::try_from(u32::from(letter.to_ascii_uppercase()).checked_sub(u32::from('A'))?).ok()?;
    letter.is_ascii_alphabetic().then_some(number)
}

/// The same fault at the field that the page has for it.
fn shown(wrong: FieldError) -> FieldError {
    let pointer = wrong.pointer.as_str();
    if pointer == "/body/blanks" {
        FieldError::new(KEY, "blank-mismatch")
    } else if pointer.starts_with(KEY) && wrong.code == "out-of-range" {
        FieldError::new(KEY, "key-not-there")
    } else if pointer.starts_with("/body/") && !pointer.starts_with("/body/options") {
        FieldError::new(KEY, wrong.code)
    } else {
        wrong
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(list: &[&str]) -> Vec<String> {
        list.iter().map(|&text| text.to_owned()).collect()
    }

    #[test]
    fn what_is_written_is_read_again() {
        let options = texts(&["x", "y", "z"]);
        let bodies = [
            ItemBody::SingleChoice { options: options.clone(), key: 1 },
            ItemBody::MultipleChoice { options, key: vec![0, 2], rule: MultipleRule::default() },
            ItemBody::TrueFalse { key: false },
            ItemBody::FillIn { blanks: vec![texts(&["a", "b"]), texts(&["c"])], groups: vec![vec![0, 1]] },
            ItemBody::ShortAnswer { rubric: "two\nlines".to_owned() },
            body_of_lines(ItemKind::Numeric, "9.8 +- 0.1 m\ncm = 0.01").unwrap(),
            body_of_lines(ItemKind::Ordering, "a\nb\nc").unwrap(),
            body_of_lines(ItemKind::InlineChoice, "a | b\nd | e | c").unwrap(),
            body_of_lines(ItemKind::Matching, "a -> 1\nb -> 2\n-> 3").unwrap(),
            body_of_lines(ItemKind::Matrix, "x | y\na -> y\nb -> y").unwrap(),
            body_of_lines(ItemKind::HotText, "1, 3").unwrap(),
            body_of_lines(ItemKind::Correction, "× a | b").unwrap(),
            body_of_lines(ItemKind::Correction, "√").unwrap(),
            body_of_lines(ItemKind::Composite, "(1) 40% x?\n答案：√\n(2) 60% y?\nA. a\nB. b\n答案：B").unwrap(),
            body_of_lines(ItemKind::Calculation, "a 40%: 9 +- 1% g\nkg = 1000\nb 60%: 3").unwrap(),
            body_of_lines(ItemKind::Essay, "600-\na 40%: b\nc 60%").unwrap(),
        ];
        for of_item in bodies {
            let options = options_of(&of_item);
            let (stem, explanation) = (String::new(), String::new());
            let item = Item { schema_version: 1, stem, body: of_item, explanation };
            assert_eq!(body(item.body.kind(), options, &key_text(&item)), Some(item.body));
        }
    }

    #[test]
    fn what_lines_cannot_express_stays_until_its_key_is_written_anew() {
        let written = ItemBody::FillIn { blanks: vec![texts(&["a|b", "c"])], groups: Vec::new() };
        let before = Before { body: written.clone(), key: "a|b | c".to_owned() };
        assert_eq!(before.with(Vec::new(), "a|b | c"), Some(written));
        let anew = ItemBody::FillIn { blanks: vec![texts(&["a", "c"])], groups: Vec::new() };
        assert_eq!(before.with(Vec::new(), "a | c"), Some(anew));
        let choice = ItemBody::SingleChoice { options: texts(&["x", "y"]), key: 1 };
        let before = Before { body: choice, key: "B".to_owned() };
        let changed = texts(&["x", "z"]);
        assert_eq!(before.with(changed.clone(), "B"), Some(ItemBody::SingleChoice { options: changed, key: 1 }));
    }

    #[test]
    fn letters_in_any_order_name_options() {
        assert_eq!(indices(" c a "), Some(vec![0, 2]));
        assert_eq!(indices("AA"), Some(vec![0]));
        for not_letters in ["1", "甲", "[", "AB-"] {
            assert_eq!(indices(not_letters), None, "{not_letters}");
        }
        for not_one in ["AB", ""] {
            assert_eq!(body(ItemKind::SingleChoice, texts(&["x", "y"]), not_one), None);
        }
    }

    #[test]
    fn faults_stand_where_the_page_has_a_field() {
        let at = |pointer: &str, code: &str| shown(FieldError::new(pointer, code));
        assert_eq!(at("/body/blanks/0/1", "required"), FieldError::new(KEY, "required"));
        assert_eq!(at("/body/blanks", "blank-count"), FieldError::new(KEY, "blank-mismatch"));
        assert_eq!(at("/body/units/0/factor", "not-a-factor"), FieldError::new(KEY, "not-a-factor"));
        assert_eq!(at("/body/key/2", "out-of-range"), FieldError::new(KEY, "key-not-there"));
        assert_eq!(at("/body/options/1", "duplicate"), FieldError::new("/body/options/1", "duplicate"));
    }
}
