//! How much of the hours face to face of a course must be face to face, in percent: a part of each rule of attendance. By
//! the rules that there are it is all of them.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["attendance_rule", "attendance_rule_proposal"] {
            let share = small_integer("face_min_pct").default(100).to_owned();
            manager.alter_table(Table::alter().table(table).add_column(share).to_owned()).await?;
        }
        Ok(())
    }
}
