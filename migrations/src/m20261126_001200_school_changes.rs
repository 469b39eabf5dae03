//! 转学: proposals that a learner goes on at another school, and what became of each. Rows are never deleted. Of one
//! record one proposal is open; an accepted one names the step of the record by which it went along.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("school_change")
                    .col(uuid("id").primary_key())
                    .col(uuid("record_id"))
                    .col(uuid("from_provider_id"))
                    .col(string("from_division"))
                    .col(uuid("to_provider_id"))
                    .col(string("to_division"))
                    .col(string("state"))
                    .col(text("reason"))
                    .col(uuid("proposed_by"))
                    .col(big_integer("proposed_at"))
                    .col(uuid_null("decided_by"))
                    .col(big_integer_null("decided_at"))
                    .col(text_null("answer"))
                    .col(integer_null("seq"))
                    .foreign_key(ForeignKey::create().from("school_change", "record_id").to("student_record", "id"))
                    .foreign_key(ForeignKey::create().from("school_change", "from_provider_id").to("provider", "id"))
                    .foreign_key(ForeignKey::create().from("school_change", "to_provider_id").to("provider", "id"))
                    .to_owned(),
            )
            .await?;
        let open = Index::create()
            .name("ux_school_change_open")
            .table("school_change")
            .col("record_id")
            .unique()
            .and_where(Expr::col("decided_at").is_null())
            .to_owned();
        manager.create_index(open).await?;
        for (name, columns) in [
            ("ix_school_change_record", ["record_id", "id"]),
            ("ix_school_change_from", ["from_division", "id"]),
            ("ix_school_change_to", ["to_division", "id"]),
        ] {
            let [first, second] = columns;
            let index = Index::create().name(name).table("school_change").col(first).col(second).to_owned();
            manager.create_index(index).await?;
        }
        Ok(())
    }
}
