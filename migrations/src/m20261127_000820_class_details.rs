//! What else is told of classes and their meetings: who answers for the partner and how to reach them, the season, the
//! agreement with the partner as a photo, sealed by the key at rest; and how a meeting is held.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [
            string("partner_contact").default("").to_owned(),
            string("partner_phone").default("").to_owned(),
            string_null("season"),
            uuid_null("agreement_id"),
        ] {
            manager.alter_table(Table::alter().table("class").add_column(column).to_owned()).await?;
        }
        manager
            .create_table(
                Table::create()
                    .table("class_agreement")
                    .col(uuid("id").primary_key())
                    .col(uuid("class_id"))
                    .col(blob("content"))
                    .col(uuid("added_by"))
                    .col(big_integer("added_at"))
                    .foreign_key(ForeignKey::create().from("class_agreement", "class_id").to("class", "id"))
                    .to_owned(),
            )
            .await?;
        let mode = string("mode").default("face_to_face").to_owned();
        manager.alter_table(Table::alter().table("meeting").add_column(mode).to_owned()).await?;
        // A meeting without a room was one on the network.
        let live = Query::update()
            .table("meeting")
            .values([("mode", "live".to_owned().into())])
            .and_where(Expr::col("room_id").is_null())
            .to_owned();
        manager.get_connection().execute(&live).await.map(drop)
    }
}
