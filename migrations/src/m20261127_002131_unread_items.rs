//! Items of other systems that are none here: their files are kept as they came, sealed by the key at rest, each once for
//! who brought it.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("unread_item")
            .col(uuid("id").primary_key())
            .col(uuid("course_id"))
            .col(uuid("kept_by"))
            .col(text("file"))
            .col(text("name"))
            .col(string("sha256"))
            .col(blob("content"))
            .col(big_integer("kept_at"))
            .foreign_key(ForeignKey::create().from("unread_item", "course_id").to("course", "id"))
            .to_owned();
        manager.create_table(table).await?;
        let mut once = Index::create();
        once.name("ux_unread_item").table("unread_item").col("kept_by").col("course_id").col("sha256").unique();
        manager.create_index(once).await
    }
}
