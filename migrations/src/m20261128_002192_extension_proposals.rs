//! Time that one person proposes to give candidates beyond what one may give alone, and what another decided of it. A
//! sitting keeps what two persons gave beside what one gave back: each has a limit of its own.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let given = integer("extended_s").default(0).to_owned();
        manager.alter_table(Table::alter().table("sitting").add_column(given).to_owned()).await?;
        manager.create_table(proposal()).await?;
        let of_test = Index::create()
            .name("ix_extension_proposal_exam_session")
            .table("extension_proposal")
            .col("exam_session_id")
            .to_owned();
        manager.create_index(of_test).await
    }
}

fn proposal() -> TableCreateStatement {
    let is_another = Expr::col("confirmed_by").ne(Expr::col("proposed_by"));
    Table::create()
        .table("extension_proposal")
        .col(uuid("id").primary_key())
        .col(uuid("exam_session_id"))
        .col(uuid_null("exam_site_id"))
        .col(uuid_null("exam_room_id"))
        .col(uuid_null("sitting_id"))
        .col(integer("minutes"))
        .col(text("reason"))
        .col(uuid("proposed_by"))
        .col(big_integer("proposed_at"))
        .col(uuid_null("confirmed_by").check(is_another))
        .col(uuid_null("dropped_by"))
        .col(big_integer_null("decided_at"))
        .col(integer_null("extended"))
        .col(integer_null("passed_over"))
        .foreign_key(ForeignKey::create().from("extension_proposal", "exam_session_id").to("exam_session", "id"))
        .to_owned()
}
