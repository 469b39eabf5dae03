//! What the codes of meetings are made of lies sealed from now on. What lay open is taken away; those meetings make
//! their codes of a key that lies outside the store.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let open = Query::update().table("meeting").values([("check_in_secret", Vec::<u8>::new().into())]).to_owned();
        manager.get_connection().execute(&open).await.map(drop)
    }
}
