//! What else is told of a training: its project, the occupation's code, the level, whose department it is, the scores
//! and where the record comes from; what a certificate of another kind is called. Of both: who verified what somebody
//! else had checked. A number is unique among the certificates that stand, the checked ones among them.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [
            string("project").default("").to_owned(),
            string_null("occupation_code"),
            string_null("level"),
            string_null("department"),
            integer_null("theory_score"),
            integer_null("practice_score"),
            string("source").default("school").to_owned(),
        ] {
            manager.alter_table(Table::alter().table("skill_training").add_column(column).to_owned()).await?;
        }
        let kind_name = string("kind_name").default("").to_owned();
        manager.alter_table(Table::alter().table("skill_certificate").add_column(kind_name).to_owned()).await?;
        for table in ["skill_training", "skill_certificate"] {
            for column in [uuid_null("verified_by"), big_integer_null("verified_at")] {
                manager.alter_table(Table::alter().table(table).add_column(column).to_owned()).await?;
            }
        }
        let former = Index::drop().name("ux_skill_certificate_stands").table("skill_certificate").to_owned();
        manager.drop_index(former).await?;
        let once = Index::create()
            .name("ux_skill_certificate_standing")
            .table("skill_certificate")
            .col("number_index")
            .unique()
            .and_where(Expr::col("state").is_in(["claimed", "checked", "verified"]))
            .to_owned();
        manager.create_index(once).await
    }
}
