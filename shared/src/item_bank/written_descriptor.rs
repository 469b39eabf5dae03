//! What authors write of their items in texts and sheets: read as far as it says what is wanted.

use super::{
    ALL_OF_THEM, Ability, Descriptor, ImportError, KNOWLEDGE_POINT_CHARS, MODULE_CHARS, ParsedItems,
    chinese_text::words,
    import::{beginning, import_error},
    normalise::half_width,
};

/// Nothing was said of what an item asks for, so it is taken to ask for [`ASSUMED`].
const ABILITY_ASSUMED: &str = "ability_assumed";
/// What most items ask for.
const ASSUMED: Ability = Ability::Comprehend;

/// What a value is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DescriptorField {
    /// The module of the course.
    Module,
    /// The point of knowledge within it.
    KnowledgePoint,
    /// What the item asks for.
    Ability,
    /// How many candidates answer it right.
    Difficulty,
}

/// A value as its author wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenField {
    /// What it is about.
    pub field: DescriptorField,
    /// Its line or row, from 1.
    pub line: u32,
    /// What its author calls it.
    pub name: String,
    /// What it says.
    pub value: String,
}

impl WrittenField {
    fn told(&self, code: &str, name: &str) -> ImportError {
        ImportError { name: name.to_owned(), ..import_error(self.line, code) }
    }
}

impl ParsedItems {
    /// Takes what its author writes of the item that was read last, as far as it can be; what cannot is told. That nobody
    /// said what items ask for is told once of a text.
    pub fn describe_last(&mut self, written: &[WrittenField]) {
        let (descriptor, told) = read_descriptor(written);
        if let (Some(descriptor), Some(place)) = (descriptor, self.items.len().checked_sub(1)) {
            self.descriptors.insert(place, descriptor);
        }
        let is_known = self.losses.iter().any(|loss| loss.code == ABILITY_ASSUMED);
        self.losses.extend(told.into_iter().filter(|loss| !is_known || loss.code != ABILITY_ASSUMED));
    }
}

/// What is said of an item, and what of it is not taken. A module and a difficulty are the least that is said of any.
fn read_descriptor(written: &[WrittenField]) -> (Option<Descriptor>, Vec<ImportError>) {
    let mut reader = Reader { written, understood: Vec::new(), told: Vec::new() };
    let module = reader.read(DescriptorField::Module, |value| fitting(value, MODULE_CHARS));
    let point = reader.read(DescriptorField::KnowledgePoint, |value| fitting(value, KNOWLEDGE_POINT_CHARS));
    let ability = reader.read(DescriptorField::Ability, ability);
    let difficulty = reader.read(DescriptorField::Difficulty, difficulty);
    let Reader { understood, mut told, .. } = reader;
    let descriptor = module.zip(difficulty).map(|(module, difficulty)| Descriptor {
        module,
        knowledge_point: point.unwrap_or_default(),
        ability: ability.unwrap_or(ASSUMED),
        difficulty,
        enemies: String::new(),
    });
    if descriptor.is_none() {
        told.extend(understood.iter().map(|one| one.told("descriptor_incomplete", &one.name)));
    } else if ability.is_none() {
        told.extend(understood.first().map(|one| one.told(ABILITY_ASSUMED, "")));
    }
    told.sort_by_key(|loss| loss.line);
    (descriptor, told)
}

struct Reader<'w> {
    written: &'w [WrittenField],
    understood: Vec<&'w WrittenField>,
    told: Vec<ImportError>,
}

impl Reader<'_> {
    /// The first value of a field; what is said of it a second time is told.
    fn read<T>(&mut self, field: DescriptorField, understand: impl Fn(&str) -> Option<T>) -> Option<T> {
        let written = self.written;
        let mut of_field = written.iter().filter(|one| one.field == field && !one.value.trim().is_empty());
        let first = of_field.next()?;
        self.told.extend(of_field.map(|one| one.told("left_out", &one.name)));
        let understood = understand(first.value.trim());
        match understood {
            Some(_) => self.understood.push(first),
            None => self.told.push(first.told("descriptor_not_understood", &beginning(&first.value))),
        }
        understood
    }
}

fn fitting(value: &str, most: usize) -> Option<String> {
    let fits = value.chars().count() <= most && !value.chars().any(char::is_control);
    fits.then(|| value.to_owned())
}

fn ability(value: &str) -> Option<Ability> {
    words::ABILITIES.iter().find(|(names, _)| names.contains(&value)).map(|(_, ability)| *ability)
}

