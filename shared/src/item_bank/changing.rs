//! Many items at once: what is said of them is changed in some parts, or they are retired. All of them or none.

use super::{Ability, Descriptor, validate_descriptor};
use crate::{
    ids::{CourseId, ItemId},
    people::check_reason,
    problem::FieldError,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Items that are changed at once.
pub const MOST_CHANGED: usize = 500;

/// Body of `POST /items/changes` and `POST /items/changes/preview`. What is left out stays as it is of each item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChangeItems {
    /// The course that the items belong to.
    pub course_id: CourseId,
    /// Which items, each once, as they were seen.
    pub items: Vec<ChosenItem>,
    /// Their module.
    #[serde(default)]
    pub module: Option<String>,
    /// Their point of knowledge; empty for none.
    #[serde(default)]
    pub knowledge_point: Option<String>,
    /// What they ask for.
    #[serde(default)]
    pub ability: Option<Ability>,
    /// How many of a thousand candidates are expected to answer them right.
    #[serde(default)]
    pub difficulty: Option<u16>,
    /// The group that they have enemies in; empty for none.
    #[serde(default)]
    pub enemies: Option<String>,
    /// Why no new paper takes them any more; then nothing else is changed.
    #[serde(default)]
    pub retire_because: Option<String>,
}

/// An item as it was seen when it was chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChosenItem {
    /// The item.
    pub item_id: ItemId,
    /// Number of its newest version.
    pub version: i32,
    /// The version of what is said of it, 1 before anything was.
    pub descriptor_version: i32,
}

/// Reply of `POST /items/changes` and `POST /items/changes/preview`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangeReport {
    /// What becomes of each item, in the order of the request.
    pub items: Vec<ChangedItem>,
}

/// What becomes of one item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ChangedItem {
    /// The item.
    pub item_id: ItemId,
    /// The first characters of its stem.
    pub title: String,
    /// What was said of it.
    pub before: Option<Descriptor>,
    /// What is said of it then.
    pub after: Option<Descriptor>,
    /// Whether it is retired by this.
    pub is_retired: bool,
    /// Why it cannot be changed so, as the code of a field; nothing is changed while one cannot.
    pub refused: Option<String>,
    /// The same in the request's language; filled in at the edge.
    #[serde(default)]
    pub detail: String,
}

/// What is known of an item that is to be changed.
#[derive(Clone, Copy, Debug)]
pub struct ChangeFacts<'f> {
    /// As it is now.
    pub now: ChosenItem,
    /// Whether it was retired.
    pub is_retired: bool,
    /// What is said of it.
    pub descriptor: Option<&'f Descriptor>,
}

/// What is done to an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ItemChange {
    /// It is as it is wanted.
    Nothing,
    /// This is said of it.
    Describe(Descriptor),
    /// It is retired.
    Retire,
}

/// Everything that is wrong with a change, whatever the items are, each with a JSON pointer.
#[must_use]
pub fn validate_change(asked: &ChangeItems) -> Vec<FieldError> {
    let mut errors = validate_chosen(&asked.items);
    let describes = asked.describes();
    match &asked.retire_because {
        Some(_) if describes => errors.push(FieldError::new("/retire_because", "retire-alone")),
        Some(reason) => errors.extend(check_reason(reason, "/retire_because").err()),
        None if !describes => errors.push(FieldError::new("/module", "required")),
        // What is not asked for is right, whatever it is.
        None => errors.extend(validate_descriptor(&asked.over(&any_descriptor()))),
    }
    errors
}

/// What is wrong with the choice itself, before anybody looks at an item: how many there are, and whether each is there
/// once.
#[must_use]
pub fn validate_chosen(items: &[ChosenItem]) -> Vec<FieldError> {
    match items.len() {
        0 => return vec![FieldError::new("/items", "required")],
        1..=MOST_CHANGED => {}
        _ => return vec![FieldError::new("/items", "too-long")],
    }
    let mut known = BTreeSet::new();
    let again = items.iter().enumerate().filter(|(_, item)| !known.insert(item.item_id));
    again.map(|(at, _)| FieldError::new(format!("/items/{at}"), "duplicate")).collect()
}

/// What is done to an item.
///
/// # Errors
/// The code of a field: `changed-meanwhile` if it is not as it was seen, `retired`, or `not-described` if nothing is
/// said of it yet and the change does not say all.
pub fn judge_change(
    facts: &ChangeFacts<'_>,
    chosen: ChosenItem,
    asked: &ChangeItems,
) -> Result<ItemChange, &'static str> {
    if facts.is_retired {
        return Err("retired");
    }
    if facts.now != chosen {
        return Err("changed-meanwhile");
    }
    if asked.retire_because.is_some() {
        return Ok(ItemChange::Retire);
    }
    let after = match facts.descriptor {
        Some(before) => asked.over(before),
        None => asked.whole().ok_or("not-described")?,
    };
    let is_same = facts.descriptor == Some(&after);
    Ok(if is_same { ItemChange::Nothing } else { ItemChange::Describe(after) })
}

impl ChangeItems {
    fn describes(&self) -> bool {
        let texts = [&self.module, &self.knowledge_point, &self.enemies];
        texts.iter().any(|text| text.is_some()) || self.ability.is_some() || self.difficulty.is_some()
    }

