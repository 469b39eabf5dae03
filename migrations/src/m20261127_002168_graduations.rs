//! Lists of graduates: what a school proposes of a class, and what county and city decide. Who is on a list that was not
//! returned is on no other. What came back counts as answered once the class has a newer list.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("graduation_batch")
                    .col(uuid("id").primary_key())
                    .col(uuid("class_id"))
                    .col(string("class_name"))
                    .col(uuid("provider_id"))
                    .col(string("division"))
                    .col(string("level"))
                    .col(string("state"))
                    .col(boolean("is_answered"))
                    .col(text("reason"))
                    .col(uuid("proposed_by"))
                    .col(big_integer("proposed_at"))
                    .col(uuid_null("confirmed_by"))
                    .col(big_integer_null("confirmed_at"))
                    .col(uuid_null("decided_by"))
                    .col(big_integer_null("decided_at"))
                    .foreign_key(ForeignKey::create().from("graduation_batch", "class_id").to("class", "id"))
                    .foreign_key(ForeignKey::create().from("graduation_batch", "provider_id").to("provider", "id"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("graduation_member")
                    .col(uuid("batch_id"))
                    .col(uuid("record_id"))
                    .col(string("name"))
                    .col(string("learner_number"))
                    .primary_key(Index::create().col("batch_id").col("record_id"))
                    .foreign_key(
                        ForeignKey::create().from("graduation_member", "batch_id").to("graduation_batch", "id"),
                    )
                    .foreign_key(ForeignKey::create().from("graduation_member", "record_id").to("student_record", "id"))
                    .to_owned(),
            )
            .await?;
        for (table, columns) in [
            ("graduation_batch", ["division", "state"].as_slice()),
            ("graduation_batch", ["class_id"].as_slice()),
            ("graduation_member", ["record_id"].as_slice()),
        ] {
            let mut index = Index::create();
            index.name(format!("ix_{table}_{}", columns.join("_"))).table(table);
            for column in columns {
                index.col(*column);
            }
            manager.create_index(index).await?;
        }
        Ok(())
    }
}
