//! Systems of others that read what the learners of a class do, each by a secret of its own, of which the hash alone is
//! kept, and until a day. Of one name a class has one that has not been ended.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("statement_reader")
                    .col(uuid("id").primary_key())
                    .col(uuid("class_id"))
                    .col(string("name"))
                    .col(string("secret_hash"))
                    .col(string("until"))
                    .col(uuid("given_by"))
                    .col(big_integer("given_at"))
                    .col(uuid_null("ended_by"))
                    .col(big_integer_null("ended_at"))
                    .foreign_key(ForeignKey::create().from("statement_reader", "class_id").to("class", "id"))
                    .to_owned(),
            )
            .await?;
        let stands = Index::create()
            .name("ux_statement_reader_name")
            .table("statement_reader")
            .col("class_id")
            .col("name")
            .unique()
            .and_where(Expr::col("ended_at").is_null())
            .to_owned();
        manager.create_index(stands).await?;
        let of_class =
            Index::create().name("ix_statement_reader_class").table("statement_reader").col("class_id").to_owned();
        manager.create_index(of_class).await
    }
}