    /// What is said of an item of which `before` was said.
    fn over(&self, before: &Descriptor) -> Descriptor {
        let text = |new: &Option<String>, old: &String| new.as_ref().unwrap_or(old).clone();
        let after = Descriptor {
            module: text(&self.module, &before.module),
            knowledge_point: text(&self.knowledge_point, &before.knowledge_point),
            ability: self.ability.unwrap_or(before.ability),
            difficulty: self.difficulty.unwrap_or(before.difficulty),
            enemies: text(&self.enemies, &before.enemies),
        };
        after.trimmed()
    }

    /// What is said of an item of which nothing was; nothing if that is not all that must be said.
    fn whole(&self) -> Option<Descriptor> {
        let is_whole = self.module.is_some() && self.ability.is_some() && self.difficulty.is_some();
        is_whole.then(|| self.over(&Descriptor { module: String::new(), ..any_descriptor() }))
    }
}

/// A descriptor with which nothing is wrong.
fn any_descriptor() -> Descriptor {
    Descriptor {
        module: "M".to_owned(),
        knowledge_point: String::new(),
        ability: Ability::Recall,
        difficulty: 0,
        enemies: String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::has_texts;
    use uuid::Uuid;

    fn chosen(item: u128) -> ChosenItem {
        ChosenItem { item_id: ItemId(Uuid::from_u128(item)), version: 2, descriptor_version: 3 }
    }

    fn asked(change: impl FnOnce(&mut ChangeItems)) -> ChangeItems {
        let mut asked = ChangeItems {
            course_id: CourseId(Uuid::from_u128(9)),
            items: vec![chosen(1)],
            module: None,
            knowledge_point: None,
            ability: None,
            difficulty: None,
            enemies: None,
            retire_because: None,
        };
        change(&mut asked);
        asked
    }

    fn said() -> Descriptor {
        Descriptor { module: "Sets".to_owned(), enemies: "pair".to_owned(), difficulty: 600, ..any_descriptor() }
    }

    fn facts(descriptor: Option<&Descriptor>) -> ChangeFacts<'_> {
        ChangeFacts { now: chosen(1), is_retired: false, descriptor }
    }

    #[track_caller]
    fn check_wrong(asked: &ChangeItems, expected: &[(&str, &str)]) {
        let expected: Vec<_> = expected.iter().map(|(pointer, code)| FieldError::new(*pointer, *code)).collect();
        assert_eq!(validate_change(asked), expected);
        assert!(expected.iter().all(|error| has_texts(&format!("field.{}", error.code))));
    }

    #[test]
    fn what_is_wrong_whatever_the_items_are_is_told_at_once() {
        check_wrong(&asked(|asked| asked.ability = Some(Ability::Apply)), &[]);
        check_wrong(&asked(|asked| asked.enemies = Some(String::new())), &[]);
        check_wrong(&asked(|_| ()), &[("/module", "required")]);
        check_wrong(&asked(|asked| asked.module = Some(" ".to_owned())), &[("/module", "required")]);
        check_wrong(&asked(|asked| asked.difficulty = Some(1_001)), &[("/difficulty", "out-of-range")]);
        check_wrong(&asked(|asked| asked.retire_because = Some(" ".to_owned())), &[("/retire_because", "required")]);
        let both = asked(|asked| {
            asked.retire_because = Some("old".to_owned());
            asked.difficulty = Some(1);
        });
        check_wrong(&both, &[("/retire_because", "retire-alone")]);
        let twice = asked(|asked| {
            asked.difficulty = Some(1);
            asked.items = vec![chosen(1), chosen(2), chosen(1)];
        });
        check_wrong(&twice, &[("/items/2", "duplicate")]);
        let none = asked(|asked| {
            asked.difficulty = Some(1);
            asked.items.clear();
        });
        check_wrong(&none, &[("/items", "required")]);
    }

    #[test]
    fn what_is_left_out_stays() {
        let change = asked(|asked| {
            asked.ability = Some(Ability::Apply);
            asked.enemies = Some(" ".to_owned());
        });
        let after = Descriptor { ability: Ability::Apply, enemies: String::new(), ..said() };
        assert_eq!(judge_change(&facts(Some(&said())), chosen(1), &change), Ok(ItemChange::Describe(after.clone())));
        assert_eq!(judge_change(&facts(Some(&after)), chosen(1), &change), Ok(ItemChange::Nothing));
    }

    #[test]
    fn of_what_nothing_is_said_all_must_be_said() {
        let part = asked(|asked| asked.module = Some("Sets".to_owned()));
        assert_eq!(judge_change(&facts(None), chosen(1), &part), Err("not-described"));
        let whole = asked(|asked| {
            asked.module = Some("Sets".to_owned());
            asked.ability = Some(Ability::Recall);
            asked.difficulty = Some(600);
        });
        let after = Descriptor { enemies: String::new(), ..said() };
        assert_eq!(judge_change(&facts(None), chosen(1), &whole), Ok(ItemChange::Describe(after)));
    }

    #[test]
    fn what_is_not_as_it_was_seen_stays_as_it_is() {
        let retire = asked(|asked| asked.retire_because = Some("old".to_owned()));
        assert_eq!(judge_change(&facts(None), chosen(1), &retire), Ok(ItemChange::Retire));
        for other in [ChosenItem { version: 1, ..chosen(1) }, ChosenItem { descriptor_version: 2, ..chosen(1) }] {
            assert_eq!(judge_change(&facts(None), other, &retire), Err("changed-meanwhile"));
        }
        let retired = ChangeFacts { is_retired: true, ..facts(None) };
        assert_eq!(judge_change(&retired, chosen(1), &retire), Err("retired"));
        assert!(
            ["changed-meanwhile", "retired", "not-described"].iter().all(|code| has_texts(&format!("field.{code}")))
        );
    }
}
