//! Photos of certificates of skills, sealed by the key at rest. The certificate names the one that counts; the earlier
//! ones stay.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("skill_photo")
                    .col(uuid("id").primary_key())
                    .col(uuid("certificate_id"))
                    .col(blob("content"))
                    .col(uuid("added_by"))
                    .col(big_integer("added_at"))
                    .foreign_key(
                        ForeignKey::create().from("skill_photo", "certificate_id").to("skill_certificate", "id"),
                    )
                    .to_owned(),
            )
            .await?;
        let counting = Table::alter().table("skill_certificate").add_column(uuid_null("photo_id")).to_owned();
        manager.alter_table(counting).await
    }
}
