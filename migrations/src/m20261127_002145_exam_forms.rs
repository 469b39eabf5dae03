//! The other forms of a test's paper, which are worth the same: a list of their ids, since they are chosen together and
//! never looked for. A sitting names the form that its candidate sits.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let others = Table::alter().table("exam_session").add_column(text_null("other_papers")).to_owned();
        manager.alter_table(others).await
    }
}
