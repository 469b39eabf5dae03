//! Mistakes on the way to a test are put right: an exam session is called off, a paper discarded, an item retired, each
//! once and for a reason. A registration is taken back, and may be made again; each time that it was stays.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, how) in [("exam_session", "cancelled"), ("paper", "discarded"), ("item", "retired")] {
            for column in [
                uuid_null(format!("{how}_by")),
                big_integer_null(format!("{how}_at")),
                string_null(format!("{how}_because")),
            ] {
                manager.alter_table(Table::alter().table(table).add_column(column).to_owned()).await?;
            }
        }
        let withdrawn = Table::alter().table("registration").add_column(big_integer_null("withdrawn_at")).to_owned();
        manager.alter_table(withdrawn).await?;
        manager
            .create_table(
                Table::create()
                    .table("registration_withdrawal")
                    .col(uuid("id").primary_key())
                    .col(uuid("exam_session_id"))
                    .col(uuid("account_id"))
                    .col(big_integer("registered_at"))
                    .col(big_integer("withdrawn_at"))
                    .foreign_key(
                        ForeignKey::create()
                            .from("registration_withdrawal", "exam_session_id")
                            .to("exam_session", "id"),
                    )
                    .foreign_key(ForeignKey::create().from("registration_withdrawal", "account_id").to("account", "id"))
                    .to_owned(),
            )
            .await?;
        let name = "ix_registration_withdrawal";
        let of_account = Index::create().name(name).table("registration_withdrawal").col("account_id").to_owned();
        manager.create_index(of_account).await
    }
}