/// A share from 0 to 1, in per cent or without, with at most three decimals; or a word.
fn difficulty(value: &str) -> Option<u16> {
    let named = words::DIFFICULTIES.iter().find(|(names, _)| names.contains(&value));
    if let Some((_, difficulty)) = named {
        return Some(*difficulty);
    }
    let number: String = value.chars().map(half_width).collect();
    let (number, of_whole) = match number.strip_suffix('%') {
        Some(number) => (number.trim(), 10),
        None => (number.as_str(), ALL_OF_THEM),
    };
    let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
    let is_number = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    if whole.is_empty() || decimals.len() > 3 || !is_number(whole) || !is_number(decimals) {
        return None;
    }
    let thousandths: u32 = format!("{decimals:0<3}").parse().ok()?;
    let all = whole.parse::<u32>().ok()?.checked_mul(1_000)?.checked_add(thousandths)?;
    let all = u16::try_from(all.checked_mul(u32::from(of_whole))? / 1_000).ok()?;
    (all <= ALL_OF_THEM).then_some(all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{item_bank::validate_descriptor, problem::has_texts};
    use DescriptorField::{Ability as Asks, Difficulty, KnowledgePoint, Module};

    fn written(fields: &[(DescriptorField, &str)]) -> Vec<WrittenField> {
        let one = |(line, &(field, value)): (u32, &(DescriptorField, &str))| WrittenField {
            field,
            line,
            name: format!("{field:?}"),
            value: value.to_owned(),
        };
        (1..).zip(fields).map(one).collect()
    }

    #[track_caller]
    fn check(fields: &[(DescriptorField, &str)], expected: Option<(&str, Ability, u16)>, told: &[(u32, &str)]) {
        let (descriptor, losses) = read_descriptor(&written(fields));
        let read = descriptor.as_ref().map(|read| (read.module.as_str(), read.ability, read.difficulty));
        assert_eq!(read, expected);
        assert_eq!(losses.iter().map(|loss| (loss.line, loss.code.as_str())).collect::<Vec<_>>(), told);
        assert!(losses.iter().all(|loss| has_texts(&format!("import.{}", loss.code))));
    }

    #[test]
    fn what_is_said_in_full_is_taken() {
        let all = [(Difficulty, "0.65"), (KnowledgePoint, "交集"), (Module, "集合"), (Asks, "应用")];
        check(&all, Some(("集合", Ability::Apply, 650)), &[]);
        check(&all[..3], Some(("集合", Ability::Comprehend, 650)), &[(3, "ability_assumed")]);
        check(&[], None, &[]);
        check(&[(Module, " ")], None, &[]);
    }

    #[test]
    fn what_cannot_be_taken_is_told_at_its_line() {
        check(&[(KnowledgePoint, "交集")], None, &[(1, "descriptor_incomplete")]);
        let odd = [(Module, "集合"), (Difficulty, "变化"), (Asks, "应用")];
        let told = [(1, "descriptor_incomplete"), (2, "descriptor_not_understood"), (3, "descriptor_incomplete")];
        check(&odd, None, &told);
        let twice = [(Module, "集合"), (Difficulty, "易"), (Asks, "识记"), (Difficulty, "难")];
        check(&twice, Some(("集合", Ability::Recall, 850)), &[(4, "left_out")]);
    }

    #[test]
    fn a_difficulty_is_a_share_or_a_word() {
        let right =
            [("0", 0), ("0.6", 600), ("０．６５", 650), ("65%", 650), ("6.5％", 65), ("1", 1_000), ("100%", 1_000)];
        for (text, expected) in right.into_iter().chain([("易", 850), ("中等", 550), ("较难", 200)]) {
            assert_eq!(difficulty(text), Some(expected), "{text}");
        }
        for wrong in ["", "%", ".5", "1.1", "101%", "0.1234", "-1", "很难说", "65", "99999999999"] {
            assert_eq!(difficulty(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn whatever_is_taken_may_be_said() {
        use proptest::prelude::*;
        let field = prop_oneof![Just(Module), Just(KnowledgePoint), Just(Asks), Just(Difficulty)];
        let value = "([0-9.%]{0,6}|[易难中应用识记 \u{7}甲]{0,120})";
        proptest!(|(fields in proptest::collection::vec((field, value), 0..6))| {
            let fields: Vec<_> = fields.iter().map(|(field, value)| (*field, value.as_str())).collect();
            if let (Some(read), _) = read_descriptor(&written(&fields)) {
                prop_assert_eq!(validate_descriptor(&read), []);
            }
        });
    }
}
