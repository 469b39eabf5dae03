//! What the items of the demo are about, and the blueprints that papers are drawn by.

use super::{Stage, people::Cast, world::DemoCourse};
use crate::{
    access::{Permit, authorize},
    item_bank::{self, DescribeOwn},
    organisation,
    papers::{self, WriteBlueprint},
    platform::{
        Services,
        error::{AppError, AppResult},
        http::IdempotencyKey,
    },
};
use serde::Deserialize;
use shared::{
    item_bank::Descriptor,
    papers::{Blueprint, BlueprintDraft},
};

/// When the blueprints were written, in days before today.
const WRITTEN: i64 = 60;

#[derive(Deserialize)]
struct Told {
    blueprints: Vec<Written>,
}

#[derive(Deserialize)]
struct Written {
    /// By their account name.
    written_by: String,
    course: String,
    title: String,
    blueprint: Blueprint,
}

fn told() -> AppResult<Told> {
    toml::from_str(include_str!("../../demo/blueprints.toml")).map_err(AppError::internal)
}

/// The author says what the items of a course are about.
pub(super) async fn describe(cx: &Services, cast: &Cast, course: &DemoCourse, said: &[Descriptor]) -> AppResult<()> {
    let author = cast.actor("itemauthor")?;
    for ((item_id, _), said) in course.items.iter().zip(said) {
        let permit: Permit<DescribeOwn> = authorize(author, *item_id, &organisation::catalogue())?;
        item_bank::describe(cx, &permit, 1, said).await?;
    }
    Ok(())
}

impl Stage<'_> {
    /// The head of papers writes what a paper is to be like.
    pub(super) async fn blueprints(&self) -> AppResult<()> {
        self.days_ago(WRITTEN);
        for written in told()?.blueprints {
            let head = self.cast.actor(&written.written_by)?;
            let permit: Permit<WriteBlueprint> = authorize(head, self.cx.ids.new_id(), &organisation::catalogue())?;
            let course_id = self.world.course(&written.course)?.id;
            let draft = BlueprintDraft { course_id, title: written.title, blueprint: written.blueprint };
            papers::write_blueprint(self.cx, &permit, &IdempotencyKey(None), &draft).await?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::content::{descriptors, items};
    use shared::{
        ids::ItemId,
        item_bank::{Cell, Item},
        papers::{BankItem, assemble, validate_blueprint},
    };
    use std::path::Path;
    use uuid::Uuid;

    /// The items of a course, each of which stood in the paper of the unified test.
    fn bank(course: &str) -> Vec<BankItem> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo/items");
        let items = items(&folder, course).unwrap_or_else(|error| panic!("{error}"));
        let said = descriptors(&folder, course).unwrap_or_else(|error| panic!("{error}"));
        let described = |((item, said), number): ((Item, Descriptor), u128)| BankItem {
            item_id: ItemId(Uuid::from_u128(number)),
            version: 1,
            cell: Cell { module: said.module, ability: said.ability, kind: item.body.kind() },
            difficulty: said.difficulty,
            enemies: said.enemies,
            exposure: 1,
            is_recent: true,
            is_trial: false,
        };
        items.into_iter().zip(said).zip(1..).map(described).collect()
    }

    #[test]
    fn forms_are_drawn_by_every_blueprint_of_the_demo() {
        for Written { course, title, blueprint, .. } in told().unwrap().blueprints {
            assert_eq!(validate_blueprint(&blueprint), [], "{title}");
            let forms = assemble(&blueprint, &bank(&course), 1).unwrap_or_else(|error| panic!("{title}: {error:?}"));
            assert_eq!(forms.len(), blueprint.all_forms(), "{title}");
        }
    }
}
