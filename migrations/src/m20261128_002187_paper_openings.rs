//! What candidates are yet to sit is seen by nobody alone: one person says why they have to, and another opens it for both.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(opening()).await?;
        let of_paper = Index::create().name("ix_paper_opening_paper").table("paper_opening").col("paper_id").to_owned();
        manager.create_index(of_paper).await?;
        let standing =
            Index::create().name("ix_paper_opening_proposed").table("paper_opening").col("proposed_at").to_owned();
        manager.create_index(standing).await
    }
}

fn opening() -> TableCreateStatement {
    let is_another = Expr::col("opened_by").ne(Expr::col("proposed_by"));
    Table::create()
        .table("paper_opening")
        .col(uuid("id").primary_key())
        .col(uuid("paper_id"))
        .col(uuid("proposed_by"))
        .col(big_integer("proposed_at"))
        .col(text("reason"))
        .col(uuid_null("opened_by").check(is_another))
        .col(big_integer_null("opened_at"))
        .foreign_key(ForeignKey::create().from("paper_opening", "paper_id").to("paper", "id"))
        .to_owned()
}
