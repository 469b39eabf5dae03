//! Items are tried before they count: a reviewer says so, and on papers they stand at places that are worth nothing, but
//! look as if they were worth as much as others.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let trial = Table::create()
            .table("item_trial")
            .col(uuid("item_id"))
            .col(integer("number"))
            .col(uuid("begun_by"))
            .col(big_integer("begun_at"))
            .primary_key(Index::create().col("item_id").col("number"))
            .foreign_key(ForeignKey::create().from("item_trial", "item_id").to("item", "id"))
            .to_owned();
        manager.create_table(trial).await?;
        let trial_points = integer_null("trial_points");
        manager.alter_table(Table::alter().table("paper_item").add_column(trial_points).to_owned()).await
    }
}
