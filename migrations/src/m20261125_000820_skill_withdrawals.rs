//! Trainings and certificates that were recorded by mistake are withdrawn, and stay as such. A number
//! is unique among the certificates that stand, so that one that was refused or withdrawn can be recorded
//! again.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["skill_training", "skill_certificate"] {
            for column in [
                uuid_null("withdrawn_by"),
                big_integer_null("withdrawn_at"),
                string("withdrawn_because").default("").to_owned(),
            ] {
                manager.alter_table(Table::alter().table(table).add_column(column).to_owned()).await?;
            }
            let name = format!("ix_{table}_state");
            let by_state = Index::create().name(name).table(table).col("state").col("division").col("id").to_owned();
            manager.create_index(by_state).await?;
        }
        manager.drop_index(Index::drop().name("ux_skill_certificate").table("skill_certificate").to_owned()).await?;
        let once = Index::create()
            .name("ux_skill_certificate_stands")
            .table("skill_certificate")
            .col("number_index")
            .unique()
            .and_where(Expr::col("state").is_in(["claimed", "verified"]))
            .to_owned();
        manager.create_index(once).await
    }
}
